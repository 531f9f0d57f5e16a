// T-30: bytes behind the end of the format's own structure, which a viewer never shows and somebody else may run.
import assert from 'node:assert/strict';
import { zip } from '../fixtures/zip.mjs';
import { asInput, assets } from './assets.mjs';
import { known } from './kit.mjs';

const tails = {
  'eight bytes': Buffer.from('trailing'),
  'a kilobyte': Buffer.alloc(1024, 0x41),
  'a kilobyte of zeros': Buffer.alloc(1024),
  'one byte': Buffer.from([0x0a]),
  'an archive': zip([{ name: 'payload.txt', content: Buffer.from('payload') }]),
  'a page': Buffer.from('<!doctype html><script>alert(1)</script>'),
};

const texts = ['svg', 'html', 'text', 'structured'];
const noText = ['a kilobyte of zeros', 'an archive'];

const refused = {
  state: 'invalid',
  anyCodes: [
    'assertion.dataHash.mismatch',
    'assertion.boxesHash.mismatch',
    'assertion.boxesHash.unknownBox',
    'assertion.bmffHash.mismatch',
    'assertion.collectionHash.mismatch',
    'assertion.collectionHash.incorrectFileCount',
    'general.error',
  ],
  shows: [/Signed by Nobody/],
};

/** A box hash that does not list what is behind the end covers nothing there: that is said (P-7). */
const uncovered = {
  state: 'trusted',
  codes: ['assertion.boxesHash.additionalExclusionsPresent'],
  shows: [/Some details stored in the file are not covered by the signature/, /Note /],
  check: ({ uncovered: parts }) =>
    assert.ok(
      parts.some(({ kind }) => kind === 'trailing'),
      JSON.stringify(parts),
    ),
};

/** Bytes that no text has in it make it something else, which holds nothing. */
const noLongerText = { state: 'none', hides: [/Signed by/] };

/** An archive behind an archive is the one that readers open, and it holds no record; that parts overlap is said. */
const otherArchive = { state: 'none', shows: [/The central directory is not where the end record says/] };

const expected = (name, what) => {
  if (name === 'zip' && what === 'an archive') return otherArchive;
  if (name === 'jpeg-boxes') return uncovered;
  return texts.includes(name) && noText.includes(what) ? noLongerText : refused;
};

const attacks = assets.flatMap((asset) =>
  Object.entries(tails).map(([what, tail]) => ({
    title: `${what} behind the end of ${asset.name}`,
    before: () => asInput(asset),
    edit: (bytes) => asInput(asset, Buffer.concat([bytes, tail])),
    ...expected(asset.name, what),
  })),
);

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-30',
  attacker: 'appends bytes behind the end of the picture, film, sound or text',
  answer: 'Refused: the binding covers all bytes of the file, to its very end.',
  attacks: [
    ...attacks,
    ...['appended-jpeg', 'appended-png', 'appended-8-jpeg', 'appended-8-png'].map((name) =>
      known(name, { title: name }),
    ),
  ],
};
