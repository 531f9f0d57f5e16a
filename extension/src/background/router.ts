import { toBackground, type ToBackground } from '../messages.js';
import { OFFSCREEN_PAGE } from './offscreen-host.js';

type Runtime = Pick<typeof chrome.runtime, 'id' | 'getURL' | 'onMessage'>;
type Sender = chrome.runtime.MessageSender;

export type Handlers = {
  [T in ToBackground['type']]: (message: Extract<ToBackground, { type: T }>) => Promise<void>;
};

/** The one page of the extension that may send each message. Content scripts and other extensions may send none. */
const SENDERS: Record<ToBackground['type'], string> = { done: OFFSCREEN_PAGE, again: 'panel.html' };

/** Takes messages from the extension's own pages and refuses everything else without a word (T-82). */
export class Router {
  readonly #runtime: Runtime;
  readonly #handlers: Handlers;

  constructor(runtime: Runtime, handlers: Handlers) {
    this.#runtime = runtime;
    this.#handlers = handlers;
  }

  register(): void {
    this.#runtime.onMessage.addListener((message: unknown, sender) => {
      const known = toBackground(message);
      if (known !== null && this.#isFrom(sender, SENDERS[known.type])) void this.#handle(known);
    });
  }

  #isFrom(sender: Sender, page: string): boolean {
    const { id, getURL } = this.#runtime;
    if (sender.id !== id || sender.url === undefined) return false;
    return sender.url.replace(/[?#].*$/, '') === getURL(page);
  }

  #handle(message: ToBackground): Promise<void> {
    return message.type === 'done' ? this.#handlers.done(message) : this.#handlers.again(message);
  }
}
