import type { OwnList } from './messages.js';

/** Tones of the personal mark. Not the colours of verdicts, and no green. */
export const MARK_TONES = ['ink', 'rose', 'plum', 'sky', 'clay'] as const;
export type MarkTone = (typeof MARK_TONES)[number];

/** What only the user and the extension know: a page that draws a copy of the panel cannot show it (T-81). */
export interface Mark {
  symbol: string;
  word: string;
  tone: MarkTone;
}

export interface StoredList extends OwnList {
  /** SHA-256 of the text, in hex. */
  sha256: string;
  added: string;
}

export interface Settings {
  mark: Mark;
  lists: StoredList[];
}

export const MARK_SYMBOLS = ['☂', '♞', '⚓', '✿', '☀', '♫', '✈', '☕', '❄', '⚑', '♛', '☾'] as const;
const WORDS = ['harbour', 'cinder', 'willow', 'marble', 'lantern', 'orchard', 'pebble', 'saffron', 'thimble', 'walnut'];

export const LONGEST_SYMBOL = 8;
export const LONGEST_WORD = 24;

type Area = Pick<chrome.storage.StorageArea, 'get' | 'set'>;

function pick<T>(from: readonly [T, ...T[]] | readonly T[], fallback: T): T {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return from[random % from.length] ?? fallback;
}

/** A mark drawn by lot: every installation has one of its own before anybody opens the settings. */
export const randomMark = (): Mark => ({
  symbol: pick<string>(MARK_SYMBOLS, '☂'),
  word: pick(WORDS, 'harbour'),
  tone: pick<MarkTone>(MARK_TONES, 'ink'),
});

/** Settings in `storage.local`: the only thing the extension keeps on disk. */
export class SettingsStore {
  readonly #area: Area;

  constructor(area: Area) {
    this.#area = area;
  }

  async read(): Promise<Settings> {
    const { mark, lists } = await this.#area.get<Partial<Settings>>(['mark', 'lists']);
    return { mark: mark ?? (await this.#firstMark()), lists: lists ?? [] };
  }

  async #firstMark(): Promise<Mark> {
    const mark = randomMark();
    await this.writeMark(mark);
    return mark;
  }

  async writeMark(mark: Mark): Promise<void> {
    await this.#area.set({ mark });
  }

  async writeLists(lists: readonly StoredList[]): Promise<void> {
    await this.#area.set({ lists });
  }
}

/** A list as a check takes it. */
export const forCheck = ({ name, role, pem }: StoredList): OwnList => ({ name, role, pem });
