// Single bytes changed (stages M1 and M3): every byte of the store and of what carries it, and seeded positions of
// the content. A mutant is computed from its number, so that a run can be divided and repeated.

/** @type {((byte: number) => number)[]} */
const CHANGES = [(b) => b ^ 0x01, (b) => b ^ 0x20, (b) => b ^ 0x80, (b) => b ^ 0xff, () => 0];
export const CHANGE_NAMES = ['flip 01', 'flip 20', 'flip 80', 'flip ff', 'set 00'];
const CONTENT_POSITIONS = 4000;

/** Numbers below `limit` that follow from a seed. */
export function* seeded(seed, limit) {
  let state = (seed * 2654435761 + 1) >>> 0;
  for (;;) {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 3266489917) >>> 0;
    yield ((state ^ (state >>> 13)) >>> 0) % limit;
  }
}

/** Positions of all bytes around and in the store (M1), or of the content (M3), in the tampered part. */
export function positions(names, stage) {
  const all = names.flatMap((name, at) => ((name === 'content') === (stage === 'content') ? [at] : []));
  if (stage !== 'content' || all.length <= CONTENT_POSITIONS) return all;
  const some = new Set();
  for (const i of seeded(all.length, all.length)) {
    some.add(all[i]);
    if (some.size === CONTENT_POSITIONS) break;
  }
  return [...some].sort((a, b) => a - b);
}

export const mutantCount = (places) => places.length * CHANGES.length;

/** Mutant number `index` of these positions; null when the byte would stay as it is. */
export function byteMutant(original, places, index) {
  const at = places[Math.floor(index / CHANGES.length)];
  const change = index % CHANGES.length;
  const value = CHANGES[change](original[at]);
  return value === original[at] ? null : { at, value, title: `${CHANGE_NAMES[change]} at ${at}` };
}
