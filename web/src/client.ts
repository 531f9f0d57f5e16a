import { EngineError, SourceError, messageOf } from './errors.js';
import { errorOf } from './failures.js';
import { addressOf, isAddress } from './input.js';
import type { FromWorker, ToWorker } from './messages.js';
import { nextTask } from './next-task.js';
import type { CompiledCore } from './stream-core.js';
import type { ValidateOptions, ValidatorOptions } from './types.js';

/** A worker that does not let go of an aborted file in this time is stopped. */
const GRACE_MILLISECONDS = 500;

interface Pending {
  request: ToWorker & { id: number };
  resolve: (text: string) => void;
  reject: (reason: unknown) => void;
  options: ValidateOptions;
  aborted: boolean;
}

/** Memory above this is copied in parts: the page's frame lasts 16 ms. */
const PART = 4 * 1024 * 1024;

type MemoryMessage = Extract<ToWorker, { input: unknown }> & { input: Uint8Array };

const isLarge = (message: ToWorker): message is MemoryMessage =>
  'input' in message && message.input instanceof Uint8Array && message.input.length > PART;

/** Memory travels as one copy, which the worker then owns: only the part that is meant, not all behind a view. */
function packed(message: ToWorker): { message: ToWorker; transfer: Transferable[] } {
  if (!('input' in message) || !(message.input instanceof Uint8Array)) return { message, transfer: [] };
  const input = message.input.slice();
  return { message: { ...message, input }, transfer: [input.buffer] };
}

/** How a worker is started, and the core for it if the page compiles that meanwhile. */
export interface Start {
  spawn: () => Worker;
  core?: (() => Promise<CompiledCore | undefined>) | undefined;
}

/** One worker, which it starts with the first file and replaces when it fails. */
export class Client {
  readonly #defaults: ValidatorOptions;
  readonly #start: Start;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | undefined;
  #closed: { reason: unknown } | undefined;

  constructor(defaults: ValidatorOptions, start: Start) {
    this.#defaults = defaults;
    this.#start = start;
  }

  async send(request: Pending['request'], options: ValidateOptions): Promise<string> {
    const { signal } = options;
    signal?.throwIfAborted();
    if (this.#closed !== undefined) throw this.#closed.reason;
    let onAbort = (): void => undefined;
    try {
      return await new Promise<string>((resolve, reject) => {
        const pending: Pending = { request, resolve, reject, options, aborted: false };
        onAbort = () => {
          this.#abort(pending);
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        this.#pending.set(request.id, pending);
        try {
          this.#post(request);
        } catch (error) {
          this.#pending.delete(request.id);
          throw error;
        }
      });
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  /** Something that needs no answer, and no worker if there is none. */
  tell(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  /** For good. */
  close(reason: unknown): void {
    this.#closed = { reason };
    this.stop(reason);
  }

  stop(reason: unknown): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    const all = [...this.#pending.values()];
    this.#pending.clear();
    for (const pending of all) pending.reject(reason);
  }

  #post(message: ToWorker): void {
    try {
      this.#worker ??= this.#started();
    } catch (error) {
      const advice = 'Serve worker.js from the page’s own origin, name it with `worker`, or set `worker: false`.';
      this.stop(new EngineError(`The worker could not be started. ${advice} (${messageOf(error)})`, { cause: error }));
      return;
    }
    if (isLarge(message)) void this.#postInParts(message, this.#worker);
    else {
      const { message: copy, transfer } = packed(message);
      this.#worker.postMessage(copy, transfer);
    }
  }

  async #postInParts(message: MemoryMessage, worker: Worker): Promise<void> {
    const { id, input } = message;
    const size = input.length;
    try {
      for (let offset = 0; offset < size; offset += PART) {
        if (offset > 0) await nextTask();
        // The caller does not wait any more, or the worker was replaced and gets the request anew.
        if (this.#worker !== worker || this.#pending.get(id)?.aborted !== false) return;
        if (input.length !== size) throw new TypeError('The memory was given away while it was read.');
        const bytes = new Uint8Array(Math.min(PART, size - offset));
        bytes.set(input.subarray(offset, offset + PART));
        worker.postMessage({ kind: 'memory', id, size, offset, bytes } satisfies ToWorker, [bytes.buffer]);
      }
      worker.postMessage({ ...message, input: { memory: id } } satisfies ToWorker);
    } catch (error) {
      this.#lose(id, error);
    }
  }

  /** The memory of a request went elsewhere meanwhile, so there is nothing to send any more. */
  #lose(id: number, error: unknown): void {
    this.#pending.get(id)?.reject(new SourceError('changed', messageOf(error), { cause: error }));
    this.#pending.delete(id);
    this.tell({ kind: 'abort', id });
  }

  #started(): Worker {
    const { spawn, core } = this.#start;
    const worker = spawn();
    worker.onmessage = (event: MessageEvent<FromWorker>) => {
      this.#receive(event.data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      if (this.#worker === worker) this.stop(new EngineError(`The worker failed. ${event.message}`));
    };
    const { wasm } = this.#defaults;
    const start = isAddress(wasm) ? addressOf(wasm).href : wasm;
    try {
      worker.postMessage({ kind: 'start', wasm: start, compiled: core !== undefined } satisfies ToWorker);
    } catch (error) {
      worker.terminate();
      throw error;
    }
    const send = (compiled: CompiledCore | undefined): void => {
      worker.postMessage({ kind: 'core', core: compiled } satisfies ToWorker);
    };
    // What cannot be sent the worker loads by itself.
    void core?.()
      .then(send)
      .catch(() => {
        send(undefined);
      });
    return worker;
  }

  #receive(message: FromWorker): void {
    const pending = this.#pending.get(message.id);
    if (pending === undefined) return;
    if (message.kind === 'progress') {
      if (!pending.aborted) pending.options.onProgress?.(message.progress);
    } else if (message.kind === 'ask') void this.#ask(message);
    else {
      this.#pending.delete(message.id);
      if (message.kind === 'result') pending.resolve(message.text);
      else pending.reject(errorOf(message.failure));
    }
  }

  async #ask(message: Extract<FromWorker, { kind: 'ask' }>): Promise<void> {
    const { remote } = this.#defaults;
    const worker = this.#worker;
    const answer = Promise.resolve().then(() => (typeof remote === 'object' ? remote.ask(message.about) : false));
    const allowed = await answer.catch(() => false);
    // The worker that took its place counts its questions anew.
    if (worker === this.#worker) this.tell({ kind: 'answer', question: message.question, allowed });
  }

  /** The caller is free at once; the worker gets a moment to let go before it is stopped. */
  #abort(pending: Pending): void {
    const { id } = pending.request;
    if (!this.#pending.has(id)) return;
    pending.aborted = true;
    pending.reject(pending.options.signal?.reason);
    this.#post({ kind: 'abort', id });
    setTimeout(() => {
      if (this.#pending.has(id)) this.#restart();
    }, GRACE_MILLISECONDS);
  }

  #restart(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const [id, pending] of [...this.#pending]) {
      if (pending.aborted) this.#pending.delete(id);
      else this.#postAgain(pending);
    }
  }

  #postAgain(pending: Pending): void {
    try {
      this.#post(pending.request);
    } catch (error) {
      this.#lose(pending.request.id, error);
    }
  }
}
