import type { Need } from './core.js';
import type { Session } from './engine.js';
import { EngineError, SourceError } from './errors.js';
import { nextTask } from './next-task.js';
import type { PartialReport } from './report.js';

export type BytesNeed = Extract<Need, { kind: 'bytes' }>;
export type DigestNeed = Extract<Need, { kind: 'digest' }>;
export type ResourceNeed = Extract<Need, { kind: 'resource' }>;
export type Segment = DigestNeed['segments'][number];

/** The asset: one immutable run of bytes. */
export interface Source {
  readonly size: number;
  readonly mediaType: string;
  /** Reading costs nothing, and a copy is a copy of memory. */
  readonly inMemory?: boolean;
  /** Where the server that it came from says its manifest store is; absolute. */
  readonly linkedStore?: string;
  /** Exactly `length` bytes; a SourceError when they cannot be had. */
  read(offset: number, length: number, signal: AbortSignal): Promise<Uint8Array>;
  /** All segments in one piece, when the source knows a better way than reading them one by one. */
  gather?(segments: readonly Segment[], signal: AbortSignal): Promise<ArrayBuffer>;
  /** The bytes in pieces, each valid until the next one is asked for; for those who need no second look. */
  stream?(offset: number, length: number, signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** Throws a SourceError when the bytes read do not belong together. */
  settle?(): Promise<void>;
  close?(): Promise<void>;
}

/** A digest, or null: then the core hashes the bytes itself. */
export type Hasher = (need: DigestNeed, source: Source, signal: AbortSignal) => Promise<Uint8Array | null>;

export type Refusal = 'notAllowed' | 'failed' | 'tooLarge';
export type Resolver = (need: ResourceNeed, signal: AbortSignal) => Promise<Uint8Array | Refusal>;

export interface Progress {
  /** Bytes read or hashed so far; a byte that is needed twice counts twice. */
  bytes: number;
  /** Size of the file. */
  size: number;
  /** Once, where there is something to wait for: the signer is known, the content was not compared yet. No verdict. */
  partial?: PartialReport;
}

export interface Host {
  source: Source;
  hasher: Hasher;
  resolver: Resolver;
  signal: AbortSignal;
  onProgress?: ((progress: Progress) => void) | undefined;
}

const SMALL_FILE = 4 * 1024 * 1024;
const FIRST_WINDOW = 64 * 1024;
const LARGEST_WINDOW = 4 * 1024 * 1024;
/** Digests larger than this are taken one after the other, so that only one of them is in memory. */
const LARGE_DIGEST = 16 * 1024 * 1024;
const AT_ONCE = 8;
/** How often the core may repeat a request that was just answered before it counts as stuck. */
const REPEATS = 3;
/** A page's frame lasts 16 ms: let the others run before that. */
const TURN_MILLISECONDS = 10;

/**
 * Reads ahead: one big read costs less than many small ones, so the window doubles while reads are in sequence. When
 * that went on for a while the source streams from there on, which costs least of all and goes on while the core works.
 */
class ReadAhead {
  readonly #source: Source;
  #window = FIRST_WINDOW;
  #next = -1;
  #stream: AsyncIterator<Uint8Array> | undefined;

  constructor(source: Source) {
    this.#source = source;
  }

  async read(need: BytesNeed, signal: AbortSignal): Promise<{ offset: number; bytes: Uint8Array }> {
    const { size } = this.#source;
    const { offset } = need;
    if (size <= SMALL_FILE) return { offset: 0, bytes: await this.#exactly(0, size, signal) };
    const inSequence = offset === this.#next;
    if (!inSequence) await this.close();
    const piece = await this.#stream?.next();
    if (piece?.done === false) {
      this.#next = offset + piece.value.length;
      return { offset, bytes: piece.value };
    }
    this.#window = inSequence ? Math.min(this.#window * 2, LARGEST_WINDOW) : FIRST_WINDOW;
    const length = Math.min(Math.max(need.length, this.#window), size - offset);
    this.#next = offset + length;
    const bytes = await this.#exactly(offset, length, signal);
    const isLong = this.#window === LARGEST_WINDOW && this.#next < size;
    if (isLong) this.#stream = this.#source.stream?.(this.#next, size - this.#next, signal)[Symbol.asyncIterator]();
    return { offset, bytes };
  }

  async close(): Promise<void> {
    const stream = this.#stream;
    this.#stream = undefined;
    await stream?.return?.();
  }

  async #exactly(offset: number, length: number, signal: AbortSignal): Promise<Uint8Array> {
    const bytes = await this.#source.read(offset, length, signal);
    if (bytes.length !== length) throw new SourceError('changed', 'The file became shorter while it was read.');
    return bytes;
  }
}

/** Lets other tasks of the thread run when this one has had its turn. */
class Turns {
  #since = performance.now();

  async pause(): Promise<void> {
    if (performance.now() - this.#since < TURN_MILLISECONDS) return;
    await nextTask();
    this.#since = performance.now();
  }
}

/** Tells the host how far its file is; does nothing for one who does not ask. */
class Teller {
  readonly #tell: Host['onProgress'];
  readonly #size: number;
  #bytes = 0;
  #toldPartial = false;

  constructor({ onProgress, source }: Host) {
    this.#tell = onProgress;
    this.#size = source.size;
  }

  worked(bytes: number): void {
    this.#bytes += bytes;
    this.#tell?.({ bytes: this.#bytes, size: this.#size });
  }

  partial(session: Session): void {
    if (this.#tell === undefined || this.#toldPartial) return;
    this.#toldPartial = true;
    const partial = JSON.parse(session.report('json')) as PartialReport;
    this.#tell({ bytes: this.#bytes, size: this.#size, partial });
  }
}

/** Runs a session to its end: step, service what it needs, again. The same loop in page, worker and Node. */
export async function drive(session: Session, host: Host): Promise<void> {
  const { source, signal } = host;
  const ahead = new ReadAhead(source);
  const teller = new Teller(host);
  const turns = new Turns();
  let asked = '';
  let repeats = 0;
  try {
    for (;;) {
      signal.throwIfAborted();
      const step = session.step();
      if (step.done) break;
      const asking = JSON.stringify(step.needs);
      repeats = asking === asked ? repeats + 1 : 0;
      if (repeats > REPEATS) throw new EngineError('The engine asks for the same bytes again and again.');
      asked = asking;
      if (step.awaitsContent === true) teller.partial(session);
      await service(session, step.needs, { ...host, ahead, teller });
      await turns.pause();
    }
  } finally {
    await ahead.close();
  }
  await source.settle?.();
}

/** What an answer needs beside the host. */
interface Desk extends Host {
  ahead: ReadAhead;
  teller: Teller;
}

async function service(session: Session, needs: readonly Need[], desk: Desk): Promise<void> {
  const small: Need[] = [];
  const large: Need[] = [];
  for (const need of needs) (need.kind === 'digest' && lengthOf(need) > LARGE_DIGEST ? large : small).push(need);
  await pool(small, AT_ONCE, (need) => answer(session, need, desk));
  await pool(large, 1, (need) => answer(session, need, desk));
}

async function answer(session: Session, need: Need, desk: Desk): Promise<void> {
  const { source, signal, ahead, teller } = desk;
  if (need.kind === 'bytes') {
    const read = await ahead.read(need, signal);
    signal.throwIfAborted();
    session.supply(need.id, read.offset, read.bytes);
    teller.worked(read.bytes.length);
  } else if (need.kind === 'digest') {
    const digest = await desk.hasher(need, source, signal);
    signal.throwIfAborted();
    if (digest === null) session.refuse(need.id, 'notAllowed');
    else {
      session.supply(need.id, 0, digest);
      teller.worked(lengthOf(need));
    }
  } else {
    const found = await desk.resolver(need, signal);
    signal.throwIfAborted();
    if (typeof found === 'string') session.refuse(need.id, found);
    else if (found.length > need.maxBytes) session.refuse(need.id, 'tooLarge');
    else session.supply(need.id, 0, found);
  }
}

/** Bytes of the asset that a digest covers. */
export function lengthOf(need: DigestNeed): number {
  return need.segments.reduce((sum, segment) => sum + (typeof segment === 'string' ? 0 : segment[1]), 0);
}

async function pool<T>(items: readonly T[], limit: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const run = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, run));
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
