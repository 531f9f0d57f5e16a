// Boxes of ISO base media files, one after the other, taken away, doubled, moved and replaced: what stages `structure`
// and `splice` do there besides what they do to every file.
import { box } from '../fixtures/jumbf.mjs';
import { c2paBox, rootBoxes } from '../fixtures/mp4.mjs';
import { noise } from './media.mjs';
import { isBmff } from './regions.mjs';

const REFUSED = ['refused', 'gone'];
/** What may come of it where a box is left out of every hash. Reports list the bytes of `ftyp`, changed or not. */
const LEFT_OUT = { ftyp: [...REFUSED, 'noted', 'same'], uuid: [...REFUSED, 'noted'] };

const free = (length) => box('free', Buffer.alloc(length - 8));

const cut = (part, start, end, ...pieces) => Buffer.concat([part.subarray(0, start), ...pieces, part.subarray(end)]);

function* ofBox(part, { start, length }, next) {
  const end = start + length;
  const bytes = part.subarray(start, end);
  yield ['becomes free space', cut(part, start, end, free(length))];
  yield ['becomes a box of unknown type', cut(part, start + 4, start + 8, Buffer.from('what'))];
  yield ['becomes a file type box', cut(part, start + 4, start + 8, Buffer.from('ftyp'))];
  yield ['is filled with noise', cut(part, start + 8, end, noise(length - 8, start))];
  yield ['is one byte longer than it was', cut(part, start, start + 4, u32(length + 1))];
  yield ['is one byte shorter than it was', cut(part, start, start + 4, u32(length - 1))];
  yield ['is taken out', cut(part, start, end)];
  yield ['is there twice', cut(part, start, start, bytes)];
  yield ['has empty free space before it', cut(part, start, start, free(16))];
  yield ['has a Merkle box before it', cut(part, start, start, c2paBox('merkle', noise(20, start)))];
  if (next) {
    const behind = next.start + next.length;
    yield ['changes places with the next box', cut(part, start, behind, part.subarray(end, behind), bytes)];
  }
}

function u32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function* atEnd() {
  yield ['free space at the end', box('free', noise(20))];
  yield ['a file type box at the end', box('ftyp', noise(20))];
  yield ['an index at the end', box('mfra', noise(20))];
  yield ['media data at the end', box('mdat', noise(20))];
  yield ['a C2PA box of unknown purpose at the end', c2paBox('nothing', noise(20))];
  yield ['an unreadable Merkle box at the end', c2paBox('merkle', noise(20))];
  yield ['a C2PA box without a store at the end', c2paBox('manifest', noise(20))];
}

/** @param {ReturnType<import('./lab.mjs').Lab['base']>} base @returns {Generator<import('./structure.mjs').Mutant>} */
export function* ofRootBoxes({ part }) {
  const roots = rootBoxes(part);
  for (const [i, root] of roots.entries()) {
    const expected = LEFT_OUT[root.type] ?? REFUSED;
    for (const [what, bytes] of ofBox(part, root, roots[i + 1])) {
      // The order of proofs means nothing.
      const isMove = root.type === 'uuid' && what.startsWith('changes places');
      yield { title: `box ${i} (${root.type}) ${what}`, bytes, expected: isMove ? [...expected, 'same'] : expected };
    }
  }
  for (const [title, added] of atEnd()) {
    yield { title, bytes: Buffer.concat([part, added]), expected: [...REFUSED, 'noted'] };
  }
}

/** Boxes of one film in another. */
export function* rootBoxSwaps(a, b) {
  if (!isBmff(a.part) || !isBmff(b.part)) return;
  const others = rootBoxes(b.part);
  for (const { type, start, length } of rootBoxes(a.part)) {
    const there = others.find((one) => one.type === type);
    if (!there) continue;
    const piece = b.part.subarray(there.start, there.start + there.length);
    yield {
      title: `${type} at ${start} of ${b.name}`,
      bytes: cut(a.part, start, start + length, piece),
      expected: LEFT_OUT[type] ?? REFUSED,
    };
  }
}
