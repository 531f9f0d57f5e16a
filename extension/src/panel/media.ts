import { el } from '../../../web/src/element/dom.js';
import { SAME_BYTES } from '../../../web/src/words.js';
import type { Check, CheckedFile } from '../check.js';
import { parityOf, type Parity, type PixelSize } from '../parity.js';
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
  const caption = el('figcaption', '', SAME_BYTES);
  const frame = el('div', 'frame');
  const figure = el('figure', 'media', frame, caption);
  const settle = (size: PixelSize | null): void => {
    if (check.media === 'image') caption.append(parityView(check, size));
  };
  void draw(check, file, frame, settle);
  return figure;
}

async function draw(
  check: Check,
  file: CheckedFile,
  frame: HTMLElement,
  settle: (size: PixelSize | null) => void,
): Promise<void> {
  const blob = await fetchCopy(file);
  if (blob === null) {
    frame.replaceChildren(el('p', 'frame-note', PANEL.released));
    return;
  }
  const address = URL.createObjectURL(blob);
  if (check.media !== 'image') {
    const player = el(check.media);
    player.controls = true;
    player.src = address;
    player.setAttribute('aria-label', PANEL.alt(check.media));
    frame.replaceChildren(player);
    return;
  }
  const picture = el('img');
  picture.alt = PANEL.alt(check.media);
  picture.addEventListener('load', () => {
    settle({ width: picture.naturalWidth, height: picture.naturalHeight });
    URL.revokeObjectURL(address);
  });
  picture.addEventListener('error', () => {
    frame.replaceChildren(el('p', 'frame-note', PANEL.noPicture));
    settle(null);
    URL.revokeObjectURL(address);
  });
  picture.src = address;
  frame.replaceChildren(picture);
}

function parityView({ shown }: Check, size: PixelSize | null): HTMLElement {
  const parity: Parity = parityOf(shown, size);
  const sizes =
    parity === 'differs' && shown !== null && size !== null
      ? ` ${sizesWords(pixels(shown.width, shown.height), pixels(size.width, size.height))}`
      : '';
  return el('span', `parity ${parity}`, `${parityWords(parity)}${sizes}`);
}
