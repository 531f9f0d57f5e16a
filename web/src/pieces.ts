import { SourceError, messageOf } from './errors.js';

/** Size of the pieces in which long runs of bytes are read. */
export const PIECE = 1024 * 1024;

type Body = ReadableStream<Uint8Array<ArrayBuffer>>;

/** Exactly `length` bytes of a stream, in pieces of one size as far as the stream lets us choose. */
export async function* streamOf(open: () => Promise<Body>, length: number): AsyncGenerator<Uint8Array> {
  const reader = readerOf(await open().catch(unreadable));
  let buffer = new ArrayBuffer(Math.min(PIECE, length));
  let left = length;
  try {
    while (left > 0) {
      const piece = await readPiece(reader, buffer, left);
      left -= piece.length;
      yield piece;
      ({ buffer } = piece);
    }
  } finally {
    await reader.cancel();
  }
}

export interface PieceReader {
  /** At most `length` bytes, exactly that many where the stream fills buffers: then they are in `buffer`, which is lost. */
  read(buffer: ArrayBuffer, length: number): Promise<Uint8Array<ArrayBuffer> | null>;
  cancel(): Promise<void>;
}

/** The next piece of a stream that has to have `left` more bytes. */
export async function readPiece(
  reader: PieceReader,
  buffer: ArrayBuffer,
  left: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const piece = await reader.read(buffer, Math.min(PIECE, left)).catch(unreadable);
  if (piece === null || piece.length > left) {
    throw new SourceError('changed', 'The file became shorter or longer while it was read.');
  }
  return piece;
}

/** Streams that fill a buffer of ours need no new memory for every piece. */
export function readerOf(body: Body): PieceReader {
  let own: ReadableStreamBYOBReader;
  try {
    own = body.getReader({ mode: 'byob' });
  } catch {
    const reader = body.getReader();
    return {
      read: async () => (await reader.read()).value ?? null,
      cancel: () => reader.cancel().catch(() => undefined),
    };
  }
  return {
    read: async (buffer, length) => {
      let memory = buffer;
      let filled = 0;
      while (filled < length) {
        const { done, value } = await own.read(new Uint8Array(memory, filled, length - filled));
        if (value !== undefined) memory = value.buffer;
        if (done) return null;
        filled += value.length;
      }
      return new Uint8Array(memory, 0, length);
    },
    cancel: () => own.cancel().catch(() => undefined),
  };
}

export function unreadable(error: unknown): never {
  if (error instanceof SourceError) throw error;
  throw new SourceError('unreadable', `The file could not be read: ${messageOf(error)}`, { cause: error });
}
