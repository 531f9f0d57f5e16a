// Whole boxes and stretches of a file taken away, doubled, moved and replaced (stage M2). Every mutant of the store
// keeps the store's length, so that the hard binding never notices for another reason than the one under test; where
// the carrier can be rewritten there are also those that change it.
import { boxesIn, replaceStore } from '../fixtures/edit.mjs';
import { box } from '../fixtures/jumbf.mjs';
import { ofRootBoxes } from './boxes.mjs';
import { noise } from './media.mjs';
import { isBmff, storeOf, storePlaces } from './regions.mjs';

/** @typedef {{title: string, bytes: Buffer, touched?: string[], expected?: string[]}} Mutant */

const REFUSED = ['refused', 'gone'];
const UNSIGNED = ['refused', 'gone', 'noted', 'same', 'rolledBack'];

/** The tampered part with another store of the same length in its place. */
export function withStore(base, store) {
  const bytes = Buffer.from(base.part);
  if (base.carrier === 'svg') {
    const places = storePlaces(base);
    bytes.write(store.toString('base64'), places[0][0], 'latin1');
    return bytes;
  }
  storePlaces(base).forEach(([at], i) => (bytes[at] = store[i]));
  return bytes;
}

/** With a store of any length, where this project's own embedding can do it; else null. */
export function withOtherStore(base, store) {
  if (base.carrier === 'bare') return store;
  return base.carrier === 'png' || base.carrier === 'jpeg' ? replaceStore(base.carrier, base.part, store) : null;
}

const free = (length) => (length === 0 ? Buffer.alloc(0) : box('free', Buffer.alloc(length - 8)));

/** The boxes that can be operated on, each with its children and the length fields above it. */
function targets(store) {
  const found = [];
  const visit = (parent, path, depth) => {
    const children = boxesIn(store, parent.start + parent.header, parent.end).slice(1); // behind the description
    children.forEach((child, i) => {
      const name = [...path, child.label ?? child.type].join('/');
      found.push({ ...child, name, depth, siblings: children, index: i, parents: [...(parent.parents ?? []), parent] });
      if (child.type === 'jumb')
        visit({ ...child, parents: [...(parent.parents ?? []), parent] }, [...path, child.label], depth + 1);
    });
  };
  const [whole] = boxesIn(store, 0, store.length);
  visit(whole, [], 0);
  return found;
}

const cut = (store, start, end, piece = Buffer.alloc(0)) =>
  Buffer.concat([store.subarray(0, start), piece, store.subarray(end)]);

/** Replaces the bytes of a box; the boxes around it get their new lengths. */
function resized(store, target, piece) {
  const changed = cut(store, target.start, target.end, piece);
  const delta = piece.length - (target.end - target.start);
  for (const parent of target.parents) changed.writeUInt32BE(parent.end - parent.start + delta, parent.start);
  return changed;
}

function* sameLength(store) {
  for (const t of targets(store)) {
    const length = t.end - t.start;
    const bytes = store.subarray(t.start, t.end);
    yield [`${t.name} becomes free space`, cut(store, t.start, t.end, free(length)), t];
    yield [`${t.name} becomes a box of unknown type`, cut(store, t.start + 4, t.start + 8, Buffer.from('what')), t];
    yield [`${t.name} is filled with noise`, cut(store, t.start + 8, t.end, noise(length - 8, t.start)), t];
    yield [`${t.name} is one byte longer than it was`, lengthened(store, t, 1), t];
    yield [`${t.name} is one byte shorter than it was`, lengthened(store, t, -1), t];
    if (t.label) yield [`${t.name} gets another label`, relabelled(store, t), { ...t, relabelled: true }];
    const next = t.siblings[t.index + 1];
    if (next) {
      const swapped = Buffer.concat([store.subarray(next.start, next.end), bytes]);
      yield [
        `${t.name} changes places with the next box`,
        cut(store, t.start, next.end, swapped),
        { ...t, moved: true },
      ];
      const doubled = Buffer.concat([bytes, bytes]).subarray(0, next.end - t.start);
      const rest = next.end - t.start - 2 * length;
      if (rest === 0 || rest >= 8) {
        yield [
          `${t.name} takes the place of the next box`,
          cut(store, t.start, next.end, Buffer.concat([doubled, free(rest)])),
          t,
        ];
      }
    }
  }
}

function lengthened(store, target, by) {
  const changed = Buffer.from(store);
  changed.writeUInt32BE(target.end - target.start + by, target.start);
  return changed;
}

function relabelled(store, target) {
  const changed = Buffer.from(store);
  const label = target.start + target.header + 8 + 16 + 1;
  changed[label + target.label.length - 1] ^= 1;
  return changed;
}

function* otherLength(store) {
  const stranger = box('what', Buffer.from('nobody signed this'));
  for (const t of targets(store)) {
    const bytes = store.subarray(t.start, t.end);
    yield [`${t.name} is taken out`, resized(store, t, Buffer.alloc(0)), t];
    yield [`${t.name} is there twice`, resized(store, t, Buffer.concat([bytes, bytes])), { ...t, added: true }];
    yield [
      `an unknown box before ${t.name}`,
      resized(store, t, Buffer.concat([stranger, bytes])),
      { ...t, added: true },
    ];
    yield [
      `free space with content before ${t.name}`,
      resized(store, t, Buffer.concat([box('free', noise(20)), bytes])),
      { ...t, added: true },
    ];
    yield [
      `empty free space before ${t.name}`,
      resized(store, t, Buffer.concat([free(20), bytes])),
      { ...t, added: true },
    ];
  }
}

/** @param {ReturnType<import('./lab.mjs').Lab['base']>} base @returns {Generator<Mutant>} */
function* ofStore(base) {
  const store = storeOf(base);
  for (const [title, changed, target] of sameLength(store)) {
    yield { title, bytes: withStore(base, changed), expected: expectedOf(base, target) };
  }
  for (const [title, changed, target] of otherLength(store)) {
    const bytes = withOtherStore(base, changed);
    if (bytes) yield { title, bytes, expected: expectedOf(base, target) };
  }
}

/**
 * What may come of an operation on a box: only the order of boxes and boxes without a meaning are outside signature
 * and hashes, and an update manifest can always be taken away.
 */
function expectedOf(base, target) {
  const isManifest = target.depth === 0;
  const isActive = isManifest && target.index === target.siblings.length - 1;
  if (isActive && base.name === 'jpeg-update') return [...UNSIGNED, 'changed'];
  if (isManifest && target.relabelled) return UNSIGNED;
  return (target.moved || target.added) && target.depth <= 2 ? UNSIGNED : REFUSED;
}

const AT = [0.02, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 0.98];

/** Stretches of the file, wherever they happen to lie. */
function* ofFile(base) {
  const { part } = base;
  const size = part.length;
  // Of proofs that nothing needs, less may be left.
  const without = (at) => (base.names.slice(at).every((name) => name.startsWith('merkle.')) ? ['noted'] : []);
  for (const share of AT) {
    const at = Math.floor(size * share);
    const piece = part.subarray(at, Math.min(size, at + 64));
    yield { title: `cut off at ${at}`, bytes: part.subarray(0, at), expected: [...REFUSED, ...without(at)] };
    yield { title: `without 64 bytes at ${at}`, bytes: cut(part, at, at + piece.length) };
    yield { title: `64 bytes at ${at} twice`, bytes: cut(part, at, at, piece) };
    yield { title: `a byte inserted at ${at}`, bytes: cut(part, at, at, Buffer.from([0])) };
    const touched = base.names.slice(at, at + piece.length);
    yield {
      title: `noise over 64 bytes at ${at}`,
      bytes: cut(part, at, at + piece.length, noise(piece.length, at)),
      touched,
    };
  }
  yield {
    title: 'the last byte gone',
    bytes: part.subarray(0, size - 1),
    expected: [...REFUSED, ...without(size - 1)],
  };
  // A box hash leaves out what follows the last box and says so; a sidecar may be padded.
  const isStore = base.carrier === 'bare';
  const behind = isStore || base.name === 'jpeg-boxes' ? [...REFUSED, 'noted'] : REFUSED;
  yield {
    title: 'a byte appended',
    bytes: Buffer.concat([part, Buffer.from([0])]),
    expected: [...behind, ...(isStore ? ['same'] : [])],
  };
  yield { title: 'noise appended', bytes: Buffer.concat([part, noise(100)]), expected: behind };
  yield { title: 'the file twice', bytes: Buffer.concat([part, part]), expected: behind };
  yield { title: 'noise before the file', bytes: Buffer.concat([noise(16), part]) };
}

/** Other files in the place of this one. */
function* ofFiles({ given, part, files, at, carrier }) {
  for (const [i, other] of files.entries()) {
    if (i === at) continue;
    // A store beside itself: it holds, and that no content was compared is said.
    yield {
      title: `file ${i} instead`,
      bytes: other,
      expected: [...REFUSED, ...(given === 'sidecar' ? ['weaker'] : [])],
    };
    // what follows a store is listed.
    const behind = carrier === 'bare' ? ['noted'] : [];
    yield { title: `file ${i} behind it`, bytes: Buffer.concat([part, other]), expected: [...REFUSED, ...behind] };
  }
  yield { title: 'nothing instead', bytes: Buffer.alloc(0) };
}

/** @returns {Generator<Mutant>} every structural mutant of a base */
export function* structural(base) {
  if (base.carrier !== null) yield* ofStore(base);
  if (isBmff(base.part)) yield* ofRootBoxes(base);
  for (const mutant of [...ofFile(base), ...ofFiles(base)])
    yield mutant.touched ? mutant : { expected: REFUSED, ...mutant };
}
