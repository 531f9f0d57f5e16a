import type { Check } from '../check.js';

type Area = Pick<chrome.storage.StorageArea, 'get' | 'set' | 'remove'>;

/** Where a tab's check is kept; panel and background must agree. */
export const checkKey = (tab: number): string => `check:${tab}`;

/**
 * The last check of each tab, in `storage.session`: in memory, gone with the browser, and still there
 * when the service worker was stopped in between. Changes of one tab are applied one after the other.
 */
export class CheckStore {
  readonly #area: Area;
  #last: Promise<unknown> = Promise.resolve();

  constructor(area: Area) {
    this.#area = area;
  }

  async read(tab: number): Promise<Check | null> {
    const key = checkKey(tab);
    const found = await this.#area.get<Record<string, Check | undefined>>(key);
    return found[key] ?? null;
  }

  put(tab: number, check: Check): Promise<void> {
    return this.#inTurn(() => this.#area.set({ [checkKey(tab)]: check }));
  }

  /** Changes the tab's check if it still is `job`; null when another one has taken its place. */
  update(tab: number, job: number, change: Partial<Check>): Promise<Check | null> {
    return this.#inTurn(async () => {
      const check = await this.read(tab);
      if (check?.job !== job) return null;
      const changed = { ...check, ...change };
      await this.#area.set({ [checkKey(tab)]: changed });
      return changed;
    });
  }

  remove(tab: number): Promise<void> {
    return this.#inTurn(() => this.#area.remove(checkKey(tab)));
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work, work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
