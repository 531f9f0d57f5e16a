import { noSignal } from './abort.js';
import type { Core } from './core.js';
import { drive, type Hasher, type Progress, type Source } from './drive.js';
import { Engine, type ReportFormat, type Session, type TrustList } from './engine.js';
import { EngineError } from './errors.js';
import { createResolver, type Decompress, type RemotePolicy } from './resources.js';

/** What differs between browser and Node. */
export interface Platform {
  loadCore: () => Promise<Core>;
  defaultLists: () => Promise<TrustList[]>;
  hasher: Hasher;
  decompress: Decompress;
  redirects: boolean;
}

/** Trust lists of one call, ready for the engine and for a worker's message. */
export interface Trust {
  /** The same for the same lists, another one for others; engines are told apart by it. */
  id: number;
  lists: readonly TrustList[];
  useDefault: boolean;
}

export interface Job {
  source: Source;
  format: ReportFormat;
  now: string;
  trust: Trust;
  remote: RemotePolicy;
  origin: string | undefined;
  sidecar: Uint8Array | undefined;
  signal: AbortSignal | undefined;
  onProgress: ((progress: Progress) => void) | undefined;
}

/** Engines kept: one per set of trust lists, since a list cannot be taken out of an engine again. */
const MOST_ENGINES = 4;

/** Validates with as many engines as there are sets of trust lists in use. */
export class Runner {
  readonly #platform: Platform;
  readonly #engines = new Map<number, Promise<Engine>>();

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** The report's text. Closes the source. */
  async run(job: Job): Promise<string> {
    const session = await this.#validated(job);
    try {
      return session.report(job.format);
    } finally {
      session.close();
    }
  }

  /** A stream whose initialisation segment was validated. Closes the source. */
  async openStream(job: Job): Promise<StreamRun> {
    return new StreamRun(await this.#validated(job), job, (segment, work) => this.#drive(segment, work));
  }

  /** A session that came to its end. Closes the source. */
  async #validated(job: Job): Promise<Session> {
    try {
      const engine = await this.engine(job.trust);
      return (await this.#attempt(engine, job)) ?? (await this.#attempt(engine, job)) ?? giveUp();
    } finally {
      await job.source.close?.();
    }
  }

  /** Undefined when another file stopped the engine meanwhile: this one deserves a second attempt. */
  async #attempt(engine: Engine, job: Job): Promise<Session | undefined> {
    const { source, signal = noSignal() } = job;
    signal.throwIfAborted();
    const session = await engine.open({
      size: source.size,
      now: job.now,
      ...(source.mediaType === '' ? {} : { mediaType: source.mediaType }),
      ...(job.sidecar === undefined ? {} : { sidecar: true }),
      ...(source.linkedStore === undefined ? {} : { linkedStore: source.linkedStore }),
    });
    try {
      await this.#drive(session, job);
      return session;
    } catch (error) {
      session.close();
      if (error instanceof EngineError && session.lost) return undefined;
      throw error;
    }
  }

  async #drive(session: Session, job: Job): Promise<void> {
    const { source, signal = noSignal(), onProgress } = job;
    const { hasher, decompress, redirects } = this.#platform;
    const resolver = createResolver({ ...job, decompress, redirects });
    await drive(session, { source, hasher, resolver, signal, onProgress });
  }

  engine(trust: Trust): Promise<Engine> {
    const { id } = trust;
    const known = this.#engines.get(id);
    this.#engines.delete(id);
    const engine = known ?? this.#create(trust);
    this.#engines.set(id, engine);
    engine.catch(() => this.#engines.delete(id));
    const oldest = this.#engines.keys().next();
    if (this.#engines.size > MOST_ENGINES && oldest.done !== true) this.#engines.delete(oldest.value);
    return engine;
  }

  async #create(trust: Trust): Promise<Engine> {
    const defaults = trust.useDefault ? await this.#platform.defaultLists() : [];
    return new Engine(this.#platform.loadCore, [...defaults, ...trust.lists]);
  }
}

/** A stream: its initialisation segment, and one segment after the other. Close it in `finally`. */
export class StreamRun {
  readonly #init: Session;
  readonly #job: Job;
  readonly #drive: (segment: Session, job: Job) => Promise<void>;

  constructor(init: Session, job: Job, work: (segment: Session, job: Job) => Promise<void>) {
    this.#init = init;
    this.#job = { ...job, sidecar: undefined };
    this.#drive = work;
  }

  /** The report on the stream as far as it came. */
  report(): string {
    return this.#init.report(this.#job.format);
  }

  /** Checks the next segment, then the same. Closes the source. */
  async check(source: Source, signal: AbortSignal | undefined): Promise<string> {
    try {
      const session = this.#init.openSegment(source.size);
      try {
        await this.#drive(session, { ...this.#job, source, signal });
      } finally {
        session.close();
      }
    } finally {
      await source.close?.();
    }
    return this.report();
  }

  /** No more segments come. */
  end(): string {
    this.#init.endStream();
    return this.report();
  }

  close(): void {
    this.#init.close();
  }
}

function giveUp(): never {
  throw new EngineError('The engine stopped twice while other files were validated.');
}
