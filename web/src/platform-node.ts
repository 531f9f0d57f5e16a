import { createHash } from 'node:crypto';
import { open, readFile, type FileHandle } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { brotliDecompress, inflate, type InputType, type ZlibOptions } from 'node:zlib';
import { fromBase64, type Hasher, type Source } from './drive.js';
import { EngineError, SourceError, messageOf } from './errors.js';
import { checkFile, coreLoader, listLoader, type ReadFile, type WasmSource } from './load.js';
import type { Inflate } from './resources.js';
import type { Platform } from './run.js';

const PIECE = 1024 * 1024;

const readPackageFile: ReadFile = async (url, sha256) => {
  const path = fileURLToPath(url);
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new EngineError(`Could not read ${path}: ${messageOf(error)}. Build or install the package again.`, {
      cause: error,
    });
  });
  const own = new Uint8Array(bytes);
  await checkFile(path, own, sha256);
  return own;
};

/** Streams through OpenSSL, so a file of any size costs one piece of memory. */
export const nodeHasher: Hasher = async (need, source, signal) => {
  const hash = createHash(need.alg);
  for (const segment of need.segments) {
    if (typeof segment === 'string') {
      hash.update(fromBase64(segment));
      continue;
    }
    const [start, length] = segment;
    for (let at = 0; at < length; at += PIECE) {
      const size = Math.min(PIECE, length - at);
      const bytes = await source.read(start + at, size, signal);
      if (bytes.length !== size) throw new SourceError('changed', 'The file became shorter while it was read.');
      signal.throwIfAborted();
      hash.update(bytes);
    }
  }
  return hash.digest();
};

type Decompress = (data: InputType, options: ZlibOptions, done: (error: Error | null, result: Buffer) => void) => void;

const nodeInflate: Inflate = (format, bytes, maxBytes) =>
  new Promise((resolve) => {
    const decompress: Decompress = format === 'brotli' ? brotliDecompress : inflate;
    decompress(bytes, { maxOutputLength: maxBytes }, (error, result) => {
      resolve(error === null ? result : null);
    });
  });

export function nodePlatform(wasm: WasmSource | undefined): Platform {
  return {
    loadCore: coreLoader(wasm ?? new URL('./core.wasm', import.meta.url), readPackageFile),
    defaultLists: listLoader(readPackageFile),
    hasher: nodeHasher,
    inflate: nodeInflate,
    redirects: true,
  };
}

/** A file on disk. Size and time of change are compared before and after: the pieces must be of one file. */
export async function fileSource(path: string | URL, mediaType = ''): Promise<Source> {
  const failed = (error: unknown): never => {
    throw new SourceError('unreadable', messageOf(error), { cause: error });
  };
  const file = await open(path, 'r').catch(failed);
  try {
    const before = await file.stat({ bigint: true });
    if (!before.isFile()) throw new SourceError('unreadable', 'It is not a file.');
    return {
      size: Number(before.size),
      mediaType,
      read: (offset, length) => readExactly(file, offset, length).catch(failed),
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

async function readExactly(file: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let at = 0;
  while (at < length) {
    const { bytesRead } = await file.read(bytes, at, length - at, offset + at);
    if (bytesRead === 0) return bytes.subarray(0, at);
    at += bytesRead;
  }
  return bytes;
}
