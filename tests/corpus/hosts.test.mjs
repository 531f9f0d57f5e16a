// However a host supplies a file and whoever hashes it, the report is the same text: windows of 64 KiB or the whole
// buffer, digests of node:crypto, of WebCrypto or of the core itself. A fixed part of the corpus, the smallest files of
// each format and binding; ASSAY_WHOLE_CORPUS=1 takes all. (Single bytes: tests/unit/report/corpus_pieces_test.cpp.)
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { load, root } from '../web/bundle.mjs';
import { assets, now, present, read, trust } from './corpus.mjs';

const { Engine, bytesSource, drive, nodeHasher, webHasher, noSignal, nodeInflate } = await load(
  'engine',
  'drive',
  'sources',
  'hash',
  'hash-node',
  'abort',
  'inflate-node',
);

const EACH = 2;
const WINDOW = 64 * 1024;

function chosen() {
  const all = assets();
  if (process.env.ASSAY_WHOLE_CORPUS) return all;
  const kinds = new Map();
  for (const asset of all) kinds.set(kindOf(asset), [...(kinds.get(kindOf(asset)) ?? []), asset]);
  return [...kinds.values()].flatMap((list) => list.sort((a, b) => a.size - b.size).slice(0, EACH));
}
const kindOf = (asset) => `${asset.format} ${asset.hash_binding.map((binding) => binding.label).join(' ')}`;

let engine;
before(async () => {
  if (!present) return;
  const { default: createCore } = await import(pathToFileURL(join(root, 'build/wasm/assay-core.mjs')));
  const wasm = await WebAssembly.compile(readFileSync(join(root, 'build/wasm/assay-core.wasm')));
  const loadCore = () =>
    createCore({
      instantiateWasm: (imports, done) => {
        void WebAssembly.instantiate(wasm, imports).then((instance) => done(instance, wasm));
        return {};
      },
    });
  const lists = trust().lists.map(({ pem, ...list }) => ({ ...list, bytes: new TextEncoder().encode(pem) }));
  engine = new Engine(loadCore, lists);
});

/** What is beside the asset: nothing but a Brotli decoder. */
async function resolver(need) {
  if (need.resource !== 'brotli') return 'notAllowed';
  return (await nodeInflate('brotli', Buffer.from(need.body, 'base64'), need.maxBytes)) ?? 'failed';
}

async function report(bytes, mediaType, hasher, windows) {
  const session = await engine.open({ size: bytes.length, now, mediaType });
  try {
    if (windows) await driveInWindows(session, bytes, hasher);
    else await drive(session, { source: bytesSource(bytes), hasher, resolver, signal: noSignal() });
    return session.report('json');
  } finally {
    session.close();
  }
}

/** A host that never supplies more than 64 KiB at once, and no more than was asked for. */
async function driveInWindows(session, bytes, hasher) {
  const source = bytesSource(bytes);
  for (let step = session.step(); !step.done; step = session.step()) {
    for (const need of step.needs) {
      if (need.kind === 'bytes') {
        const length = Math.min(need.length, WINDOW);
        session.supply(need.id, need.offset, bytes.subarray(need.offset, need.offset + length));
      } else {
        const answer = need.kind === 'digest' ? await hasher(need, source, noSignal()) : await resolver(need);
        if (answer === null || typeof answer === 'string') session.refuse(need.id, 'notAllowed');
        else session.supply(need.id, 0, answer);
      }
    }
  }
}

const itself = () => Promise.resolve(null);

test('the corpus is there', (context) => {
  if (!present) context.skip('no corpus: ways of supplying its files are not compared');
});

for (const asset of present ? chosen() : []) {
  test(`one report, however it is read: ${asset.file}`, async () => {
    const bytes = read(asset.file);
    const whole = await report(bytes, asset.mime, nodeHasher, false);
    assert.equal(await report(bytes, asset.mime, itself, false), whole, 'hashed by the core');
    assert.equal(await report(bytes, asset.mime, webHasher, false), whole, 'hashed by WebCrypto');
    assert.equal(await report(bytes, asset.mime, nodeHasher, true), whole, 'in windows');
    assert.equal(await report(bytes, asset.mime, itself, true), whole, 'in windows, hashed by the core');
  });
}
