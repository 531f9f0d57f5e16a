import { createHash } from 'node:crypto';
import { fromBase64, type Hasher, type Source } from './drive.js';
import { SourceError } from './errors.js';

const PIECE = 1024 * 1024;

/** Streams through OpenSSL, so a file of any size costs one piece of memory. */
export const nodeHasher: Hasher = async (need, source, signal) => {
  const hash = createHash(need.alg);
  for (const segment of need.segments) {
    if (typeof segment === 'string') {
      hash.update(fromBase64(segment));
      continue;
    }
    for await (const bytes of source.stream?.(...segment, signal) ?? pieces(source, ...segment, signal)) {
      signal.throwIfAborted();
      hash.update(bytes);
    }
  }
  return hash.digest();
};

async function* pieces(
  source: Source,
  offset: number,
  length: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < length; at += PIECE) {
    const size = Math.min(PIECE, length - at);
    const bytes = await source.read(offset + at, size, signal);
    if (bytes.length !== size) throw new SourceError('changed', 'The file became shorter while it was read.');
    yield bytes;
  }
}
