// The engine's promises about wasm memory, traps and trust lists, against a stand-in core.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { load } from './bundle.mjs';
import { FakeCore, defaultScript } from './fake-core.mjs';

const { Engine, EngineError, drive, bytesSource, webHasher, noSignal } = await load(
  'engine',
  'errors',
  'drive',
  'sources',
  'hash',
  'abort',
);

const NOW = '2026-11-23T10:00:00Z';
const PEM = new TextEncoder().encode('-----BEGIN CERTIFICATE-----');
const refuseAll = () => Promise.resolve('notAllowed');

function engineWith(script = defaultScript, lists = []) {
  const cores = [];
  const engine = new Engine(() => {
    const core = new FakeCore(script);
    cores.push(core);
    return Promise.resolve(core);
  }, lists);
  return { engine, cores };
}

async function run(engine, bytes) {
  const source = bytesSource(bytes);
  const session = await engine.open({ size: source.size, now: NOW });
  try {
    await drive(session, { source, hasher: webHasher, resolver: refuseAll, signal: noSignal() });
    return JSON.parse(session.report('json'));
  } finally {
    session.close();
  }
}

test('bytes arrive although every call moves the heap', async () => {
  const { engine } = engineWith();
  const bytes = Uint8Array.from({ length: 300 }, (_, i) => i);
  const report = await run(engine, bytes);
  assert.deepEqual(report.given[0], { id: 1, offset: 0, length: 300, head: '0001020304050607' });
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  assert.deepEqual(report.given[1], { id: 2, offset: 0, length: 32, head: digest });
});

test('a file larger than the heap is supplied after the heap grew', async () => {
  const { engine } = engineWith();
  const report = await run(engine, new Uint8Array(3 << 20).fill(7));
  assert.equal(report.given[0].length, 3 << 20);
  assert.equal(report.given[0].head, '0707070707070707');
});

test('a trap is an EngineError and the next file gets a fresh instance', async () => {
  let trapped = false;
  const { engine, cores } = engineWith((session) => {
    if (trapped) return defaultScript(session);
    trapped = true;
    throw new WebAssembly.RuntimeError('unreachable');
  });
  await assert.rejects(run(engine, new Uint8Array(4)), EngineError);
  const report = await run(engine, new Uint8Array(4));
  assert.equal(report.schema, 'assay-report/1');
  assert.equal(cores.length, 2);
});

test('two files after a trap share one fresh instance', async () => {
  const { engine, cores } = engineWith((session) => {
    if (cores.length === 1) throw new WebAssembly.RuntimeError('unreachable');
    return defaultScript(session);
  });
  await assert.rejects(run(engine, new Uint8Array(4)), EngineError);
  await Promise.all([run(engine, new Uint8Array(4)), run(engine, new Uint8Array(5))]);
  assert.equal(cores.length, 2);
});

test('an instance that grew large is replaced once it is idle', async () => {
  const { engine, cores } = engineWith((session, core) => {
    core.HEAPU8 = new Uint8Array(81 * 1024 * 1024);
    return defaultScript(session);
  });
  await run(engine, new Uint8Array(4));
  await run(engine, new Uint8Array(4));
  assert.equal(cores.length, 2);
});

test('the session is closed also when the source fails', async () => {
  const { engine, cores } = engineWith();
  const session = await engine.open({ size: 4, now: NOW });
  const source = { size: 4, mediaType: '', read: () => Promise.reject(new Error('gone')) };
  const host = { source, hasher: webHasher, resolver: refuseAll, signal: noSignal() };
  await assert.rejects(drive(session, host), /gone/);
  session.close();
  session.close();
  assert.deepEqual(
    cores[0].calls.filter((call) => call.startsWith('close')),
    ['close 1'],
  );
});

for (const [what, needs] of [
  ['outside the file', [{ id: 1, kind: 'bytes', offset: 3, length: 2 }]],
  ['at a negative offset', [{ id: 1, kind: 'bytes', offset: -1, length: 1 }]],
  ['at a fraction', [{ id: 1, kind: 'bytes', offset: 0.5, length: 1 }]],
  ['of a text length', [{ id: 1, kind: 'bytes', offset: 0, length: '1' }]],
  ['hashed outside the file', [{ id: 1, kind: 'digest', alg: 'sha256', segments: [[0, 5]] }]],
]) {
  test(`a need for bytes ${what} is refused before anything is read`, async () => {
    const { engine } = engineWith(() => needs);
    await assert.rejects(run(engine, new Uint8Array(4)), /whole number|outside the file/);
  });
}

test('a core that asks for the same bytes for ever is stopped', async () => {
  const { engine } = engineWith(() => [{ id: 1, kind: 'bytes', offset: 0, length: 1 }]);
  await assert.rejects(run(engine, new Uint8Array(4)), /again and again/);
});

test('a core that is neither done nor in need of anything is stopped', async () => {
  const { engine, cores } = engineWith();
  await engine.warmUp();
  cores[0].step = () => '{"done":false,"needs":[]}';
  await assert.rejects(run(engine, new Uint8Array(4)), EngineError);
});

test('trust lists are parsed once per instance, not once per file', async () => {
  const list = { name: 'A', role: 'signer', bytes: PEM };
  const { engine, cores } = engineWith(defaultScript, [list]);
  await run(engine, new Uint8Array(4));
  await run(engine, new Uint8Array(4));
  assert.deepEqual(cores[0].lists, [{ name: 'A', role: 'signer' }]);
});

test('T-17: a list of the package with another digest is not used', async () => {
  const list = { name: 'A', role: 'signer', bytes: PEM, sha256: 'bb' };
  const { engine } = engineWith(defaultScript, [list]);
  await assert.rejects(run(engine, new Uint8Array(4)), /not the one this package was built with/);
});

test('a list without certificates is the caller’s mistake', async () => {
  const list = { name: 'my list', role: 'signer', bytes: new Uint8Array(3) };
  const { engine } = engineWith(defaultScript, [list]);
  await assert.rejects(run(engine, new Uint8Array(4)), { name: 'TypeError', message: /my list/ });
});

test('addresses outside the heap are never written to', async () => {
  const { engine, cores } = engineWith();
  await engine.warmUp();
  for (const address of [-1, 1.5, '64', 1 << 30]) {
    cores.at(-1).buffer = () => address;
    await assert.rejects(run(engine, new Uint8Array(4)), /outside its memory/);
    await engine.warmUp();
  }
  cores.at(-1).buffer = () => 0;
  await assert.rejects(run(engine, new Uint8Array(4)), /out of memory/);
});
