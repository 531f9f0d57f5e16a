import { drawGlyph } from '../glyphs.js';
import { createValidator } from '../index.js';
import type { Report } from '../report.js';
import type { Validator } from '../types.js';
import * as words from '../words.js';
import { el } from './dom.js';
import { adopt, BADGE, THEME } from './styles.js';
import { AssaySummary, toneOf } from './summary.js';

/** What `assay-state` carries. */
export interface StateDetail {
  state: words.Badge;
  report: Report | null;
}

/** As a browser asks for pictures, so that a server that negotiates formats sends the same one. */
const ACCEPT = 'image/avif,image/webp,image/apng,image/*,*/*;q=0.8';
/** Quick answers should not flicker. */
const PENDING_AFTER_MILLISECONDS = 300;

let shared: Promise<Validator> | undefined;

/**
 * `<assay-badge><img …></assay-badge>`, or `<assay-badge for="id">` beside it: a mark over the picture
 * that opens the summary. Attribute `state` says what it shows; `assay-state` and `assay-open` are sent.
 * It checks what the picture shows now and starts again whenever another file is loaded (T-81).
 */
export class AssayBadge extends HTMLElement {
  static readonly observedAttributes = ['for'];

  /** Used instead of the badges' common validator, for instance with trust lists of the site. */
  validator: Validator | undefined;

  readonly #pin = el('button', 'pin');
  readonly #panel = el('div', 'panel');
  readonly #slot = el('slot');
  #summary: AssaySummary | undefined;
  #image: HTMLImageElement | null = null;
  #running: AbortController | undefined;
  #state: words.Badge = 'pending';
  #report: Report | null = null;
  #failure: string | null = null;
  #isOpen = false;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    adopt(root, THEME, BADGE);
    this.#pin.type = 'button';
    this.#pin.hidden = true;
    this.#pin.setAttribute('aria-expanded', 'false');
    this.#panel.hidden = true;
    this.#panel.setAttribute('role', 'dialog');
    root.append(this.#slot, this.#pin, this.#panel);
    this.#slot.addEventListener('slotchange', () => {
      this.#watch();
    });
    this.#pin.addEventListener('click', () => {
      this.#toggle(!this.#isOpen);
    });
    root.addEventListener('keydown', (event) => {
      if ((event as KeyboardEvent).key === 'Escape' && this.#isOpen) this.#toggle(false);
    });
  }

  get state(): words.Badge {
    return this.#state;
  }

  get report(): Report | null {
    return this.#report;
  }

  connectedCallback(): void {
    this.#watch();
  }

  disconnectedCallback(): void {
    this.#running?.abort();
    this.#image?.removeEventListener('load', this.#onLoad);
    this.#image = null;
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.#watch();
  }

  readonly #onLoad = (): void => {
    void this.#check();
  };

  #watch(): void {
    const id = this.getAttribute('for');
    const root = this.getRootNode() as Document | ShadowRoot;
    const found = id === null ? this.querySelector('img') : root.getElementById(id);
    const image = found instanceof HTMLImageElement ? found : null;
    if (image === this.#image) return;
    this.#image?.removeEventListener('load', this.#onLoad);
    this.#image = image;
    image?.addEventListener('load', this.#onLoad);
    if (image?.complete === true && image.currentSrc !== '') void this.#check();
  }

  async #check(): Promise<void> {
    const image = this.#image;
    if (image === null) return;
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    const { signal } = running;
    this.#set('pending', null);
    setTimeout(() => {
      if (!signal.aborted && this.#state === 'pending') this.#pin.hidden = false;
    }, PENDING_AFTER_MILLISECONDS);
    try {
      const blob = await fetchPicture(image.currentSrc, signal);
      this.validator ??= await (shared ??= createValidator());
      const report = await this.validator.validate(blob, { signal });
      const isSame = await showsSameSize(blob, image);
      if (signal.aborted) return;
      if (isSame) this.#set(report.headline, report);
      else this.#set('unchecked', null, 'The site shows a different version of the file than it gave us to check.');
    } catch (error) {
      if (signal.aborted) return;
      const reason = error instanceof Error ? error.message : '';
      this.#set('unchecked', null, `The picture could not be checked. ${reason}`);
    }
  }

  #set(state: words.Badge, report: Report | null, failure: string | null = null): void {
    this.#state = state;
    this.#report = report;
    this.setAttribute('state', state);
    const title = report === null ? words.badgeWords(state) : words.headlineOf(report);
    this.#pin.className = `pin ${toneOf(state)}`;
    this.#pin.replaceChildren(drawGlyph(state), el('bdi', 'words', title));
    this.#pin.setAttribute('aria-label', `${title} (picture)`);
    this.#panel.setAttribute('aria-label', title);
    // Nothing found is said in lists only: a mark on every picture would mean nothing.
    this.#pin.hidden = state === 'none' || state === 'pending';
    if (this.#pin.hidden) this.#toggle(false);
    if (this.#summary !== undefined) show(this.#summary, report, failure);
    this.#failure = failure;
    const detail: StateDetail = { state, report };
    this.dispatchEvent(new CustomEvent('assay-state', { bubbles: true, composed: true, detail }));
  }

  #toggle(open: boolean): void {
    const wasOpen = this.#isOpen;
    this.#isOpen = open;
    this.#panel.hidden = !open;
    this.#pin.setAttribute('aria-expanded', String(open));
    if (open === wasOpen) return;
    if (!open) {
      this.#pin.focus();
      return;
    }
    this.#summary ??= this.#createSummary();
    show(this.#summary, this.#report, this.#failure);
    this.dispatchEvent(new CustomEvent('assay-open', { bubbles: true, composed: true }));
  }

  #createSummary(): AssaySummary {
    const summary = new AssaySummary();
    // A page's own badge says who speaks: it must not pass for the browser or an extension.
    this.#panel.replaceChildren(
      summary,
      el('p', 'origin', `Checked in your browser by ${location.host || 'this page'}.`),
    );
    return summary;
  }
}

function show(summary: AssaySummary, report: Report | null, failure: string | null): void {
  if (failure !== null) summary.failure = failure;
  else summary.report = report;
}

async function fetchPicture(address: string, signal: AbortSignal): Promise<Blob> {
  const response = await fetch(address, {
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    headers: { accept: ACCEPT },
    signal,
  }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new Error('Its server does not let this page read it.', { cause: error });
  });
  if (!response.ok) throw new Error(`Its server answered ${response.status}.`);
  return response.blob();
}

/** False when the bytes that were checked are a picture of another size than the one on the page. */
async function showsSameSize(blob: Blob, image: HTMLImageElement): Promise<boolean> {
  try {
    const bitmap = await createImageBitmap(blob);
    const { width, height } = bitmap;
    bitmap.close();
    const { naturalWidth, naturalHeight } = image;
    if (width === naturalWidth && height === naturalHeight) return true;
    // With candidates to choose from, the natural size is divided by the chosen one's density.
    const hasCandidates = image.srcset !== '' || image.parentElement instanceof HTMLPictureElement;
    return hasCandidates && Math.abs(width * naturalHeight - height * naturalWidth) <= Math.max(width, height);
  } catch {
    // The browser shows it as a picture of no fixed size, such as SVG.
    return true;
  }
}
