import type { Refusal } from './drive.js';
import type { Core, Need, SessionOptions, Step } from './core.js';
import { EngineError, messageOf } from './errors.js';

/** A trust list as the engine takes it: PEM text or the official JSON, in bytes. */
export interface TrustList {
  name: string;
  role: 'signer' | 'timestamp' | 'identity' | 'allowed' | 'addressBook';
  issued?: string;
  eku?: readonly string[];
  without?: readonly string[];
  legacy?: boolean;
  bytes: Uint8Array;
  /** When known, the engine's digest of the list has to be the same (T-17). */
  sha256?: string;
}

export type ReportFormat = 'json' | 'pretty' | 'crjson';

/** An idle instance that grew beyond this is replaced: wasm memory never shrinks by itself. */
const HEAP_TO_KEEP = 80 * 1024 * 1024;

/** One instance of the wasm core. After a trap its memory is not to be relied on: `alive` turns false for good. */
class Instance {
  readonly #core: Core;
  alive = true;
  sessions = 0;

  constructor(core: Core) {
    this.#core = core;
  }

  call<T>(body: (core: Core) => T): T {
    if (!this.alive) throw new EngineError('The engine has stopped.');
    try {
      return body(this.#core);
    } catch (error) {
      this.alive = false;
      if (error instanceof EngineError) throw error;
      throw new EngineError(`The engine failed: ${messageOf(error)}`, { cause: error });
    }
  }

  /** Copies `bytes` into the core's exchange buffer and hands over their address. */
  withBytes<T>(bytes: Uint8Array, body: (core: Core, address: number) => T): T {
    return this.call((core) => {
      const address = core.buffer(Math.max(bytes.length, 1));
      if (address === 0) throw new EngineError('The engine is out of memory.');
      // The heap is looked up after the call: growth detaches every earlier view of it.
      part(core.HEAPU8, address, bytes.length).set(bytes);
      return body(core, address);
    });
  }

  /** The text that the core has ready after `body`, which answers its length. */
  text(body: (core: Core) => number): string {
    return this.call((core) => {
      const length = body(core);
      return new TextDecoder().decode(part(core.HEAPU8, core.text(), length));
    });
  }

  /** A session was closed. */
  release(): void {
    this.sessions -= 1;
    if (this.sessions === 0 && this.#core.HEAPU8.length > HEAP_TO_KEEP) this.alive = false;
  }
}

function part(heap: Uint8Array, address: number, length: number): Uint8Array {
  const isInside = [address, length, address + length].every(
    (place) => Number.isSafeInteger(place) && place >= 0 && place <= heap.length,
  );
  if (!isInside) throw new EngineError('The engine gave an address outside its memory.');
  return heap.subarray(address, address + length);
}

/** One asset's validation. Close it in `finally`. */
export class Session {
  readonly #instance: Instance;
  readonly #handle: number;
  readonly #size: number;
  #open = true;
  /** The engine stopped, and not while it worked for this session. */
  lost = false;

  constructor(instance: Instance, handle: number, size: number) {
    this.#instance = instance;
    this.#handle = handle;
    this.#size = size;
    instance.sessions += 1;
  }

  /** The next segment of the stream that this asset initialises; this session must have come to its end. */
  openSegment(size: number): Session {
    this.#check();
    checkInteger('size', size);
    const handle = this.#instance.call((core) => core.openSegment(this.#handle, size));
    if (!Number.isSafeInteger(handle) || handle <= 0) throw new EngineError('The engine takes no segment.');
    return new Session(this.#instance, handle, size);
  }

  /** No more segments come. */
  endStream(): void {
    this.#check();
    this.#instance.call((core) => {
      core.endStream(this.#handle);
    });
  }

  step(): Step {
    this.#check();
    return this.#instance.call((core) => parseStep(core.step(this.#handle), this.#size));
  }

  supply(id: number, offset: number, bytes: Uint8Array): void {
    this.#check();
    checkInteger('offset', offset);
    this.#instance.withBytes(bytes, (core, address) => {
      core.supply(this.#handle, id, offset, address, bytes.length);
    });
  }

  refuse(id: number, reason: Refusal): void {
    this.#check();
    this.#instance.call((core) => {
      core.refuse(this.#handle, id, reason);
    });
  }

  report(format: ReportFormat): string {
    this.#check();
    return this.#instance.text((core) => core.report(this.#handle, format));
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    if (this.#instance.alive) {
      this.#instance.call((core) => {
        core.close(this.#handle);
      });
    }
    this.#instance.release();
  }

  /** A read may still be under way when another one failed and the session was closed. */
  #check(): void {
    if (!this.#open) throw new EngineError('The session is closed.');
    this.lost = !this.#instance.alive;
  }
}

/**
 * The wasm core with one set of trust lists, which are parsed once per instance. The only file that
 * touches wasm memory. Embind checks neither signs nor types, so every number is checked here.
 */
export class Engine {
  readonly #load: () => Promise<Core>;
  readonly #lists: readonly TrustList[];
  #instance: Promise<Instance> | undefined;

  constructor(load: () => Promise<Core>, lists: readonly TrustList[]) {
    this.#load = load;
    this.#lists = lists;
  }

  async open(options: SessionOptions): Promise<Session> {
    checkInteger('size', options.size);
    const instance = await this.#current();
    const handle = instance.call((core) => core.open(JSON.stringify(options)));
    if (!Number.isSafeInteger(handle) || handle <= 0) {
      throw new TypeError('The engine did not accept the options: is `now` a date and `type` a media type?');
    }
    return new Session(instance, handle, options.size);
  }

  /** Loads the core and the trust lists ahead of the first file. */
  async warmUp(): Promise<void> {
    await this.#current();
  }

  async #current(): Promise<Instance> {
    const known = this.#instance;
    if (known !== undefined) {
      const instance = await known.catch(() => undefined);
      if (instance?.alive === true) return instance;
    }
    // Whoever came first while we waited has replaced it already.
    if (this.#instance === known || this.#instance === undefined) this.#instance = this.#create();
    return this.#instance;
  }

  async #create(): Promise<Instance> {
    let core: Core;
    try {
      core = await this.#load();
    } catch (error) {
      if (error instanceof EngineError) throw error;
      throw new EngineError(`The engine could not be loaded: ${messageOf(error)}`, { cause: error });
    }
    const instance = new Instance(core);
    for (const list of this.#lists) addTrustList(instance, list);
    return instance;
  }
}

function addTrustList(instance: Instance, list: TrustList): void {
  const { name, role, issued, eku, without, legacy } = list;
  const options = JSON.stringify({ name, role, issued, eku, without, legacy });
  const text = instance.withBytes(list.bytes, (core, address) =>
    core.addTrustList(options, address, list.bytes.length),
  );
  const answer = JSON.parse(text) as { ok: boolean; error?: string; sha256?: string };
  if (!answer.ok) throw new TypeError(`Trust list "${name}": ${answer.error ?? 'not a list of certificates'}`);
  if (list.sha256 !== undefined && answer.sha256 !== list.sha256) {
    throw new EngineError(
      `Trust list "${name}" is not the one this package was built with. Install the package again.`,
    );
  }
}

function checkInteger(what: string, value: unknown): asserts value is number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) {
    throw new TypeError(`${what} must be a whole number, not ${String(value)}`);
  }
}

function parseStep(text: string, size: number): Step {
  const step = JSON.parse(text) as Step;
  if (typeof step.done !== 'boolean' || !Array.isArray(step.needs)) throw new EngineError('The engine gave no step.');
  if (!step.done && step.needs.length === 0) throw new EngineError('The engine waits for nothing.');
  for (const need of step.needs) checkNeed(need, size);
  return step;
}

function checkNeed(need: Need, size: number): void {
  checkInteger('id', need.id);
  if (need.kind === 'bytes') checkRange(need.offset, need.length, size);
  else if (need.kind === 'resource') checkInteger('maxBytes', need.maxBytes);
  else {
    for (const segment of need.segments) {
      if (typeof segment !== 'string') checkRange(segment[0], segment[1], size);
    }
  }
}

function checkRange(offset: number, length: number, size: number): void {
  checkInteger('offset', offset);
  checkInteger('length', length);
  if (offset + length > size) throw new EngineError('The engine asked for bytes outside the file.');
}
