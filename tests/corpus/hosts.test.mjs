// However a host supplies a file and whoever hashes it, the report is the same text: single bytes, windows of 64 KiB or
// the whole buffer, digests of node:crypto, of WebCrypto or of the core itself. A fixed part of the corpus, the
// smallest files of each format and binding, single bytes for the smallest of these; ASSAY_WHOLE_CORPUS=1 takes all.
// (All files in single bytes: tests/unit/report/corpus_pieces_test.cpp.) And files of many windows.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { anchors } from '../fixtures/catalog/anchors.mjs';
import { kinds, largeFile } from '../fixtures/large.mjs';
import { builtCore } from '../web/built-core.mjs';
import { load } from '../web/bundle.mjs';
import { assets, now, present, read, trust } from './corpus.mjs';

const { Engine, bytesSource, drive, nodeHasher, webHasher, noSignal, nodeDecompress } = await load(
  'engine',
  'drive',
  'sources',
  'hash',
  'hash-node',
  'abort',
  'brotli-node',
);

const EACH = 2;
const WINDOW = 64 * 1024;
const SINGLE_BYTES = 24 * 1024;

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
  const own = { name: 'fixtures', role: 'signer', pem: anchors().root };
  const lists = [own, ...(present ? trust().lists : [])].map(({ pem, ...list }) => ({
    ...list,
    bytes: new TextEncoder().encode(pem),
  }));
  engine = new Engine(await builtCore(), lists);
});

/** What is beside the asset: nothing but a Brotli decoder. */
async function resolver(need) {
  if (need.resource !== 'brotli') return 'notAllowed';
  return nodeDecompress(Buffer.from(need.body, 'base64'), need.maxBytes);
}

async function report(bytes, mediaType, hasher, window = 0) {
  const session = await engine.open({ size: bytes.length, now, mediaType });
  try {
    if (window > 0) await driveInWindows(session, bytes, hasher, window);
    else await drive(session, { source: bytesSource(bytes), hasher, resolver, signal: noSignal() });
    return session.report('json');
  } finally {
    session.close();
  }
}

/** A host that never supplies more than `window` at once, and no more than was asked for. */
async function driveInWindows(session, bytes, hasher, window) {
  const source = bytesSource(bytes);
  for (let step = session.step(); !step.done; step = session.step()) {
    for (const need of step.needs) {
      if (need.kind === 'bytes') {
        const length = Math.min(need.length, window);
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

/** The report, after it turned out to be the same in every way of reading and hashing. */
async function inEveryWay(bytes, mediaType) {
  const whole = await report(bytes, mediaType, nodeHasher);
  assert.equal(await report(bytes, mediaType, itself), whole, 'hashed by the core');
  assert.equal(await report(bytes, mediaType, webHasher), whole, 'hashed by WebCrypto');
  assert.equal(await report(bytes, mediaType, nodeHasher, WINDOW), whole, 'in windows');
  assert.equal(await report(bytes, mediaType, itself, WINDOW), whole, 'in windows, hashed by the core');
  return whole;
}

test('the corpus is there', (context) => {
  if (!present) context.skip('no corpus: ways of supplying its files are not compared');
});

for (const asset of present ? chosen() : []) {
  test(`one report, however it is read: ${asset.file}`, async () => {
    const bytes = read(asset.file);
    await inEveryWay(bytes, asset.mime);
    if (bytes.length > SINGLE_BYTES) return;
    const whole = await report(bytes, asset.mime, nodeHasher);
    assert.equal(await report(bytes, asset.mime, itself, 1), whole, 'in single bytes, hashed by the core');
  });
}

// Larger than what the core keeps in memory, so what was parsed is read a second time to be hashed.
for (const [kind, { fails }] of Object.entries(kinds)) {
  test(`one report of a file of many windows, and one of it changed: ${kind}`, async () => {
    const bytes = largeFile(kind, 9_500_000);
    const good = JSON.parse(await inEveryWay(bytes, ''));
    assert.equal(good.state, 'trusted');
    bytes[bytes.length >> 1] ^= 1;
    const changed = JSON.parse(await inEveryWay(bytes, ''));
    assert.equal(changed.state, 'invalid');
    assert.ok(changed.statuses.some((status) => status.code === fails));
  });
}
