import { open, type FileHandle } from 'node:fs/promises';
import type { Source } from './drive.js';
import { SourceError, messageOf } from './errors.js';

const PIECE = 1024 * 1024;

function unreadable(error: unknown): never {
  throw new SourceError('unreadable', messageOf(error), { cause: error });
}

/** A file on disk. Size and time of change are compared before and after: the pieces must be of one file. */
export async function fileSource(path: string | URL, mediaType = ''): Promise<Source> {
  const file = await open(path, 'r').catch(unreadable);
  try {
    const before = await file.stat({ bigint: true });
    if (!before.isFile()) throw new SourceError('unreadable', 'It is not a file.');
    const buffers = new Buffers();
    return {
      size: Number(before.size),
      mediaType,
      read: (offset, length) => readInto(file, offset, new Uint8Array(length)).catch(unreadable),
      stream: (offset, length) => streamFile(file, offset, length, buffers),
      settle: async () => {
        const after = await file.stat({ bigint: true });
        if (after.size === before.size && after.mtimeNs === before.mtimeNs) return;
        throw new SourceError('changed', 'It changed while it was read. Check it again.');
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Buffers of one size that are used again: a fresh one costs as much as hashing it. */
class Buffers {
  readonly #free: Uint8Array[] = [];

  take(): Uint8Array {
    return this.#free.pop() ?? new Uint8Array(PIECE);
  }

  giveBack(buffer: Uint8Array): void {
    this.#free.push(buffer);
  }
}

/** Two buffers in turn: the next piece is read while the last one is being hashed. */
async function* streamFile(
  file: FileHandle,
  offset: number,
  length: number,
  buffers: Buffers,
): AsyncGenerator<Uint8Array> {
  const taken: Uint8Array[] = [];
  const start = (index: number): Promise<Uint8Array> => {
    const at = index * PIECE;
    const buffer = (taken[index % 2] ??= buffers.take());
    return fill(file, offset + at, buffer.subarray(0, Math.min(PIECE, length - at)));
  };
  let next = length > 0 ? start(0) : undefined;
  try {
    for (let index = 1; next !== undefined; index += 1) {
      const piece = await next;
      next = index * PIECE < length ? start(index) : undefined;
      // A failure is met when the piece is waited for, even if nobody asks for it any more.
      next?.catch(() => undefined);
      yield piece;
    }
  } finally {
    await next?.catch(() => undefined);
    for (const buffer of taken) buffers.giveBack(buffer);
  }
}

async function fill(file: FileHandle, offset: number, buffer: Uint8Array): Promise<Uint8Array> {
  const bytes = await readInto(file, offset, buffer).catch(unreadable);
  if (bytes.length < buffer.length) throw new SourceError('changed', 'The file became shorter while it was read.');
  return bytes;
}

async function readInto(file: FileHandle, offset: number, bytes: Uint8Array): Promise<Uint8Array> {
  const { length } = bytes;
  let at = 0;
  while (at < length) {
    const { bytesRead } = await file.read(bytes, at, length - at, offset + at);
    if (bytesRead === 0) return bytes.subarray(0, at);
    at += bytesRead;
  }
  return bytes;
}
