import { TERMINAL_GLYPHS } from '../../../web/src/glyphs.js';
import { plain } from '../../../web/src/text.js';
import { badgeWords, headlineOf } from '../../../web/src/words.js';
import type { Check } from '../check.js';
import { parityOfCheck } from '../parity.js';

type Action = Pick<typeof chrome.action, 'setTitle' | 'setBadgeText' | 'setBadgeBackgroundColor' | 'setBadgeTextColor'>;

const NEUTRAL = '#4A525C';
const WHITE = '#FFFFFF';

/** Headline and mark of the tab's last check at the toolbar button. The browser clears both when the tab moves on. */
export class Toolbar {
  readonly #action: Action;

  constructor(action: Action) {
    this.#action = action;
  }

  async show(tab: number, check: Check): Promise<void> {
    const { outcome } = check;
    // The button stands for what the page shows; when that is another version, nothing was found out about it (T-39).
    const isAbout = outcome?.kind === 'report' && parityOfCheck(check) !== 'differs';
    const report = isAbout ? outcome.report : null;
    const state = report?.headline ?? (outcome === null ? 'pending' : 'unchecked');
    const title = plain(report === null ? badgeWords(state) : headlineOf(report), 200);
    // The tab may have been closed meanwhile.
    await Promise.allSettled([
      this.#action.setTitle({ tabId: tab, title }),
      this.#action.setBadgeText({ tabId: tab, text: TERMINAL_GLYPHS[state] }),
      this.#action.setBadgeBackgroundColor({ tabId: tab, color: NEUTRAL }),
      this.#action.setBadgeTextColor({ tabId: tab, color: WHITE }),
    ]);
  }
}
