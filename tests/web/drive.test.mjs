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

/** Content of 24 MiB that tells places apart, as a source that says how it was read. */
function observed() {
  const content = new Uint8Array(24 * MIB);
  for (let at = 0; at < content.length; at += 64 * KIB) content.fill(place(at), at, at + 64 * KIB);
  const source = blobSource(new Blob([content]));
  const seen = { reads: [], streams: [], closed: 0 };
  const { read, stream } = source;
  source.read = (offset, length, signal) => (seen.reads.push([offset, length]), read(offset, length, signal));
  source.stream = async function* (offset, length) {
    seen.streams.push(offset);
    try {
      yield* stream(offset, length);
    } finally {
      seen.closed += 1;
    }
  };
  return { source, seen };
}

/** Where bytes were supplied, when the core asks at each of these places. */
async function supplied(source, offsets) {
  const engine = new Engine(() => Promise.resolve(new FakeCore(inTurn(...offsets.map((at) => [bytes(at, 16)])))), []);
  const session = await engine.open({ size: source.size, now: '2026-11-23T10:00:00Z' });
  const given = [];
  const supply = session.supply.bind(session);
  session.supply = (id, offset, piece) => {
    given.push([offset, piece.length, piece[0], piece.at(-1)]);
    supply(id, offset, piece);
  };
  await drive(session, { source, hasher: webHasher, resolver: refuseAll, signal: noSignal() });
  session.close();
  return given;
}
const sequence = [0, 64, 192, 448, 960, 1984, 4032].map((kib) => kib * KIB);
const place = (at) => (at >> 16) & 0xff;

test('after a while in sequence the source streams, in pieces of one size', async () => {
  const { source, seen } = observed();
  const streamed = [8128, 9152, 10176].map((kib) => kib * KIB);
  const given = await supplied(source, [...sequence, ...streamed]);
  assert.equal(seen.reads.length, 7);
  assert.deepEqual(seen.streams, [8128 * KIB]);
  assert.equal(seen.closed, 1);
  assert.deepEqual(
    given.slice(-3),
    streamed.map((at) => [at, MIB, place(at), place(at + MIB - 1)]),
  );
});

test('a stream is left when other bytes are wanted', async () => {
  const { source, seen } = observed();
  const given = await supplied(source, [...sequence, 8128 * KIB, 100 * KIB, 9152 * KIB]);
  assert.deepEqual(
    given.slice(-3).map(([offset, , first]) => [offset, first]),
    [8128, 100, 9152].map((kib) => [kib * KIB, place(kib * KIB)]),
  );
  assert.equal(seen.closed, 1);
});

test('a Blob is streamed whether or not its stream fills buffers, and to its end only', async () => {
  const content = Uint8Array.from({ length: 2 * MIB + 5 }, (_, i) => i % 251);
  const blob = new Blob([content]);
  const plain = {
    size: blob.size,
    type: '',
    slice: (from, to) => ({ stream: () => chunks(content.subarray(from, to)) }),
  };
  const chunks = (view) => new ReadableStream({ start: (c) => (c.enqueue(view.slice()), c.close()) });
  for (const source of [blobSource(blob), blobSource(plain)]) {
    const parts = [];
    for await (const piece of source.stream(3, content.length - 3)) parts.push(Buffer.from(piece));
    assert.ok(Buffer.concat(parts).equals(content.subarray(3)));
    await assert.rejects(async () => {
      for await (const piece of source.stream(3, content.length)) assert.ok(piece.length > 0);
    }, /became shorter/);
  }
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
