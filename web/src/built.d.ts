/** Modules that web/build.mjs makes: what only the build knows. */

declare module 'assay:built' {
  export const version: string;
  /** SHA-256 of core.wasm in hex. */
  export const coreSha256: string;
  /** The Brotli decoder of browsers. */
  export const brotliUrl: URL;
  export const brotliSha256: string;
  export interface InstalledList {
    name: string;
    role: 'signer' | 'timestamp';
    issued: string;
    sha256: string;
    url: URL;
  }
  /** Empty when the package was built without trust lists. */
  export const installedLists: InstalledList[];
}

declare module 'assay:glue' {
  const createCore: import('./core.js').CoreFactory;
  export default createCore;
}
