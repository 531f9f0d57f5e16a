import { el } from '../../web/src/element/dom.js';
import type { Mark } from './settings.js';

/** The user's mark, as panel and settings draw it. */
export const markView = (mark: Mark): HTMLElement =>
  el('span', `mark mark-${mark.tone}`, el('span', 'mark-symbol', mark.symbol), el('bdi', 'mark-word', mark.word));
