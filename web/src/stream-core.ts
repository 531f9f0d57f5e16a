import { coreSha256 } from 'assay:built';

/** A digest as pages write it down for what they load. */
export function integrityOf(sha256: string): string {
  const binary = sha256.replace(/../g, (byte) => String.fromCharCode(Number.parseInt(byte, 16)));
  return `sha256-${btoa(binary)}`;
}

/**
 * The core, checked by the browser against the digest of this package (T-17), which keeps the compiled code for the next
 * visit. Undefined where that is not possible, such as without the media type application/wasm: then the core is loaded
 * the long way, which says what is wrong.
 */
export async function streamCore(url: URL): Promise<WebAssembly.Module | undefined> {
  try {
    const integrity = integrityOf(coreSha256);
    return await WebAssembly.compileStreaming(fetch(url, { credentials: 'same-origin', integrity }));
  } catch {
    return undefined;
  }
}
