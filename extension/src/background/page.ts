import type { Media, Shown } from '../check.js';
import type { PageBytes } from '../messages.js';

type Scripting = Pick<typeof chrome.scripting, 'executeScript'>;

/** A page that does not answer must not hold up the check. */
const PATIENCE_MILLISECONDS = 1500;
const LONGEST_BASE64 = 48 * 1024 * 1024;

/** Asks the page about the picture the user clicked. What it answers is a hint, never part of a verdict. */
export class Page {
  readonly #scripting: Scripting;

  constructor(scripting: Scripting) {
    this.#scripting = scripting;
  }

  /** Pixel size of the picture as the page shows it; null when it cannot be told. */
  async look(tab: number, frame: number, url: string, media: Media): Promise<Shown | null> {
    const answer = await this.#run(tab, frame, findShown, [url, media]);
    if (typeof answer !== 'object' || answer === null) return null;
    const { width, height, exact } = answer as Record<string, unknown>;
    const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;
    return isSize(width) && isSize(height) ? { width, height, exact: exact === true } : null;
  }

  /** The bytes behind a `blob:` address, which only the page that made it can read. */
  async read(tab: number, frame: number, url: string): Promise<PageBytes | null> {
    const answer = await this.#run(tab, frame, readBlob, [url, LONGEST_BASE64]);
    if (typeof answer !== 'object' || answer === null) return null;
    const { base64, mediaType } = answer as Record<string, unknown>;
    if (typeof base64 !== 'string' || typeof mediaType !== 'string') return null;
    return base64.length <= LONGEST_BASE64 ? { base64, mediaType } : null;
  }

  async #run<A extends unknown[]>(
    tab: number,
    frame: number,
    func: (...args: A) => unknown,
    args: A,
  ): Promise<unknown> {
    const target = { tabId: tab, frameIds: [frame] };
    const answers = this.#scripting.executeScript({ target, func, args, injectImmediately: true }).catch(() => []);
    const patience = new Promise<never[]>((resolve) => {
      setTimeout(resolve, PATIENCE_MILLISECONDS, []);
    });
    const [first] = await Promise.race([answers, patience]);
    return first?.result;
  }
}

/** Runs in the page (isolated world), so it must not use anything from outside itself. Changes nothing there. */
function findShown(url: string, media: string): unknown {
  const mostRoots = 5000;
  const roots: (Document | ShadowRoot)[] = [document];
  for (let i = 0; i < roots.length && i < mostRoots; i += 1) {
    for (const element of roots[i]?.querySelectorAll('*') ?? []) {
      if (element instanceof HTMLImageElement && media === 'image' && element.currentSrc === url) {
        const scaled = element.srcset !== '' || element.parentElement instanceof HTMLPictureElement;
        return { width: element.naturalWidth, height: element.naturalHeight, exact: !scaled };
      }
      if (element instanceof HTMLVideoElement && media === 'video' && element.currentSrc === url) {
        return { width: element.videoWidth, height: element.videoHeight, exact: true };
      }
      const root = element instanceof HTMLElement ? chrome.dom.openOrClosedShadowRoot(element) : null;
      if (root !== null) roots.push(root);
    }
  }
  return null;
}

/** Runs in the page, like findShown. */
async function readBlob(url: string, longest: number): Promise<unknown> {
  const blob = await (await fetch(url)).blob();
  if ((blob.size * 4) / 3 > longest) return null;
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onerror = () => {
      resolve(null);
    };
    reader.onload = () => {
      const text = typeof reader.result === 'string' ? reader.result : '';
      resolve({ base64: text.slice(text.indexOf(',') + 1), mediaType: blob.type });
    };
    reader.readAsDataURL(blob);
  });
}
