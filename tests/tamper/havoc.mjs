// Two to six random changes at once (stage M5). A mutant follows from its number alone.
import { seeded } from './bytes.mjs';
import { noise } from './media.mjs';

// Where structure breaks, nothing behind it is looked at: most changes go where they get far.
const STRUCTURE = /header|description|type|toggles|label|structure|carrier|name$/;

/** Positions by region, so that small regions are hit as often as large ones. */
function placesByRegion(names) {
  const places = new Map();
  names.forEach((name, at) => (places.get(name) ?? places.set(name, []).get(name)).push(at));
  const all = [...places];
  const contents = all.filter(([name]) => !STRUCTURE.test(name));
  return { all: all.map(([, list]) => list), contents: contents.map(([, list]) => list) };
}

const cache = new WeakMap();
function placesOf(base) {
  if (!cache.has(base)) cache.set(base, placesByRegion(base.names));
  return cache.get(base);
}

/** In-place changes: [start, bytes]. */
const EDITS = [
  (part, at, next) => [at, Buffer.from([part[at] ^ (1 << next(8))])],
  (part, at, next) => [at, Buffer.from([next(256)])],
  (part, at, next) => [at, noise(1 + next(32), next(1 << 20))],
  (part, at, next) => {
    const from = next(part.length);
    return [at, part.subarray(from, from + 1 + next(64))];
  },
];

/** Changes of the length: they shift what stands behind, so nothing but a refusal will do. */
const SHIFTS = [
  (part, at, next) => Buffer.concat([part.subarray(0, at), part.subarray(at + 1 + next(40))]),
  (part, at, next) => Buffer.concat([part.subarray(0, at), noise(1 + next(40), next(1 << 20)), part.subarray(at)]),
  (part, at, next) => Buffer.concat([part.subarray(0, at), part.subarray(at, at + 1 + next(200)), part.subarray(at)]),
];

/**
 * Mutant number `index` of these bases.
 * @returns {{base: object, title: string, bytes: Buffer, touched: string[], expected?: string[]}}
 */
export function havocMutant(bases, seed, index) {
  const numbers = seeded(seed * 1_000_003 + index, 0x7fffffff);
  const next = (limit) => numbers.next().value % limit;
  const base = bases[next(bases.length)];
  const { all, contents } = placesOf(base);
  const somewhere = () => {
    const regions = next(8) > 0 ? contents : all;
    const region = regions[next(regions.length)];
    return region[next(region.length)];
  };
  let bytes = Buffer.from(base.part);
  const touched = new Set();
  for (let left = 2 + next(5); left > 0; left -= 1) {
    const [start, piece] = EDITS[next(EDITS.length)](base.part, somewhere(), next);
    const end = Math.min(bytes.length, start + piece.length);
    for (let at = start; at < end; at += 1) {
      if (bytes[at] !== piece[at - start]) touched.add(base.names[at]);
      bytes[at] = piece[at - start];
    }
  }
  const title = `havoc ${seed}:${index}`;
  if (next(8) > 0) return { base, title, bytes, touched: [...touched] };
  // Never at the very end, where a box hash and a sidecar may tolerate what follows.
  const at = Math.min(somewhere(), bytes.length - Math.min(300, bytes.length >> 1));
  bytes = SHIFTS[next(SHIFTS.length)](bytes, at, next);
  return { base, title, bytes, touched: [...touched], expected: ['refused', 'gone'] };
}
