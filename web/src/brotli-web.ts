import { BrotliStreamResultCode, DecompressStream, initSync } from 'brotli-dec-wasm/web';
import type { Decompress } from './resources.js';

const CHUNK = 65536;

type Join = (parts: readonly Uint8Array[], total: number) => Uint8Array;

/**
 * The decoder of the package, from the bytes of its wasm. `join` is the caller's, since what this file and the worker
 * both import would be one more file to load.
 */
export async function openDecoder(wasm: BufferSource, join: Join): Promise<Decompress> {
  initSync({ module: await WebAssembly.compile(wasm) });
  return (compressed, maxBytes) => Promise.resolve(decompress(compressed, maxBytes, join));
}

function decompress(compressed: Uint8Array, maxBytes: number, join: Join): Uint8Array | 'failed' | 'tooLarge' {
  const stream = new DecompressStream();
  try {
    return collect(stream, compressed, maxBytes, join);
  } catch {
    return 'failed';
  } finally {
    stream.free();
  }
}

function collect(
  stream: DecompressStream,
  compressed: Uint8Array,
  maxBytes: number,
  join: Join,
): Uint8Array | 'failed' | 'tooLarge' {
  const parts: Uint8Array[] = [];
  let total = 0;
  for (let rest = compressed; ;) {
    const { buf, code, input_offset: used } = stream.decompress(rest, CHUNK);
    rest = rest.subarray(used);
    parts.push(buf);
    total += buf.length;
    if (total > maxBytes) return 'tooLarge';
    if (code === BrotliStreamResultCode.NeedsMoreInput) return 'failed';
    if (code === BrotliStreamResultCode.ResultSuccess) return rest.length === 0 ? join(parts, total) : 'failed';
  }
}
