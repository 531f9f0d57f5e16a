// T-34: boxes of a BMFF file put where its hash might not reach, and exclusions that reach too far. The hash covers where
// the root boxes stand, too, so that nothing can be moved; what the signer left out is listed.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { flip, insert, signed } from '../fixtures/catalog/kit.mjs';
import { box } from '../fixtures/jumbf.mjs';
import { bmffHash, rootBoxes } from '../fixtures/mp4.mjs';
import { asInput, assetsNamed } from './assets.mjs';
import { known } from './kit.mjs';

const film = () => signed({ format: 'mp4', manifest: (layout) => ({ binding: bmffHash(layout) }) });

const types = ['free', 'skip', 'mdat', 'moov', 'moof', 'styp', 'sidx', 'emsg', 'meta', 'wide', 'junk', 'mfra'];
const inserted = {
  ...Object.fromEntries(types.map((type) => [`a box ${type}`, box(type, Buffer.from('hidden content'))])),
  'a UUID box of another kind': box('uuid', Buffer.alloc(40, 7)),
  'a second file type box': box('ftyp', Buffer.from('heic\0\0\0\0heic', 'latin1')),
};

const start = (bytes, wanted) => rootBoxes(bytes).find(({ type }) => type === wanted).start;
const places = {
  'in front of everything': () => 0,
  'behind the file type box': (bytes) => bytes.readUInt32BE(0),
  'in front of the media': (bytes) => start(bytes, 'mdat'),
  'at the end': (bytes) => bytes.length,
};

const refused = {
  state: 'invalid',
  codes: ['assertion.bmffHash.mismatch'],
  absentCodes: ['assertion.bmffHash.match'],
  shows: [/These credentials do not match this file/],
};

/** What the rules leave out of every hash moves nothing at the end, and is listed. */
const leftOut = (type) => ({
  state: 'trusted',
  check: ({ uncovered }) =>
    assert.ok(
      uncovered.some(({ kind }) => kind === `box:${type}`),
      JSON.stringify(uncovered),
    ),
});

/** A file that does not begin like one of its kind is taken for none, and holds no record. */
const noFilm = { state: 'none', hides: [/Signed by/] };
const foreign = ['a box meta', 'a box junk', 'a box mfra'];

const expected = (what, where) => {
  if (where === 'in front of everything' && foreign.includes(what)) return noFilm;
  if (where !== 'at the end') return refused;
  if (what === 'a box mfra') return leftOut('mfra');
  return what === 'a second file type box' ? leftOut('ftyp') : refused;
};

const insertions = Object.entries(inserted).flatMap(([what, bytes]) =>
  Object.entries(places).map(([where, at]) => ({
    title: `${what} ${where}`,
    before: film,
    edit: (asset) => insert(asset, at(asset), bytes),
    ...expected(what, where),
  })),
);

const others = assetsNamed('mp4', 'avif', 'heic').flatMap((asset) =>
  ['free', 'mdat', 'moov'].map((type) => ({
    title: `a box ${type} at the end of ${asset.name} of another writer`,
    before: () => asInput(asset),
    edit: (bytes) => Buffer.concat([bytes, box(type, Buffer.from('hidden content'))]),
    // This writer leaves out free space, as the rules allow; what stands in it is listed.
    ...(type === 'free' ? leftOut('free') : refused),
  })),
);

/** The signer leaves boxes out, and somebody else changes what is in them. */
const excluded = ['moov', 'mdat', 'free'].map((type) => ({
  title: `a signer leaves out ${type}, which is changed`,
  build: () =>
    signed({
      format: 'mp4',
      manifest: (layout) => ({ binding: bmffHash(layout, { without: [type] }) }),
      editAsset: (bytes) => flip(bytes, start(bytes, type) + 8),
    }),
  state: 'trusted',
  // Free space needs no note of its own; it is listed all the same.
  codes: type === 'free' ? [] : ['assertion.bmffHash.additionalExclusionsPresent'],
  shows: [new RegExp(`A box \\(${type}\\) that the signer left out`)],
  check: ({ uncovered }) => assert.ok(uncovered.some(({ kind }) => kind === `box:${type}`)),
}));

const uuidId = Buffer.from('d8fec3d61b0e483c92975828877ec481', 'hex');
const must = [{ xpath: '/uuid', data: [{ offset: 8, value: uuidId }] }, { xpath: '/ftyp' }, { xpath: '/mfra' }];

const exclusions = {
  'no exclusions at all': undefined,
  'a path that is none': [...must, { xpath: 'moov' }],
  'a path with a wildcard': [...must, { xpath: '/*' }],
  'a path with a descendant step': [...must, { xpath: '//mvhd' }],
  'a path with two predicates': [...must, { xpath: '/moov[1][2]' }],
  'a path that is a number': [...must, { xpath: 5 }],
  'an empty path': [...must, { xpath: '' }],
  'a subset that is no list': [...must, { xpath: '/mdat', subset: 5 }],
  'a subset with negative numbers': [...must, { xpath: '/mdat', subset: [{ offset: -1, length: 4 }] }],
  'subsets that overlap': [
    ...must,
    {
      xpath: '/mdat',
      subset: [
        { offset: 8, length: 8 },
        { offset: 10, length: 8 },
      ],
    },
  ],
  'data that is no list': [...must, { xpath: '/free', data: 7 }],
  'flags of the wrong size': [...must, { xpath: '/moov/mvhd', flags: Buffer.alloc(2) }],
};

const malformed = Object.entries(exclusions).map(([what, list]) => ({
  title: `exclusions: ${what}`,
  build: () =>
    signed({ format: 'mp4', manifest: (layout) => ({ binding: bmffHash(layout, { fields: { exclusions: list } }) }) }),
  state: 'invalid',
  anyCodes: ['assertion.bmffHash.malformed', 'assertion.bmffHash.mismatch'],
  absentCodes: ['assertion.bmffHash.match'],
}));

const ofVersion1 = {
  title: 'a hash of version 1, which counts for nothing',
  build: () =>
    signed({
      format: 'mp4',
      manifest: (layout) => {
        const hash = createHash('sha256').update(layout.bytes).digest();
        const { cbor } = bmffHash(layout);
        return { binding: { label: 'c2pa.hash.bmff', cbor: { ...cbor, hash } } };
      },
    }),
  state: 'invalid',
  codes: ['claim.hardBindings.missing'],
};

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-34',
  attacker:
    'inserts boxes where the exclusions of a BMFF hash might reach, or has exclusions signed that reach too far',
  answer: 'Refused: no root box can be added or moved. What the rules or the signer left out is listed, box by box.',
  attacks: [
    ...insertions,
    ...others,
    ...excluded,
    ...malformed,
    ofVersion1,
    known('mp4-box-inserted', { shows: refused.shows }),
    known('mp4-tree-changed', { shows: refused.shows }),
  ],
};
