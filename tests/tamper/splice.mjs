// Parts of one signed file put into another (stage M4): everything is genuine, nothing belongs together.
import { boxesIn } from '../fixtures/edit.mjs';
import { box } from '../fixtures/jumbf.mjs';
import { rootBoxSwaps } from './boxes.mjs';
import { storeOf, storeRegions } from './regions.mjs';
import { withOtherStore, withStore } from './structure.mjs';

/** Boxes of the active manifest, by path. */
const BOXES = ['', 'c2pa.assertions', 'c2pa.claim.v2', 'c2pa.signature', 'c2pa.assertions/c2pa.actions.v2'];
/** Fields of the signature; replaced only where both have the same length. */
const FIELDS = [
  'cose.protected',
  'cose.signature',
  'cose.unprotected.x5chain',
  'cose.unprotected.sigTst2',
  'cose.unprotected.rVals',
];
const REFUSED = ['refused', 'gone'];

/** The box at a path inside the active manifest, with all boxes around it. */
function find(store, path) {
  const [whole] = boxesIn(store, 0, store.length);
  const children = (parent) =>
    boxesIn(store, parent.start + parent.header, parent.end).filter(({ type }) => type === 'jumb');
  let parents = [whole];
  let target = children(whole).at(-1);
  for (const label of path === '' ? [] : path.split('/')) {
    parents = [...parents, target];
    target = children(target).find((child) => child.label === label);
    if (!target) return null;
  }
  return { ...target, parents };
}

/** The store with another box in a place; free space at its end keeps the length when it would shrink. */
function replaced(store, target, piece) {
  const spare = target.end - target.start - piece.length;
  const filler = spare >= 8 ? box('free', Buffer.alloc(spare - 8)) : Buffer.alloc(0);
  const changed = Buffer.concat([store.subarray(0, target.start), piece, store.subarray(target.end), filler]);
  const lengths = target.parents.map((parent) => [parent, parent.end - parent.start - spare]);
  for (const [parent, length] of lengths) changed.writeUInt32BE(length, parent.start);
  if (filler.length > 0) changed.writeUInt32BE(changed.length, target.parents[0].start);
  return changed;
}

function* boxSwaps(a, b) {
  const [store, other] = [storeOf(a), storeOf(b)];
  for (const path of BOXES) {
    const [here, there] = [find(store, path), find(other, path)];
    if (!here || !there) continue;
    const changed = replaced(store, here, other.subarray(there.start, there.end));
    const bytes = changed.length === store.length ? withStore(a, changed) : withOtherStore(a, changed);
    const title = `${path || 'the active manifest'} of ${b.name}`;
    if (bytes)
      yield { title, bytes, expected: a.name === 'jpeg-update' && path === '' ? [...REFUSED, 'noted'] : REFUSED };
  }
}

function extent(names, name) {
  const start = names.indexOf(name);
  return start < 0 ? null : [start, names.lastIndexOf(name) + 1];
}

function* fieldSwaps(a, b) {
  const [store, other] = [storeOf(a), storeOf(b)];
  const [here, there] = [storeRegions(store), storeRegions(other)];
  for (const name of FIELDS) {
    const [from, to] = [extent(there, name), extent(here, name)];
    if (!from || !to || from[1] - from[0] !== to[1] - to[0]) continue;
    const changed = Buffer.concat([store.subarray(0, to[0]), other.subarray(...from), store.subarray(to[1])]);
    // An answer about the same certificate is as good from there.
    const expected = name.endsWith('rVals') ? [...REFUSED, 'noted', 'same'] : undefined;
    yield { title: `${name} of ${b.name}`, bytes: withStore(a, changed), touched: [name], expected };
  }
}

/** The whole store of another file of the same kind. */
function* storeSwap(a, b) {
  const bytes = a.carrier === b.carrier ? withOtherStore(a, storeOf(b)) : null;
  if (bytes) yield { title: `the store of ${b.name}`, bytes, expected: REFUSED };
}

/** @param {ReturnType<import('./lab.mjs').Lab['base']>} base @param {ReturnType<import('./lab.mjs').Lab['base']>[]} others */
export function* splices(base, others) {
  for (const other of others) {
    if (other.name === base.name) continue;
    yield* rootBoxSwaps(base, other);
    if (base.carrier === null || other.carrier === null) continue;
    yield* storeSwap(base, other);
    yield* boxSwaps(base, other);
    yield* fieldSwaps(base, other);
  }
}
