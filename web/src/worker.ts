/** The module worker: runs jobs for client.ts, several at a time over one engine. */
import { EngineError } from './errors.js';
import { failureOf } from './failures.js';
import { openInput } from './in-place.js';
import type { Source } from './drive.js';
import type { FromWorker, RunRequest, ToWorker } from './messages.js';
import { webPlatform } from './platform-web.js';
import { READER, readAside, serveReader, type ReaderScope } from './reader.js';
import type { RemoteQuestion } from './resources.js';
import { Runner, type Job, type StreamRun } from './run.js';
import type { CompiledCore } from './stream-core.js';
import type { Input, ValidateOptions } from './types.js';

interface Scope {
  readonly name: string;
  readonly location: { readonly href: string };
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  onmessageerror: (() => void) | null;
  postMessage(message: FromWorker): void;
}

const scope = globalThis as unknown as Scope;
const aborts = new Map<number, AbortController>();
const streams = new Map<number, StreamRun>();
/** Input that is still arriving. */
const memories = new Map<number, Uint8Array<ArrayBuffer>>();
const questions = new Map<number, (allowed: boolean) => void>();
let runner: Runner | undefined;
let takeCore: (core: CompiledCore | undefined) => void = () => undefined;
let lastQuestion = 0;

/** No answer is needed any more once the file is given up. */
function ask(id: number, about: RemoteQuestion, signal: AbortSignal): Promise<boolean> {
  lastQuestion += 1;
  const question = lastQuestion;
  return new Promise((resolve) => {
    questions.set(question, resolve);
    signal.addEventListener('abort', () => {
      questions.delete(question);
      resolve(false);
    });
    scope.postMessage({ kind: 'ask', id, question, about });
  });
}

function start(data: Extract<ToWorker, { kind: 'start' }>): void {
  const wasm = typeof data.wasm === 'string' ? new URL(data.wasm) : data.wasm;
  const compiled = new Promise<CompiledCore | undefined>((resolve) => {
    takeCore = resolve;
  });
  runner = new Runner(webPlatform(wasm, data.compiled ? compiled : undefined));
}

function started(): Runner {
  if (runner === undefined) throw new EngineError('The worker was not started.');
  return runner;
}

/** This script again, as the thread that reads. */
const spawnReader = (): Worker => new Worker(scope.location.href, { type: 'module', name: READER });

function contentOf(input: RunRequest['input']): Input {
  if ('url' in input) return input.url;
  if (!('memory' in input)) return input;
  const memory = memories.get(input.memory);
  memories.delete(input.memory);
  if (memory === undefined) throw new EngineError('The input did not arrive.');
  return memory;
}

async function sourceOf(input: RunRequest['input'], options: ValidateOptions): Promise<Source> {
  const source = await openInput(contentOf(input), options);
  return input instanceof Blob ? readAside(source, input, spawnReader) : source;
}

async function jobOf(request: RunRequest, signal: AbortSignal): Promise<Job> {
  const { id, input, type, remote } = request;
  const options = type === undefined ? { signal } : { signal, type };
  return {
    ...request,
    source: await sourceOf(input, options),
    signal,
    remote: remote === 'ask' ? { ask: (about) => ask(id, about, signal) } : remote,
    onProgress: request.progress
      ? (progress) => {
          scope.postMessage({ kind: 'progress', id, progress });
        }
      : undefined,
  };
}

async function run(request: RunRequest, signal: AbortSignal): Promise<string> {
  const job = await jobOf(request, signal);
  if (request.kind === 'run') return started().run(job);
  const stream = await started().openStream(job);
  if (signal.aborted) {
    stream.close();
    signal.throwIfAborted();
  }
  streams.set(request.id, stream);
  return stream.report();
}

function streamOf(id: number): StreamRun {
  const stream = streams.get(id);
  if (stream === undefined) throw new EngineError('The stream is gone: the worker was started anew.');
  return stream;
}

function fail(id: number, error: unknown): void {
  scope.postMessage({ kind: 'failure', id, failure: failureOf(error) });
}

async function work(id: number, body: (signal: AbortSignal) => Promise<string>): Promise<void> {
  const abort = new AbortController();
  aborts.set(id, abort);
  try {
    scope.postMessage({ kind: 'result', id, text: await body(abort.signal) });
  } catch (error) {
    fail(id, error);
  } finally {
    aborts.delete(id);
  }
}

function receive({ data }: MessageEvent<ToWorker>): void {
  switch (data.kind) {
    case 'start':
      start(data);
      break;
    case 'core':
      takeCore(data.core);
      break;
    case 'run':
    case 'openStream':
      void work(data.id, (signal) => run(data, signal));
      break;
    case 'memory': {
      const { id, size, offset, bytes } = data;
      const memory = memories.get(id) ?? new Uint8Array(size);
      memory.set(bytes, offset);
      memories.set(id, memory);
      break;
    }
    case 'segment': {
      const { id, stream, input } = data;
      void work(id, async (signal) => streamOf(stream).check(await sourceOf(input, { signal }), signal));
      break;
    }
    case 'stream': {
      const { id, stream, end } = data;
      void work(id, () => Promise.resolve(end ? streamOf(stream).end() : streamOf(stream).report()));
      break;
    }
    case 'closeStream':
      streams.get(data.stream)?.close();
      streams.delete(data.stream);
      break;
    case 'warmUp':
      void work(data.id, async () => {
        await (await started().engine(data.trust)).warmUp();
        return '';
      });
      break;
    case 'abort':
      aborts.get(data.id)?.abort();
      if (memories.delete(data.id)) fail(data.id, new DOMException('Aborted while it was sent.', 'AbortError'));
      break;
    case 'answer':
      questions.get(data.question)?.(data.allowed);
      questions.delete(data.question);
      break;
  }
}

if (scope.name === READER) serveReader(globalThis as unknown as ReaderScope);
else {
  scope.onmessage = receive;
  // A compiled core that cannot be read here; the worker loads its own.
  scope.onmessageerror = () => {
    takeCore(undefined);
  };
}
