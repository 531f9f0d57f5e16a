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
    const options = { maxOutputLength: maxBytes, info: true };
    (brotliDecompress as unknown as BrotliDecompress)(bytes, options, (error, outcome) => {
      if (error !== null) resolve(error.code === 'ERR_BUFFER_TOO_LARGE' ? 'tooLarge' : 'failed');
      else resolve(outcome.engine.bytesWritten === bytes.length ? outcome.buffer : 'failed');
    });
  });
