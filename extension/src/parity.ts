import type { Check, Shown } from './check.js';

/** How the picture on the page compares with the one that was checked, by pixel size alone (T-39). */
export type Parity = 'sameSize' | 'differs' | 'unknown';

export interface PixelSize {
  width: number;
  height: number;
}

/** Rounding of a scaled size moves the proportions by less than this. */
const TOLERANCE = 0.02;

/** A file of no size is one that this browser cannot draw. */
export function parityOf(shown: Shown | null, file: PixelSize): Parity {
  if (shown === null || file.width === 0 || file.height === 0) return 'unknown';
  if (shown.width === file.width && shown.height === file.height) return 'sameSize';
  if (shown.exact) return 'differs';
  // With `srcset` the page tells a scaled size: equal proportions neither confirm nor deny.
  const ratio = (shown.width * file.height) / (shown.height * file.width);
  return Math.abs(ratio - 1) > TOLERANCE ? 'differs' : 'unknown';
}

/** The same for a check; only pictures are compared. */
export function parityOfCheck({ media, shown, outcome }: Check): Parity {
  const file = outcome?.file;
  return media === 'image' && file ? parityOf(shown, file) : 'unknown';
}
