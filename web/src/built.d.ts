/** Modules that web/build.mjs makes: what only the build knows. */

declare module 'assay:built' {
  export const version: string;
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

/** By itself: a page that only starts workers has no part in the files of the other module. */
declare module 'assay:core' {
  /** SHA-256 of core.wasm in hex. */
  export const coreSha256: string;
}

declare module 'assay:glue' {
  const createCore: import('./core.js').CoreFactory;
  export default createCore;
}
