import { Client, type Start } from './client.js';
import type { CompiledCore } from './stream-core.js';
import type { ValidatorOptions } from './types.js';

/** Files that every worker has under way when another one is started. */
const BUSY = 2;
const MOST_WORKERS = 4;
/** The first worker stays; another one that has had nothing to do for this time is stopped. */
const IDLE_MILLISECONDS = 10_000;

interface Member {
  readonly client: Client;
  users: number;
  idle: ReturnType<typeof setTimeout> | undefined;
}

/** As many workers as there is work for, up to one a processor. */
export class Pool {
  readonly #defaults: ValidatorOptions;
  readonly #start: Start;
  readonly #most = Math.min(MOST_WORKERS, globalThis.navigator.hardwareConcurrency || 1);
  #members: Member[] = [];
  #stopped: { reason: unknown } | undefined;

  constructor(defaults: ValidatorOptions, { spawn, core }: Start) {
    this.#defaults = defaults;
    let compiled: Promise<CompiledCore | undefined> | undefined;
    // One for all workers.
    this.#start = { spawn, core: core === undefined ? undefined : () => (compiled ??= core()) };
  }

  async use<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const { client, release } = this.take();
    try {
      return await work(client);
    } finally {
      release();
    }
  }

  /** The worker with the least to do, for as long as the caller needs it. */
  take(): { client: Client; release: () => void } {
    if (this.#stopped !== undefined) throw this.#stopped.reason;
    const member = this.#pick();
    clearTimeout(member.idle);
    member.users += 1;
    const release = (): void => {
      member.users -= 1;
      if (member.users > 0 || member === this.#members[0] || this.#stopped !== undefined) return;
      member.idle = setTimeout(() => {
        this.#members = this.#members.filter((other) => other !== member);
        member.client.close(undefined);
      }, IDLE_MILLISECONDS);
    };
    return { client: member.client, release };
  }

  /** For good: whoever still had something to ask hears `reason`. */
  stop(reason: unknown): void {
    this.#stopped = { reason };
    for (const { client, idle } of this.#members) {
      clearTimeout(idle);
      client.close(reason);
    }
  }

  #pick(): Member {
    const least = this.#members.reduce<Member | undefined>(
      (best, member) => (best === undefined || member.users < best.users ? member : best),
      undefined,
    );
    if (least !== undefined && (least.users < BUSY || this.#members.length >= this.#most)) return least;
    const member: Member = { client: new Client(this.#defaults, this.#start), users: 0, idle: undefined };
    this.#members.push(member);
    return member;
  }
}
