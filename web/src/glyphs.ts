import type { Badge } from './words.js';

/**
 * The marks: each state has a shape of its own, colour only repeats it. 24 units square, drawn with
 * `currentColor`. No tick, no padlock, no shield, no green.
 */
export interface Shape {
  d: string;
  /** Filled; otherwise a stroke of 2 units. */
  fill?: boolean;
  dash?: string;
  /** Cut out of what lies below: drawn in the background's colour. */
  knockout?: boolean;
}

const HEXAGON = 'M12 2.5 20.5 7.25V16.75L12 21.5 3.5 16.75V7.25Z';
const RING = 'M12 4a8 8 0 1 1 0 16a8 8 0 1 1 0-16Z';

export const GLYPHS: Record<Badge, readonly Shape[]> = {
  pending: [{ d: RING, dash: '0.1 4.09' }],
  recognised: [
    { d: HEXAGON, fill: true },
    { d: 'M12 8.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 1 1 0-7Z', knockout: true },
  ],
  unrecognised: [
    { d: HEXAGON },
    { d: 'M9.6 9.7a2.4 2.4 0 1 1 3.7 2c-.8.5-1.3 1-1.3 2' },
    { d: 'M12 15.6a1.2 1.2 0 1 1 0 2.4a1.2 1.2 0 1 1 0-2.4Z', fill: true },
  ],
  partial: [{ d: HEXAGON }, { d: 'M12 2.5V21.5L3.5 16.75V7.25Z', fill: true }],
  invalid: [
    { d: 'M12 2.8 22.2 20.6H1.8Z', fill: true },
    { d: 'M12 9.2v5.2', knockout: true },
    { d: 'M12 17.6v.1', knockout: true },
  ],
  recovered: [{ d: HEXAGON, dash: '3 2.4' }, { d: 'M11 8.2a3 3 0 1 1 0 6a3 3 0 1 1 0-6ZM13.2 13.4 16 16.2' }],
  referenced: [
    { d: 'M10.4 3.4 3.5 7.25V16.75L10.4 20.6M13.6 3.4 20.5 7.25V16.75L13.6 20.6' },
    { d: 'M8 12h1.6M14.4 12H16' },
  ],
  none: [{ d: RING }],
  unchecked: [{ d: RING }, { d: 'M6.4 17.6 17.6 6.4' }],
};

/** For terminals: one column each. */
export const TERMINAL_GLYPHS: Record<Badge, string> = {
  pending: '◌',
  recognised: '⬢',
  unrecognised: '⬡',
  partial: '◧',
  invalid: '▲',
  recovered: '◌',
  referenced: '◫',
  none: '○',
  unchecked: '⊘',
};

const SVG = 'http://www.w3.org/2000/svg';

/** The mark as an SVG element; decorative, since words always stand beside it or are its label. */
export function drawGlyph(badge: Badge): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', 'glyph');
  for (const shape of GLYPHS[badge]) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', shape.d);
    path.setAttribute('class', classOf(shape));
    if (shape.dash !== undefined) path.setAttribute('stroke-dasharray', shape.dash);
    svg.append(path);
  }
  return svg;
}

function classOf(shape: Shape): string {
  if (shape.knockout === true) return shape.d.endsWith('Z') ? 'cut-fill' : 'cut';
  return shape.fill === true ? 'fill' : 'line';
}
