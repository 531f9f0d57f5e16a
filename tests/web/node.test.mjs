// The package in Node: every kind of source, every option, and content that never throws.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { createValidator, EngineError, SourceError } from '../../web/dist/node.js';
import { dist, root } from './bundle.mjs';
import { folder, now, read, samples, trust } from './samples.mjs';
import { reportSchema } from './schema.mjs';

let validator;

before(async () => {
  validator = await createValidator({ trust });
});

after(() => validator.dispose());

for (const { file, state, codes, absentCodes } of samples) {
  test(`${file} is ${state}`, async () => {
    const report = await validator.validate(read(file), { now });
    assert.equal(report.state, state);
    assert.deepEqual(reportSchema(report), []);
    const found = report.statuses.map((status) => status.code);
    for (const code of codes ?? []) assert.ok(found.includes(code), code);
    for (const code of absentCodes ?? []) assert.ok(!found.includes(code), code);
  });
}

test('every kind of source gives the same report', async () => {
  const bytes = read('trusted.jpg');
  const inside = new Uint8Array(bytes.length + 20);
  inside.set(bytes, 7);
  const server = createServer((_request, response) => response.end(bytes)).listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  try {
    const sources = [
      bytes,
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
      inside.subarray(7, 7 + bytes.length),
      new DataView(inside.buffer, 7, bytes.length),
      new Blob([bytes]),
      new File([bytes], 'x.png', { type: 'image/png' }),
      pathToFileURL(join(folder, 'trusted.jpg')),
      pathToFileURL(join(folder, 'trusted.jpg')).href,
      `http://127.0.0.1:${server.address().port}/a`,
      new URL(`http://127.0.0.1:${server.address().port}/a`),
    ];
    const texts = await Promise.all(sources.map((source) => validator.render(source, 'json', { now })));
    assert.equal(new Set(texts).size, 1);
  } finally {
    server.close();
  }
});

test('a report is data: it survives structured clone', async () => {
  const report = await validator.validate(read('trusted.jpg'), { now });
  assert.deepEqual(structuredClone(report), report);
});

test('many files come with their index, and one that cannot be read does not stop the rest', async () => {
  const inputs = [read('trusted.jpg'), new URL('file:///nonexistent'), read('no-credentials.jpg')];
  const outcomes = [];
  for await (const outcome of validator.validateMany(inputs, { now, concurrency: 2 })) outcomes.push(outcome);
  outcomes.sort((a, b) => a.index - b.index);
  assert.deepEqual(
    outcomes.map(({ report }) => report?.state),
    ['trusted', undefined, 'none'],
  );
  assert.ok(outcomes[1].error instanceof SourceError);
});

test('trust options of one call do not leak into the next', async () => {
  const bytes = read('trusted.jpg');
  const nobody = { useDefault: false };
  assert.equal((await validator.validate(bytes, { now })).headline, 'recognised');
  assert.equal((await validator.validate(bytes, { now, trust: nobody })).headline, 'unrecognised');
  assert.equal((await validator.validate(bytes, { now })).headline, 'recognised');
  const report = await validator.validate(bytes, { now, trust: nobody });
  assert.deepEqual(report.trustLists, []);
});

test('a list for time-stamps recognises no signer', async () => {
  const lists = trust.lists.map((list) => ({ ...list, role: 'timestamp' }));
  const report = await validator.validate(read('trusted.jpg'), { now, trust: { useDefault: false, lists } });
  assert.equal(report.state, 'valid');
  assert.equal(report.headline, 'unrecognised');
});

test('the time of evaluation is the caller’s', async () => {
  const report = await validator.validate(read('trusted.jpg'), { now: new Date('2026-11-23T10:00:00.500Z') });
  assert.equal(report.evaluatedAt, '2026-11-23T10:00:00Z');
});

test('only misuse is a TypeError', async () => {
  await assert.rejects(validator.validate(42), TypeError);
  await assert.rejects(validator.validate(null), TypeError);
  await assert.rejects(validator.validate('relative/path.jpg'), TypeError);
  await assert.rejects(validator.validate('ftp://example.com/x'), TypeError);
  await assert.rejects(validator.validate(new Uint8Array(1), { now: 'soon' }), TypeError);
  const gone = await createValidator();
  gone.dispose();
  await assert.rejects(gone.validate(new Uint8Array(1)), TypeError);
});

test('an address that fails is a SourceError with its reason', async () => {
  await assert.rejects(validator.validate('http://127.0.0.1:9/'), { name: 'SourceError', reason: 'network' });
});

test('aborting rejects with the signal’s reason', async () => {
  const reason = new Error('changed my mind');
  await assert.rejects(validator.validate(read('trusted.jpg'), { signal: AbortSignal.abort(reason) }), reason);
  const abort = new AbortController();
  const started = validator.validate(read('trusted.jpg'), { signal: abort.signal, now });
  abort.abort(reason);
  await assert.rejects(started, reason);
});

test('T-17: an altered core is refused before it is instantiated', async () => {
  const wasm = readFileSync(join(dist, 'core.wasm'));
  wasm[wasm.length - 1] ^= 1;
  const altered = await createValidator({ wasm });
  await assert.rejects(altered.validate(read('trusted.jpg')), (error) => {
    assert.ok(error instanceof EngineError);
    assert.match(error.message, /not the file this package was built with/);
    return true;
  });
});

test('the core can be given as bytes or as a module', async () => {
  const bytes = readFileSync(join(dist, 'core.wasm'));
  for (const wasm of [bytes, await WebAssembly.compile(bytes), pathToFileURL(join(dist, 'core.wasm'))]) {
    const own = await createValidator({ wasm, trust });
    assert.equal((await own.validate(read('trusted.jpg'), { now })).state, 'trusted');
  }
});

test('T-80: nothing that is not a picture throws', async () => {
  const odd = [new Uint8Array(0), new Uint8Array(1), new Uint8Array(70_000).fill(255), read('samples.json')];
  for (const bytes of odd) assert.equal((await validator.validate(bytes, { now })).state, 'none');
});

test('T-80: a file cut off anywhere gives a report', async () => {
  const bytes = read('trusted.jpg');
  for (let length = 0; length < bytes.length; length += 97) {
    const report = await validator.validate(bytes.subarray(0, length), { now });
    assert.ok(['none', 'invalid'].includes(report.state), `${length}: ${report.state}`);
  }
});

test('whoever hashes, the report is the same', async () => {
  const bytes = read('trusted.jpg');
  const byHost = await validator.render(bytes, 'json', { now });
  const { subtle } = crypto;
  const web = await createValidatorIn('index.js');
  assert.equal(await web.render(bytes, 'json', { now }), byHost);
  Object.defineProperty(crypto, 'subtle', { value: undefined, configurable: true });
  try {
    assert.equal(await web.render(bytes, 'json', { now }), byHost);
  } finally {
    Object.defineProperty(crypto, 'subtle', { value: subtle, configurable: true });
  }
});

/** The browser's entry, run in Node without a worker: it hashes with WebCrypto, or not at all. */
async function createValidatorIn(entry) {
  const { createValidator: create } = await import(pathToFileURL(join(dist, entry)));
  const wasm = await WebAssembly.compile(readFileSync(join(dist, 'core.wasm')));
  const own = await create({ wasm, worker: false, trust });
  await own.warmUp();
  return own;
}

const corpus = process.env.ASSAY_CORPUS ?? join(root, '../shared/corpus');

test('T-80: no file of the corpus throws, and every report fits the schema', async (t) => {
  if (!existsSync(corpus)) return t.skip('the corpus is not here: 0 files');
  const kinds = ['jpeg', 'png'];
  const files = kinds.flatMap((kind) => readdirSync(join(corpus, kind)).map((name) => join(corpus, kind, name)));
  for (const file of files) {
    const report = await validator.validate(pathToFileURL(file), { now });
    assert.deepEqual(reportSchema(report), [], file);
  }
  t.diagnostic(`${files.length} files`);
});
