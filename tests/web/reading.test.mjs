// Files that are read by another thread, and files that are read only once.
import assert from 'node:assert/strict';
import { randomFillSync } from 'node:crypto';
import test from 'node:test';
import { load } from './bundle.mjs';

const { readAside, serveReader, keeping, blobSource, bytesSource, noSignal, SourceError } = await load(
  'reader',
  'kept',
  'sources',
  'abort',
  'errors',
);

const MIB = 1024 * 1024;
const content = randomFillSync(new Uint8Array(33 * MIB + 5));
const blob = new Blob([content]);

/** A thread within this one: what is posted arrives in a later task, as a copy. */
class Thread {
  ended = false;
  #receive;

  constructor(serve = serveReader) {
    const scope = {
      onmessage: null,
      postMessage: (data, transfer) => this.#later(data, transfer, (copy) => this.onmessage?.({ data: copy })),
    };
    this.#receive = (data) => scope.onmessage?.({ data });
    serve(scope);
  }

  postMessage(data, transfer) {
    this.#later(data, transfer, this.#receive);
  }

  terminate() {
    this.ended = true;
  }

  fail() {
    setImmediate(() => this.onerror({ preventDefault: () => undefined }));
  }

  #later(data, transfer = [], arrive) {
    const copy = data instanceof Blob ? data : structuredClone(data, { transfer });
    setImmediate(() => !this.ended && arrive(copy));
  }
}

async function readAll(stream, limit = Number.POSITIVE_INFINITY) {
  const parts = [];
  let total = 0;
  for await (const piece of stream) {
    parts.push(piece.slice());
    total += piece.length;
    if (total >= limit) break;
  }
  return Buffer.concat(parts);
}

test('another thread gives the same bytes, from any offset', async () => {
  const threads = [];
  const source = readAside(blobSource(blob), blob, () => {
    threads.push(new Thread());
    return threads.at(-1);
  });
  for (const offset of [0, 7]) {
    const bytes = await readAll(source.stream(offset, blob.size - offset, noSignal()));
    assert.ok(bytes.equals(content.subarray(offset)), `from ${offset}`);
  }
  assert.deepEqual(
    threads.map((thread) => thread.ended),
    [true, true],
  );
});

test('who stops reading stops the thread', async () => {
  const thread = new Thread();
  const source = readAside(blobSource(blob), blob, () => thread);
  const bytes = await readAll(source.stream(0, blob.size, noSignal()), 3 * MIB);
  assert.equal(bytes.length, 3 * MIB);
  assert.equal(thread.ended, true);
});

test('where no thread can be had the file is read here', async () => {
  const refused = () => {
    throw new DOMException('no workers', 'SecurityError');
  };
  const broken = () => {
    const thread = new Thread(() => undefined);
    thread.fail();
    return thread;
  };
  for (const spawn of [refused, broken]) {
    const source = readAside(blobSource(blob), blob, spawn);
    assert.ok((await readAll(source.stream(0, blob.size, noSignal()))).equals(content), spawn.name);
  }
});

test('a thread that ends between pieces is an error, and so is one that cannot read', async () => {
  const stopping = new Thread();
  const source = readAside(blobSource(blob), blob, () => stopping);
  const stream = source.stream(0, blob.size, noSignal());
  await stream.next();
  stopping.fail();
  await assert.rejects(readAll(stream), (error) => error instanceof SourceError && error.reason === 'unreadable');

  const failing = new Thread((scope) => {
    scope.onmessage = () => scope.postMessage({ failure: { reason: 'changed', message: 'shorter' } }, []);
  });
  const other = readAside(blobSource(blob), blob, () => failing);
  await assert.rejects(
    readAll(other.stream(0, blob.size, noSignal())),
    (error) => error instanceof SourceError && error.reason === 'changed' && error.message === 'shorter',
  );
  assert.equal(failing.ended, true);
});

test('small files need no thread', () => {
  const small = new Blob([content.subarray(0, 31 * MIB)]);
  const source = blobSource(small);
  assert.equal(readAside(source, small, assert.fail), source);
});

/** A source that counts the bytes that are read. */
function counted(bytes) {
  const source = blobSource(new Blob([bytes]));
  const counts = { read: 0, gathered: 0 };
  const sum = (segments) => segments.reduce((total, part) => total + (typeof part === 'string' ? 0 : part[1]), 0);
  return {
    counts,
    source: {
      ...source,
      read: (offset, length, signal) => {
        counts.read += length;
        return source.read(offset, length, signal);
      },
      gather: (segments, signal) => {
        counts.gathered += sum(segments);
        return source.gather(segments, signal);
      },
    },
  };
}

test('a file that was needed whole is read once', async () => {
  const bytes = content.subarray(0, 9 * MIB);
  const literal = 'AAAAAAAAAAE=';
  const segments = [[0, 5], literal, [MIB, 8 * MIB]];
  const joined = Buffer.concat([bytes.subarray(0, 5), Buffer.from(literal, 'base64'), bytes.subarray(MIB)]);
  const signal = noSignal();
  for (const whole of [
    async (source) => source.read(0, bytes.length, signal),
    async (source) => readAll(source.stream(MIB, 8 * MIB, signal)),
  ]) {
    const { source, counts } = counted(bytes);
    const kept = keeping(source);
    await whole(kept);
    assert.ok(Buffer.from(await kept.gather(segments, signal)).equals(joined));
    assert.ok(Buffer.from(await kept.read(100, 200, signal)).equals(bytes.subarray(100, 300)));
    assert.deepEqual(counts, { read: bytes.length, gathered: 0 });
  }
});

test('a file that is jumped through is not read whole, and a large one is not kept', async () => {
  const { source, counts } = counted(content.subarray(0, 9 * MIB));
  const kept = keeping(source);
  await kept.read(MIB, 100, noSignal());
  await kept.gather([[0, 10]], noSignal());
  assert.deepEqual(counts, { read: 100, gathered: 10 });
  const large = blobSource(blob);
  assert.equal(keeping(large), large);
  const memory = bytesSource(content.subarray(0, 10));
  assert.equal(keeping(memory), memory);
});
