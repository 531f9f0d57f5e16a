import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { nodeDecompress } from './brotli-node.js';
import { EngineError, messageOf } from './errors.js';
import { nodeHasher } from './hash-node.js';
import { checkFile, coreLoader, listLoader, type ReadFile, type WasmSource } from './load.js';
import type { Platform } from './run.js';

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

export function nodePlatform(wasm: WasmSource | undefined): Platform {
  return {
    loadCore: coreLoader(wasm ?? new URL('./core.wasm', import.meta.url), readPackageFile),
    defaultLists: listLoader(readPackageFile),
    hasher: nodeHasher,
    decompress: nodeDecompress,
    redirects: true,
  };
}
