import { brotliDecompress, inflate, type InputType, type ZlibOptions } from 'node:zlib';
import type { Inflate } from './resources.js';

type Decompress = (data: InputType, options: ZlibOptions, done: (error: Error | null, result: Buffer) => void) => void;

export const nodeInflate: Inflate = (format, bytes, maxBytes) =>
  new Promise((resolve) => {
    const decompress: Decompress = format === 'brotli' ? brotliDecompress : inflate;
    decompress(bytes, { maxOutputLength: maxBytes }, (error, result) => {
      resolve(error === null ? result : null);
    });
  });
