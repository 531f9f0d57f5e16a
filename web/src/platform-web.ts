import { webHasher } from './hash.js';
import { EngineError, messageOf } from './errors.js';
import { checkFile, coreLoader, listLoader, type ReadFile, type WasmSource } from './load.js';
import { webInflate } from './resources.js';
import type { Platform } from './run.js';

/** Fetches a file of the package and checks it: with WebCrypto, else the browser does (pages without https). */
const fetchFile: ReadFile = async (url, sha256) => {
  const isSecure = (globalThis.crypto.subtle as SubtleCrypto | undefined) !== undefined;
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    const response = await fetch(url, {
      credentials: 'same-origin',
      ...(isSecure ? {} : { integrity: sriOf(sha256) }),
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

function sriOf(hex: string): string {
  const binary = hex.replace(/../g, (byte) => String.fromCharCode(Number.parseInt(byte, 16)));
  return `sha256-${btoa(binary)}`;
}

export function webPlatform(wasm: WasmSource | undefined): Platform {
  return {
    loadCore: coreLoader(wasm ?? new URL('./core.wasm', import.meta.url), fetchFile),
    defaultLists: listLoader(fetchFile),
    hasher: webHasher,
    inflate: webInflate,
    redirects: false,
  };
}
