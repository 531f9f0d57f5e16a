// T-49: every header of every box may lie. Whatever it says, no box is read outside the one around it, and what is left
// of the record is never vouched for.
import assert from 'node:assert/strict';
import { actions } from '../fixtures/assertions.mjs';
import { flip, signed } from '../fixtures/catalog/kit.mjs';
import { boxesIn, extractStore, findBox, replaceStore } from '../fixtures/edit.mjs';
import * as jumbf from '../fixtures/jumbf.mjs';
import { manifestLabel } from '../fixtures/manifest.mjs';
import { allKnown } from './kit.mjs';
import { boxChanged, redescribed } from './without-key.mjs';

const png = () => signed({ format: 'png' });
const inStore = (change) => (bytes) => replaceStore('png', bytes, change(extractStore('png', bytes)));

/** Where the boxes are whose headers are broken. */
const targets = {
  store: (store) => findBox(store, [])[0],
  manifest: (store) => findBox(store, [''])[1],
  'assertion store': (store) => findBox(store, ['', 'c2pa.assertions'])[2],
  assertion: (store) => findBox(store, ['', 'c2pa.assertions', 'c2pa.actions.v2'])[3],
  claim: (store) => findBox(store, ['', 'c2pa.claim.v2'])[2],
  signature: (store) => findBox(store, ['', 'c2pa.signature'])[2],
  'description of the manifest': (store) => inside(store, findBox(store, [''])[1])[0],
  'content of the claim': (store) => inside(store, findBox(store, ['', 'c2pa.claim.v2'])[2])[1],
  'content of an assertion': (store) => inside(store, findBox(store, ['', 'c2pa.assertions', 'c2pa.actions.v2'])[3])[1],
};

const inside = (store, box) => boxesIn(store, box.start + box.header, box.end);

/** What the length field says instead, and how the 64-bit length behind a 1 goes on. */
const lengths = {
  0: () => 0,
  1: () => 1,
  2: () => 2,
  7: () => 7,
  8: () => 8,
  'one byte too many': (n) => n + 1,
  'one byte too few': (n) => n - 1,
  'more than its parent': (n) => n + 100000,
  'two gigabytes': () => 0x80000000,
  'four gigabytes': () => 0xffffffff,
};

// A length of 0 means "to the end of the parent", which is right for a last box.
const lastBoxes = ['store 0', 'manifest 0', 'signature 0', 'content of the claim 0'];

const broken = { state: 'invalid', shows: [/Invalid Content Credentials/] };

const sizes = Object.entries(targets).flatMap(([what, find]) =>
  Object.entries(lengths).map(([name, length]) => ({
    title: `the length of the ${what} is ${name}`,
    before: png,
    edit: inStore((store) => {
      const { start, end } = find(store);
      store.writeUInt32BE(length(end - start), start);
      return store;
    }),
    ...(lastBoxes.includes(`${what} ${name}`) ? { state: 'trusted' } : broken),
  })),
);

/** Each byte of the header and of the description's type, with one bit changed. */
const headerBytes = Object.entries(targets).flatMap(([what, find]) =>
  Array.from({ length: 8 }, (_, at) => ({
    title: `byte ${at} of the header of the ${what} is changed`,
    before: png,
    edit: inStore((store) => flip(store, find(store).start + at, 0x02)),
    ...broken,
  })),
);

/** Not what a writer does; it changes nothing, and a note names the place. */
const unusual = {
  state: 'trusted',
  check: (report) => assert.ok(report.uncovered.some(({ kind }) => kind === 'description')),
};

const longLabel = { label: `org.example.${'n'.repeat(1 << 20)}`, cbor: {} };

const withLabel = (type, label) => redescribed(jumbf.description({ type, label }));
const label = manifestLabel('active');

/** Labels of the boxes that nothing hashes. */
const frames = {
  manifest: [[''], jumbf.uuid.manifest, label],
  'assertion store': [['', 'c2pa.assertions'], jumbf.uuid.assertions, 'c2pa.assertions'],
  claim: [['', 'c2pa.claim.v2'], jumbf.uuid.claim, 'c2pa.claim.v2'],
  'signature box': [['', 'c2pa.signature'], jumbf.uuid.signature, 'c2pa.signature'],
};

const badLabels = {
  'has no end': (text) => Buffer.from(text),
  'is empty': () => '',
  'has a slash': (text) => `${text}/x`,
  'has a hash sign': (text) => `${text}#x`,
  'has a line break': (text) => `${text}\nx`,
  'is no UTF-8': (text) => Buffer.concat([Buffer.from(text), Buffer.from([0xc3, 0x28, 0])]),
};

const labels = Object.entries(frames).flatMap(([what, [path, type, text]]) => [
  ...Object.entries(badLabels).map(([how, change]) => ({
    title: `the label of the ${what} ${how}`,
    before: png,
    edit: boxChanged(path, withLabel(type, change(text)), 'png'),
    ...broken,
  })),
  ...Array.from({ length: 8 }, (_, bit) => ({
    title: `bit ${bit} of the toggles of the ${what} is changed`,
    before: png,
    edit: inStore((store) => flip(store, findBox(store, path).pop().start + 32, 1 << bit)),
    // Bit 1 says that there is a label, bits 2 to 4 that there are further fields.
    ...(bit >= 1 && bit <= 4 ? broken : unusual),
  })),
]);

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-49',
  attacker: 'breaks lengths, types, labels or nesting of the boxes',
  answer: 'Invalid within bounds: no box reaches outside its parent, and a broken record is not an absent one.',
  attacks: [
    ...sizes,
    ...headerBytes,
    ...labels,
    {
      title: 'an assertion with a label of a megabyte',
      build: () => signed({ format: 'png', manifest: { assertions: [actions(), longLabel] } }),
      state: 'invalid',
      shows: [/label/],
    },
    ...allKnown(['store-cut-short-jpeg', 'store-cut-short-png']),
  ],
};
