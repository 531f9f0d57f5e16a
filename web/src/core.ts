/** The wasm core's boundary (bindings/wasm/embind.cpp). Only engine.ts may use it. */

export interface Core {
  HEAPU8: Uint8Array;
  /**
   * Adds a trust list to the engine, for its whole life. `options` is JSON:
   * `{"name","role":"signer"|"timestamp"|"identity"|"allowed"|"addressBook","eku"?:string[],"issued"?:string,
   * "without"?:string[],"legacy"?:boolean}`.
   * The list (PEM, or the official JSON) stands at `address`. Returns JSON
   * `{"ok":true,"anchors":n,"sha256":hex}` or `{"ok":false,"error":text}`.
   */
  addTrustList(options: string, address: number, length: number): string;
  /** Opens a session. `options` is JSON, see SessionOptions. Returns a handle > 0, or 0 when the options are malformed. */
  open(options: string): number;
  /**
   * Opens a session for the next segment of the stream that the asset of session `init` initialises; `init` must be
   * done. Its outcome goes into the report of `init`. One after the other, in the order of presentation. Returns a
   * handle > 0, or 0 when that is not possible.
   */
  openSegment(init: number, size: number): number;
  /** No more segments come: what is missing of the stream now is missing for good. */
  endStream(init: number): void;
  /** Runs until something is needed. Returns JSON, see Step. */
  step(session: number): string;
  /** Address of a buffer of at least `length` bytes, valid until the next call of any function; 0 when out of memory. */
  buffer(length: number): number;
  /** Supplies `length` bytes from `address` for the need `id`. For bytes: what stands at `offset` of the asset. */
  supply(session: number, id: number, offset: number, address: number, length: number): void;
  /** The host will not or cannot answer the need. `reason`: "notAllowed" | "failed" | "tooLarge". A refused digest is computed by the core from bytes. */
  refuse(session: number, id: number, reason: string): void;
  /**
   * Writes the report, `format`: "json" | "pretty" | "crjson", and returns its length in bytes. Before the session is
   * done: what is known so far.
   */
  report(session: number, format: string): number;
  /** Address of the report just written, in UTF-8, valid until the next call of any other function. */
  text(): number;
  close(session: number): void;
}

export interface SessionOptions {
  /** Size of the asset in bytes. */
  size: number;
  /** Declared media type; breaks ties between text kinds only. */
  mediaType?: string;
  /** Evaluation time, RFC 3339. The core never reads a clock. */
  now: string;
  /** Size of a side-car manifest store that the host will supply as resource `sidecar`. */
  sidecar?: boolean;
  /** Where the server that the asset came from says its store is. Needed and refused like any other remote store. */
  linkedStore?: string;
}

export type Need =
  /** Bytes of the asset; the host may supply more than asked, up to the whole asset. */
  | { id: number; kind: 'bytes'; offset: number; length: number }
  /** A digest over segments in order: `[offset, length]` of the asset, or literal bytes in base64. */
  | {
      id: number;
      kind: 'digest';
      alg: 'sha256' | 'sha384' | 'sha512';
      segments: (readonly [number, number] | string)[];
    }
  /** Something outside the asset; refused unless the user opted in. `resource: "sidecar"` is the side-car store. */
  | {
      id: number;
      kind: 'resource';
      resource: 'sidecar' | 'remoteManifest' | 'ocsp' | 'didDocument' | 'statusList' | 'brotli';
      url: string;
      /** Request body in base64 (OCSP), or the compressed bytes (brotli). */
      body?: string;
      maxBytes: number;
    };

export interface Step {
  done: boolean;
  /** The record was judged by itself, and what is needed now is content to compare: a report says who signed. */
  awaitsContent?: boolean;
  needs: Need[];
}

/** What the Emscripten glue exports. */
export type CoreFactory = (module: {
  wasmBinary?: ArrayBuffer;
  instantiateWasm?: (
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ) => WebAssembly.Exports | Record<string, never>;
  locateFile?: (path: string) => string;
}) => Promise<Core>;
