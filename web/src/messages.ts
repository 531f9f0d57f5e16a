import type { Progress } from './drive.js';
import type { ReportFormat } from './engine.js';
import type { Failure } from './failures.js';
import type { RemoteQuestion } from './resources.js';
import type { Trust } from './run.js';
import type { WasmSource } from './load.js';
import type { CompiledCore } from './stream-core.js';

/** What page and worker say to each other. */
export interface RunRequest {
  /** `openStream`: the input is the initialisation segment of a stream, which goes by this request's id from then on. */
  kind: 'run' | 'openStream';
  id: number;
  input: Blob | Uint8Array | { url: string } | { memory: number };
  format: ReportFormat;
  type: string | undefined;
  now: string;
  sidecar: Uint8Array | undefined;
  trust: Trust;
  remote: 'never' | 'same-origin' | 'ask';
  origin: string;
  progress: boolean;
}

export type ToWorker =
  /** `compiled`: the core itself comes in a message of its own, compiled by the page meanwhile. */
  | { kind: 'start'; wasm: Exclude<WasmSource, URL> | string | undefined; compiled: boolean }
  | { kind: 'core'; core: CompiledCore | undefined }
  | RunRequest
  /** A part of the `size` bytes that the request `id` will call its input: one large copy would stop the page. */
  | { kind: 'memory'; id: number; size: number; offset: number; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'segment'; id: number; stream: number; input: RunRequest['input'] }
  | { kind: 'stream'; id: number; stream: number; end: boolean }
  | { kind: 'closeStream'; stream: number }
  | { kind: 'warmUp'; id: number; trust: Trust }
  | { kind: 'abort'; id: number }
  | { kind: 'answer'; question: number; allowed: boolean };

export type FromWorker =
  | { kind: 'result'; id: number; text: string }
  | { kind: 'failure'; id: number; failure: Failure }
  | { kind: 'progress'; id: number; progress: Progress }
  | { kind: 'ask'; id: number; question: number; about: RemoteQuestion };
