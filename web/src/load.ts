import createCore from 'assay:glue';
import { installedLists } from 'assay:built';
import { coreSha256 } from 'assay:core';
import type { Core } from './core.js';
import type { TrustList } from './engine.js';
import { EngineError, messageOf } from './errors.js';

export type ReadFile = (url: URL, sha256: string) => Promise<Uint8Array<ArrayBuffer>>;
export type WasmSource = URL | BufferSource | WebAssembly.Module;

export async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Refuses a file of the package that is not the one it was built with (T-17). */
export async function checkFile(what: string, bytes: Uint8Array<ArrayBuffer>, sha256: string): Promise<void> {
  if ((await sha256Hex(bytes)) === sha256) return;
  throw new EngineError(
    `${what} is not the file this package was built with, so it is not used. Install the package again; ` +
      'when you serve it yourself, serve all its files from one version.',
  );
}

async function compile(wasm: WasmSource, read: ReadFile): Promise<WebAssembly.Module> {
  if (wasm instanceof WebAssembly.Module) return wasm;
  let bytes: Uint8Array<ArrayBuffer>;
  if (wasm instanceof URL) bytes = await read(wasm, coreSha256);
  else {
    // A copy: what was checked must be what is compiled.
    bytes = (
      ArrayBuffer.isView(wasm) ? new Uint8Array(wasm.buffer, wasm.byteOffset, wasm.byteLength) : new Uint8Array(wasm)
    ).slice();
    await checkFile('The wasm core', bytes, coreSha256);
  }
  return WebAssembly.compile(bytes).catch((error: unknown) => {
    const advice = "A page's Content-Security-Policy must allow 'wasm-unsafe-eval' in script-src.";
    throw new EngineError(`The wasm core could not be compiled. ${advice} (${messageOf(error)})`, { cause: error });
  });
}

/**
 * Makes instances of the core from a module that is fetched, checked and compiled once. `stream`: a shorter way to it,
 * where there is one.
 */
export function coreLoader(
  wasm: WasmSource,
  read: ReadFile,
  stream?: () => Promise<WebAssembly.Module | undefined>,
): () => Promise<Core> {
  let compiled: Promise<WebAssembly.Module> | undefined;
  return async () => {
    compiled ??= Promise.resolve(stream?.()).then((module) => module ?? compile(wasm, read));
    const module = await compiled.catch((error: unknown) => {
      compiled = undefined;
      throw error;
    });
    return new Promise<Core>((resolve, reject) => {
      createCore({
        instantiateWasm: (imports, done) => {
          WebAssembly.instantiate(module, imports).then((instance) => {
            done(instance, module);
          }, reject);
          return {};
        },
      }).then(resolve, reject);
    });
  };
}

/** The trust lists of the package, each checked against the digest noted when the package was built. */
export function listLoader(read: ReadFile): () => Promise<TrustList[]> {
  return () =>
    Promise.all(
      installedLists.map(async ({ name, role, issued, sha256, url }) => ({
        name,
        role,
        issued,
        sha256,
        bytes: await read(url, sha256),
      })),
    );
}
