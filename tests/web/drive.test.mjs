// How the loop reads, hashes and answers: windows, hashers, aborting, and what a source must hold.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { load } from './bundle.mjs';
import { FakeCore } from './fake-core.mjs';

const { Engine, SourceError, drive, bytesSource, blobSource, fileSource, webHasher, nodeHasher, noSignal } = await load(
  'engine',
  'errors',
  'drive',
  'sources',
  'hash',
  'abort',
  'source-file',
  'hash-node',
);

const KIB = 1024;
const MIB = 1024 * KIB;
const refuseAll = () => Promise.resolve('notAllowed');

async function validate(source, script, host = {}) {
  const engine = new Engine(() => Promise.resolve(new FakeCore(script)), []);
  const session = await engine.open({ size: source.size, now: '2026-11-23T10:00:00Z' });
  try {
    await drive(session, { source, hasher: webHasher, resolver: refuseAll, signal: noSignal(), ...host });
    return JSON.parse(session.report('json'));
  } finally {
    session.close();
  }
}

/** A script that asks for one list of needs per step. */
const inTurn =
  (...steps) =>
  ({ rounds }) =>
    steps[rounds] ?? [];
const bytes = (offset, length, id = 1) => ({ id, kind: 'bytes', offset, length });

/** A source that only remembers how it was read. */
function recorder(size) {
  const reads = [];
  return {
    size,
    mediaType: '',
    reads,
    read: async (offset, length) => (reads.push([offset, length]), new Uint8Array(length)),
  };
}

test('a small file is read once, whole', async () => {
  const source = recorder(3 * MIB);
  await validate(source, inTurn([bytes(100, 10)]));
  assert.deepEqual(source.reads, [[0, 3 * MIB]]);
});

test('a large file is read in windows that double while reads are in sequence', async () => {
  const source = recorder(64 * MIB);
  const steps = [bytes(0, 16), bytes(64 * KIB, 16), bytes(192 * KIB, 16), bytes(40 * MIB, 16)];
  await validate(source, inTurn(...steps.map((need) => [need])));
  assert.deepEqual(source.reads, [
    [0, 64 * KIB],
    [64 * KIB, 128 * KIB],
    [192 * KIB, 256 * KIB],
    [40 * MIB, 64 * KIB],
  ]);
});

test('windows stop at 4 MiB and at the end of the file, and larger wishes are met', async () => {
  const source = recorder(20 * MIB);
  let at = 0;
  await validate(source, ({ rounds }) => {
    const [offset, length] = source.reads.at(-1) ?? [0, 0];
    at = offset + length;
    return rounds < 9 ? [bytes(at, 16)] : [];
  });
  assert.equal(Math.max(...source.reads.map(([, length]) => length)), 4 * MIB);
  const other = recorder(20 * MIB);
  await validate(other, inTurn([bytes(1, 9 * MIB)], [bytes(20 * MIB - 5, 5)]));
  assert.deepEqual(other.reads, [
    [1, 9 * MIB],
    [20 * MIB - 5, 5],
  ]);
});

test('after a while in sequence the next window is read while the core works', async () => {
  const source = recorder(20 * MIB);
  const seen = [];
  await validate(source, ({ rounds }) => {
    seen.push(source.reads.length);
    // The seventh window is the first of 4 MiB.
    const wanted = [0, 64, 192, 448, 960, 1984, 4032, 8128, 12224, 16320].map((kib) => kib * KIB);
    return rounds < wanted.length ? [bytes(wanted[rounds], 16)] : [];
  });
  assert.deepEqual(source.reads.slice(-3), [
    [12224 * KIB, 4 * MIB],
    [16320 * KIB, 4 * MIB],
    [20416 * KIB, 64 * KIB],
  ]);
  assert.deepEqual(seen, [0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11]);
});

test('what was read ahead is not taken for other bytes', async () => {
  const source = { ...bytesSource(Uint8Array.from({ length: 24 * MIB }, (_, i) => (i >> 16) & 0xff)), mediaType: '' };
  const offsets = [0, 64, 192, 448, 960, 1984, 4032, 100, 8128].map((kib) => kib * KIB);
  const supplied = [];
  const engine = new Engine(() => Promise.resolve(new FakeCore(inTurn(...offsets.map((at) => [bytes(at, 16)])))), []);
  const session = await engine.open({ size: source.size, now: '2026-11-23T10:00:00Z' });
  const supply = session.supply.bind(session);
  session.supply = (id, offset, given) => (supplied.push([offset, given[0]]), supply(id, offset, given));
  await drive(session, { source, hasher: webHasher, resolver: refuseAll, signal: noSignal() });
  session.close();
  assert.deepEqual(
    supplied,
    offsets.map((at) => [at, (at >> 16) & 0xff]),
  );
});

test('WebCrypto gets what is small enough to be held twice, the core streams the rest', async () => {
  const need = (length) => ({ id: 1, kind: 'digest', alg: 'sha256', segments: [[0, length]] });
  const source = recorder(33 * MIB);
  assert.equal(await webHasher(need(33 * MIB), source, noSignal()), null);
  assert.deepEqual(source.reads, []);
  assert.equal((await webHasher(need(32 * MIB), source, noSignal())).length, 32);
});

const content = Uint8Array.from({ length: 3 * MIB + 17 }, (_, i) => (i * 31) % 251);
const segments = [[0, 1000], Buffer.from('marker').toString('base64'), [5000, content.length - 5000]];
const expected = (alg) =>
  createHash(alg)
    .update(content.subarray(0, 1000))
    .update('marker')
    .update(content.subarray(5000))
    .digest('hex')
    .slice(0, 16);

for (const alg of ['sha256', 'sha384', 'sha512']) {
  test(`${alg}: every hasher over every source gives the same digest`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'assay-'));
    try {
      const path = join(folder, 'file');
      await writeFile(path, content);
      const sources = [bytesSource(content), blobSource(new Blob([content])), await fileSource(path)];
      for (const source of sources) {
        for (const hasher of [webHasher, nodeHasher]) {
          const report = await validate(source, inTurn([{ id: 2, kind: 'digest', alg, segments }]), { hasher });
          assert.equal(report.given[0].head, expected(alg));
        }
        await source.close?.();
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });
}

test('a digest that the host cannot take is left to the core', async () => {
  const script = inTurn([{ id: 2, kind: 'digest', alg: 'sha256', segments: [[0, 4]] }]);
  const report = await validate(bytesSource(new Uint8Array(4)), script, { hasher: () => Promise.resolve(null) });
  assert.deepEqual(report.refused, [{ id: 2, reason: 'notAllowed' }]);
});

test('aborting stops between steps with the signal’s reason', async () => {
  const abort = new AbortController();
  const source = recorder(64 * MIB);
  const script = ({ rounds }) => {
    if (rounds === 2) abort.abort(new Error('enough'));
    return [bytes(rounds * MIB, 16)];
  };
  await assert.rejects(validate(source, script, { signal: abort.signal }), /enough/);
  assert.equal(source.reads.length, 3 - 1 + 1);
});

test('a source that gives fewer bytes than it has is an error, not a shorter file', async () => {
  const source = { size: 100, mediaType: '', read: () => Promise.resolve(new Uint8Array(99)) };
  await assert.rejects(validate(source, inTurn([bytes(0, 10)])), { name: 'SourceError', reason: 'changed' });
});

test('a file on disk that changes meanwhile is an error', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'assay-'));
  try {
    const path = join(folder, 'file');
    await writeFile(path, 'first');
    const source = await fileSource(path);
    await writeFile(path, 'other');
    await assert.rejects(validate(source, inTurn([bytes(0, 5)])), { name: 'SourceError', reason: 'changed' });
    await source.close();
    const digest = { id: 2, kind: 'digest', alg: 'sha256', segments: [[0, 5]] };
    const shrunk = await fileSource(path);
    await writeFile(path, 'fo');
    await assert.rejects(validate(shrunk, inTurn([digest]), { hasher: nodeHasher }), /became shorter/);
    await shrunk.close();
    await assert.rejects(fileSource(folder), SourceError);
    await assert.rejects(fileSource(join(folder, 'none')), { name: 'SourceError', reason: 'unreadable' });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('memory that another thread may write to is copied first', async () => {
  const shared = new Uint8Array(new SharedArrayBuffer(16)).fill(1);
  const source = bytesSource(shared);
  shared.fill(2);
  assert.deepEqual([...(await source.read(0, 2))], [1, 1]);
});

test('a resource larger than the core wants is refused as too large', async () => {
  const need = { id: 5, kind: 'resource', resource: 'sidecar', url: '', maxBytes: 3 };
  const resolver = () => Promise.resolve(new Uint8Array(4));
  const report = await validate(bytesSource(new Uint8Array(4)), inTurn([need]), { resolver });
  assert.deepEqual(report.refused, [{ id: 5, reason: 'tooLarge' }]);
});
