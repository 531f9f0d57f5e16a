import type { ToOffscreen } from '../messages.js';

export const OFFSCREEN_PAGE = 'offscreen.html';

interface Api {
  offscreen: Pick<typeof chrome.offscreen, 'createDocument'>;
  runtime: Pick<typeof chrome.runtime, 'getContexts' | 'sendMessage'>;
  incognito: boolean;
}

/** The document that fetches and validates: made when it is needed, closed by itself when it is idle. */
export class OffscreenHost {
  readonly #api: Api;
  #creating: Promise<void> | undefined;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Delivers a message, into a new document if the old one has just closed. */
  async send(message: ToOffscreen): Promise<void> {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await this.#ensure();
      const taken: unknown = await this.#api.runtime.sendMessage(message).catch(() => false);
      if (taken === true) return;
    }
    throw new Error('The offscreen document does not answer.');
  }

  /** Tells it to stop a job; when it is not there, the job is not either. */
  async cancel(job: number): Promise<void> {
    if (await this.#exists()) {
      const message: ToOffscreen = { to: 'offscreen', type: 'cancel', job };
      await this.#api.runtime.sendMessage(message).catch(() => undefined);
    }
  }

  async #exists(): Promise<boolean> {
    const { runtime, incognito } = this.#api;
    const found = await runtime.getContexts({ contextTypes: ['OFFSCREEN_DOCUMENT'], incognito });
    return found.length > 0;
  }

  async #ensure(): Promise<void> {
    if (this.#creating === undefined && (await this.#exists())) return;
    this.#creating ??= this.#api.offscreen
      .createDocument({
        url: OFFSCREEN_PAGE,
        reasons: ['WORKERS'],
        justification: 'Fetches the file you chose and validates it in a web worker.',
      })
      .finally(() => {
        this.#creating = undefined;
      });
    await this.#creating;
  }
}
