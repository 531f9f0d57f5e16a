import { brotliDecompress, type ZlibOptions } from 'node:zlib';
import type { Decompress } from './resources.js';

/** What zlib's `info` option gives besides the bytes: how many of the compressed ones it used. */
interface Outcome {
  buffer: Buffer<ArrayBuffer>;
  engine: { bytesWritten: number };
}

type BrotliDecompress = (
  bytes: Uint8Array,
  options: ZlibOptions,
  done: (error: NodeJS.ErrnoException | null, outcome: Outcome) => void,
) => void;

export const nodeDecompress: Decompress = (bytes, maxBytes) =>
  new Promise((resolve) => {
    // zlib throws at a limit of none, which the core sets for a stream of no bytes.
    const options = { maxOutputLength: Math.max(maxBytes, 1), info: true };
    (brotliDecompress as unknown as BrotliDecompress)(bytes, options, (error, outcome) => {
      if (error !== null) resolve(error.code === 'ERR_BUFFER_TOO_LARGE' ? 'tooLarge' : 'failed');
      else if (outcome.buffer.length > maxBytes) resolve('tooLarge');
      else resolve(outcome.engine.bytesWritten === bytes.length ? outcome.buffer : 'failed');
    });
  });
