import type { Progress } from './drive.js';
import type { RemotePolicy } from './resources.js';
import type { Report, StreamSegment } from './report.js';

/** A list of certificates to rely on, as PEM text. */
export interface TrustListInput {
  /** Shown to the reader: "vouched for by …, on {name}". */
  name: string;
  /**
   * `signer` and `timestamp` are kept apart: an authority for one says nothing about the other. `allowed` and
   * `addressBook` hold signers' own certificates (or their SHA-256 in base64, one a line), which then need no authority;
   * never those of time-stamp authorities.
   */
  role: 'signer' | 'timestamp' | 'identity' | 'allowed' | 'addressBook';
  pem: string | Uint8Array;
  /** Date of issue, RFC 3339. */
  issued?: string;
  /** Key purposes that a signer of this list must have, as dotted OIDs. Default: C2PA claim signing only. */
  eku?: readonly string[];
  /** Entries that do not count: SHA-256 of the certificates, in hexadecimal. */
  without?: readonly string[];
  /** A list that is no longer kept up, like the one from before the official list: results say so. */
  legacy?: boolean;
}

export interface TrustOptions {
  lists?: readonly TrustListInput[];
  /** Whether the lists that come with the package count, too. Default: true. */
  useDefault?: boolean;
}

export interface ValidatorOptions {
  trust?: TrustOptions;
  remote?: RemotePolicy;
  /** The wasm core: an address, its bytes (both are checked against the package's digest) or a compiled module. */
  wasm?: string | URL | BufferSource | WebAssembly.Module;
  /** Address of the worker script, or `false` to work in the calling thread. Node always works in place. */
  worker?: string | URL | false;
}

export interface ValidateOptions {
  signal?: AbortSignal;
  /** Declared media type. It never overrules what the bytes say. */
  type?: string;
  /** Time of evaluation; default: now. */
  now?: Date | string;
  /** A manifest store that comes beside the file. */
  sidecar?: Blob | ArrayBuffer | ArrayBufferView;
  /** Called after each read; once with what is known before the content is compared, where that takes further reads. */
  onProgress?: (progress: Progress) => void;
  /** Instead of the validator's trust options. */
  trust?: TrustOptions;
}

export interface FragmentOptions extends ValidateOptions {
  /** These are all segments of the stream: what is missing of it then counts as removed. Default: false. */
  complete?: boolean;
  /** Called after each segment with what was found out about it and the report on the stream so far. */
  onSegment?: (segment: StreamSegment, soFar: Report) => void;
}

/** What can be validated. A string is an address, never a path. */
export type Input = Blob | ArrayBufferLike | ArrayBufferView | URL | string;

export type Outcome<T> = { index: number; input: T; report: Report } | { index: number; input: T; error: unknown };

export interface Validator {
  /** Content never rejects: see errors.ts for what does. */
  validate(input: Input, options?: ValidateOptions): Promise<Report>;
  /** The report as the text the core wrote: equal bytes, options and time give equal text. */
  render(input: Input, format: 'json' | 'pretty' | 'crjson', options?: ValidateOptions): Promise<string>;
  /** Several files, each outcome as soon as it is known. */
  validateMany<T extends Input>(
    inputs: Iterable<T>,
    options?: Omit<ValidateOptions, 'sidecar' | 'type'> & { concurrency?: number },
  ): AsyncGenerator<Outcome<T>, void, undefined>;
  /**
   * A stream of separate files: the initialisation segment, and its segments in the order of presentation, all of them
   * or as they come. The report is about the stream (`report.stream`); once a segment failed, it stays invalid.
   */
  validateFragments(
    init: Input,
    segments: Iterable<Input> | AsyncIterable<Input>,
    options?: FragmentOptions,
  ): Promise<Report>;
  /** Loads engine and trust lists ahead of the first file. */
  warmUp(): Promise<void>;
  dispose(): void;
}
