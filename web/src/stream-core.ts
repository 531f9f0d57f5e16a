import { coreSha256 } from 'assay:core';

/** A digest as pages write it down for what they load. */
export function integrityOf(sha256: string): string {
  const binary = sha256.replace(/../g, (byte) => String.fromCharCode(Number.parseInt(byte, 16)));
  return `sha256-${btoa(binary)}`;
}

/** The core and what its bytes hash to: a script runs it only if it was built with the same (T-17). */
export interface CompiledCore {
  module: WebAssembly.Module;
  sha256: string;
}

/**
 * The core, checked by the browser against the digest of this package (T-17), which keeps the compiled code for the next
 * visit. Undefined where that is not possible, such as without the media type application/wasm: then the core is loaded
 * the long way, which says what is wrong.
 */
export async function streamCore(url: URL): Promise<CompiledCore | undefined> {
  try {
    const integrity = integrityOf(coreSha256);
    const module = await WebAssembly.compileStreaming(fetch(url, { credentials: 'same-origin', integrity }));
    return { module, sha256: coreSha256 };
  } catch {
    return undefined;
  }
}
