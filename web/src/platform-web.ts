import { brotliSha256, brotliUrl } from 'assay:built';
import { coreSha256 } from 'assay:core';
import { webHasher } from './hash.js';
import { EngineError, messageOf } from './errors.js';
import { checkFile, coreLoader, listLoader, type ReadFile, type WasmSource } from './load.js';
import { joined, type Decompress } from './resources.js';
import type { Platform } from './run.js';
import { integrityOf, streamCore, type CompiledCore } from './stream-core.js';

/** Fetches a file of the package and checks it: with WebCrypto, else the browser does (pages without https). */
const fetchFile: ReadFile = async (url, sha256) => {
  const isSecure = (globalThis.crypto.subtle as SubtleCrypto | undefined) !== undefined;
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    const response = await fetch(url, {
      credentials: 'same-origin',
      ...(isSecure ? {} : { integrity: integrityOf(sha256) }),
    });
    if (!response.ok) throw new Error(`status ${response.status}`);
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw new EngineError(
      `Could not load ${url.pathname.split('/').pop() ?? 'a file'} of the package: ${messageOf(error)}`,
      {
        cause: error,
      },
    );
  }
  if (isSecure) await checkFile(url.pathname.split('/').pop() ?? 'A file', bytes, sha256);
  return bytes;
};

let decoder: Promise<Decompress> | undefined;

/** No browser decompresses Brotli for pages; the decoder is fetched when the first compressed manifest comes. */
const webDecompress: Decompress = async (bytes, maxBytes) => {
  decoder ??= Promise.all([import('./brotli-web.js'), fetchFile(brotliUrl, brotliSha256)]).then(
    ([{ openDecoder }, wasm]) => openDecoder(wasm, joined),
  );
  const decompress = await decoder.catch((error: unknown) => {
    decoder = undefined;
    throw error;
  });
  return decompress(bytes, maxBytes);
};

/** `wasm`: where the core is, or itself; `compiled`: whoever started this thread tried to compile it. */
export function webPlatform(
  wasm: WasmSource = new URL('./core.wasm', import.meta.url),
  compiled?: Promise<CompiledCore | undefined>,
): Platform {
  const stream = async (): Promise<WebAssembly.Module | undefined> => {
    const core = await (compiled ?? (wasm instanceof URL ? streamCore(wasm) : undefined));
    return core?.sha256 === coreSha256 ? core.module : undefined;
  };
  return {
    loadCore: coreLoader(wasm, fetchFile, stream),
    defaultLists: listLoader(fetchFile),
    hasher: webHasher,
    decompress: webDecompress,
    redirects: false,
  };
}
