import { permissionPattern, refusalOf } from '../address.js';
import type { Check, Media, Outcome, Reason } from '../check.js';
import type { OffscreenHost } from './offscreen-host.js';
import type { Page } from './page.js';
import type { CheckStore } from './store.js';
import type { Toolbar } from './toolbar.js';
import { forCheck, type SettingsStore } from '../settings.js';

/** What the user pointed at. */
export interface Target {
  tab: number;
  frameId: number;
  media: Media;
  url: string;
  pageUrl: string;
}

interface Parts {
  store: CheckStore;
  offscreen: Pick<OffscreenHost, 'send' | 'cancel'>;
  page: Pick<Page, 'look' | 'read'>;
  settings: Pick<SettingsStore, 'read'>;
  permissions: Pick<typeof chrome.permissions, 'contains'>;
  toolbar: Pick<Toolbar, 'show'>;
}

const newJob = (): number => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
const failed = (reason: Reason, detail = ''): Outcome => ({ kind: 'failed', reason, detail, file: null });

/** The life of a check: begun by the user's click, carried out in the offscreen document, kept per tab. */
export class Checks {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async begin({ tab, ...target }: Target): Promise<void> {
    const { store, toolbar, offscreen } = this.#parts;
    const before = await store.read(tab);
    if (before?.outcome === null) await offscreen.cancel(before.job);
    const check: Check = { ...target, job: newJob(), startedAt: Date.now(), shown: null, outcome: null };
    const refusal = refusalOf(target.url, target.pageUrl);
    // What is refused for its length would not fit into the tab's state either.
    await store.put(tab, refusal === 'tooLarge' ? { ...check, url: '' } : check);
    await toolbar.show(tab, check);
    if (refusal !== null) return this.finish(tab, check.job, failed(refusal));
    // In this order, so that what the page shows is known when the verdict is.
    await this.#look(tab, check);
    await this.#send(tab, check);
  }

  /** Once more what the tab's last check was about. Another address cannot be asked for (T-82). */
  async again(tab: number, job: number): Promise<void> {
    const check = await this.#parts.store.read(tab);
    if (check?.job !== job) return;
    const { frameId, media, url, pageUrl } = check;
    await this.begin({ tab, frameId, media, url, pageUrl });
  }

  async finish(tab: number, job: number, outcome: Outcome): Promise<void> {
    const { store, toolbar } = this.#parts;
    const check = await store.update(tab, job, { outcome }).catch(() =>
      // Session storage is small: rather a plain statement than silence.
      store.update(tab, job, { outcome: failed('reportTooLarge') }),
    );
    if (check !== null) await toolbar.show(tab, check);
  }

  async forget(tab: number): Promise<void> {
    const { store, offscreen } = this.#parts;
    const check = await store.read(tab);
    if (check === null) return;
    await store.remove(tab);
    if (check.outcome === null) await offscreen.cancel(check.job);
  }

  async #look(tab: number, { job, frameId, url, media }: Check): Promise<void> {
    const shown = await this.#parts.page.look(tab, frameId, url, media);
    if (shown !== null) await this.#parts.store.update(tab, job, { shown });
  }

  async #send(tab: number, { job, frameId, url, pageUrl, media }: Check): Promise<void> {
    const { page, settings, offscreen } = this.#parts;
    const isBlob = url.startsWith('blob:');
    const bytes = isBlob ? await page.read(tab, frameId, url) : null;
    if (isBlob && bytes === null) return this.finish(tab, job, failed(media === 'image' ? 'pageBlob' : 'stream'));
    const { lists } = await settings.read();
    const hostAllowed = await this.#isAllowed(url);
    await offscreen
      .send({
        to: 'offscreen',
        type: 'check',
        tab,
        job,
        url: isBlob ? '' : url,
        pageUrl,
        media,
        hostAllowed,
        bytes,
        lists: lists.map(forCheck),
      })
      .catch((error: unknown) => this.finish(tab, job, failed('engine', String(error))));
  }

  async #isAllowed(url: string): Promise<boolean> {
    const pattern = permissionPattern(url);
    return pattern === null || (await this.#parts.permissions.contains({ origins: [pattern] }));
  }
}
