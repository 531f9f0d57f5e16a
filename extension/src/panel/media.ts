import { el } from '../../../web/src/element/dom.js';
import { SAME_BYTES } from '../../../web/src/words.js';
import type { Check, CheckedFile } from '../check.js';
import { parityOfCheck } from '../parity.js';
import { PANEL, parityWords, pixels, sizesWords } from '../words.js';

/** A copy of the checked bytes, which the offscreen document keeps for a while only. */
async function fetchCopy(file: CheckedFile): Promise<Blob | null> {
  try {
    return await (await fetch(file.blobUrl)).blob();
  } catch {
    return null;
  }
}

/** The checked bytes drawn by this panel: what is seen here is what the verdict is about (T-39). */
export function mediaView(check: Check, file: CheckedFile): HTMLElement {
  const frame = el('div', 'frame');
  void draw(check, file, frame);
  const parity = check.media === 'image' ? parityView(check, file) : null;
  return el('figure', 'media', frame, el('figcaption', '', SAME_BYTES, parity));
}

async function draw({ media }: Check, file: CheckedFile, frame: HTMLElement): Promise<void> {
  const blob = await fetchCopy(file);
  if (blob === null) {
    frame.replaceChildren(el('p', 'frame-note', PANEL.released));
    return;
  }
  const address = URL.createObjectURL(blob);
  frame.replaceChildren(media === 'image' ? picture(address, frame) : player(media, address));
}

function picture(address: string, frame: HTMLElement): HTMLImageElement {
  const image = el('img');
  image.alt = PANEL.alt('image');
  image.addEventListener('load', () => {
    URL.revokeObjectURL(address);
  });
  image.addEventListener('error', () => {
    frame.replaceChildren(el('p', 'frame-note', PANEL.noPicture));
    URL.revokeObjectURL(address);
  });
  image.src = address;
  return image;
}

function player(media: 'video' | 'audio', address: string): HTMLMediaElement {
  const element = el(media);
  element.controls = true;
  element.src = address;
  element.setAttribute('aria-label', PANEL.alt(media));
  return element;
}

function parityView(check: Check, file: CheckedFile): HTMLElement {
  const { shown } = check;
  const parity = parityOfCheck(check);
  const sizes =
    parity === 'differs' && shown !== null
      ? ` ${sizesWords(pixels(shown.width, shown.height), pixels(file.width, file.height))}`
      : '';
  return el('span', `parity ${parity}`, `${parityWords(parity)}${sizes}`);
}
