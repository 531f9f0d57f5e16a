import type { Shown } from './check.js';

/** How the picture on the page compares with the one that was checked, by pixel size alone (T-39). */
export type Parity = 'sameSize' | 'differs' | 'unknown';

export interface PixelSize {
  width: number;
  height: number;
}

/** Rounding of a scaled size moves the proportions by less than this. */
const TOLERANCE = 0.02;

/** `file` is null when the browser could not draw it. */
export function parityOf(shown: Shown | null, file: PixelSize | null): Parity {
  if (shown === null || file === null || file.width === 0 || file.height === 0) return 'unknown';
  if (shown.width === file.width && shown.height === file.height) return 'sameSize';
  if (shown.exact) return 'differs';
  // With `srcset` the page tells a scaled size: equal proportions neither confirm nor deny.
  const ratio = (shown.width * file.height) / (shown.height * file.width);
  return Math.abs(ratio - 1) > TOLERANCE ? 'differs' : 'unknown';
}
