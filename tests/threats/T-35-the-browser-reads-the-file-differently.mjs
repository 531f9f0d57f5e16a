// T-35: files that two readers read as two pictures. The hash covers all bytes but the store's, so that only those could
// hold another picture: they have to be the store and nothing else. What browsers decode: tests/browser/tamper.test.mjs.
import { carrierRange } from '../fixtures/edit.mjs';
import { insert, otherBase, overwrite, signed } from '../fixtures/catalog/kit.mjs';
import { jpegParts, segment } from '../fixtures/jpeg.mjs';
import { chunk, pngParts } from '../fixtures/png.mjs';
import { asInput, assetsNamed } from './assets.mjs';
import { known } from './kit.mjs';

const refused = {
  state: 'invalid',
  absentCodes: ['assertion.dataHash.match', 'assertion.boxesHash.match'],
  shows: [/Signed by Nobody/],
};

const otherPng = otherBase.png.subarray(8);
const partOf = (bytes, name) => {
  const { start, length } = pngParts(bytes).find((part) => part.name === name);
  return bytes.subarray(start, start + length);
};
const at = (name) => (bytes) => pngParts(bytes).find((part) => part.name === name).start;

const control = chunk('acTL', Buffer.from('0000000200000000', 'hex'));
const frame = chunk(
  'fcTL',
  Buffer.concat([Buffer.from('0000000000000040000000280000000000000000', 'hex'), Buffer.alloc(6)]),
);

const png = {
  'another header in front of the data': [at('IDAT'), partOf(otherBase.png, 'IHDR')],
  'another picture’s data in front': [at('IDAT'), partOf(otherBase.png, 'IDAT')],
  'another picture’s data behind': [at('IEND'), partOf(otherBase.png, 'IDAT')],
  'a whole other picture inside': [at('IEND'), otherPng],
  'frames of an animation': [at('IDAT'), Buffer.concat([control, frame])],
  'another picture as a frame': [
    at('IEND'),
    chunk('fdAT', Buffer.concat([Buffer.alloc(4), partOf(otherBase.png, 'IDAT').subarray(8, -4)])),
  ],
  'an end in front of the data': [at('IDAT'), chunk('IEND', Buffer.alloc(0))],
  'a palette': [at('IDAT'), chunk('PLTE', Buffer.alloc(768))],
};

const jpegAt = (name) => (bytes) => jpegParts(bytes).find((part) => part.name === name).start;
const jpeg = {
  'another picture in front of the scan': [jpegAt('SOS'), otherBase.jpeg],
  'another picture behind the scan': [(bytes) => bytes.length - 2, otherBase.jpeg],
  'another picture behind the end': [(bytes) => bytes.length, otherBase.jpeg],
  'another picture as a thumbnail': [
    jpegAt('SOS'),
    segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), otherBase.jpeg])),
  ],
  'a second start': [() => 2, Buffer.from([0xff, 0xd8])],
  'other tables in front of the scan': [
    jpegAt('SOS'),
    segment(0xdb, Buffer.concat([Buffer.alloc(1), Buffer.alloc(64, 99)])),
  ],
  'a restart interval': [jpegAt('SOS'), segment(0xdd, Buffer.from([0, 1]))],
  'an index of several pictures': [jpegAt('SOS'), segment(0xe2, Buffer.from('MPF\0MM\0*\0\0\0\x08'))],
  'a page in a comment': [() => 2, segment(0xfe, Buffer.from('--><script>alert(1)</script><!--'))],
};

const insertions = (format, edits) =>
  Object.entries(edits).map(([what, [where, bytes]]) => ({
    title: `${what}, in a ${format}`,
    before: () => signed({ format }),
    edit: (asset) => insert(asset, where(asset), bytes),
    ...refused,
  }));

/** The excluded range is the store's part; what else lies in it is no store. */
const withinExclusion = [
  {
    title: 'a picture’s data in the place of the store, in a PNG',
    before: () => signed({ format: 'png' }),
    edit: (asset) => {
      const { start, length } = carrierRange('png', asset);
      return overwrite(asset, start, chunk('IDAT', Buffer.alloc(length - 12, 7)));
    },
    // Without a store there is no record, and nothing is vouched for.
    state: 'none',
  },
  ...[
    ['png', (store) => [chunk('caBX', store.subarray(8, -4)), partOf(otherBase.png, 'IDAT')]],
    ['jpeg', (store) => [store, otherBase.jpeg.subarray(2, -2)]],
  ].map(([format, pieces]) => ({
    title: `another picture’s parts behind the store, both left out by the signer, in a ${format}`,
    build: () => signed({ format, embed: { editSegments: (run) => [...run.slice(0, -1), ...pieces(run.at(-1))] } }),
    ...refused,
  })),
];

/** Other kinds of picture: chunks and extensions that change what is shown. */
const chunks = {
  webp: (bytes) => {
    const grown = Buffer.concat([bytes, Buffer.from('ANMF\x10\0\0\0', 'latin1'), Buffer.alloc(16)]);
    grown.writeUInt32LE(grown.length - 8, 4);
    return grown;
  },
  gif: (bytes) => insert(bytes, bytes.length - 1, Buffer.from('2c000000000100010000024401003b', 'hex')),
  tiff: (bytes) => Buffer.concat([bytes, Buffer.alloc(64)]),
  avif: (bytes) => Buffer.concat([bytes, Buffer.from('00000010', 'hex'), Buffer.from('meta'), Buffer.alloc(8)]),
  svg: (bytes) => Buffer.from(bytes.toString('utf8').replace(/<\/svg>\s*$/, '<script>alert(1)</script></svg>')),
  mp3: (bytes) => Buffer.concat([bytes, Buffer.from('TAG'), Buffer.alloc(125)]),
};
const kinds = Object.entries(chunks).flatMap(([name, edit]) =>
  assetsNamed(name).map((asset) => ({
    title: `a part more that changes what is shown, in ${name}`,
    before: () => asInput(asset),
    edit,
    ...refused,
  })),
);

/** What is behind the end of the first picture is no part of it, whatever record it has. */
const inFront = ['jpeg', 'png'].map((format) => ({
  title: `another picture in front of a ${format}`,
  before: () => signed({ format }),
  edit: (bytes) => Buffer.concat([otherBase[format], bytes]),
  state: 'none',
  hides: [/Signed by/],
}));

const prefixes = { 'a PDF': '%PDF-1.7\n', 'a page': '<!doctype html>', 'an archive': 'PK\x03\x04' };
const polyglots = Object.entries(prefixes).flatMap(([what, prefix]) =>
  ['jpeg', 'png'].map((format) => ({
    title: `${what} in front of a ${format}`,
    before: () => signed({ format }),
    edit: (bytes) => Buffer.concat([Buffer.from(prefix, 'latin1'), bytes]),
    // By its first bytes it is something else, which holds no record.
    state: 'none',
    hides: [/Signed by/],
  })),
);

const cases = [
  'cut-before-end-png',
  'cut-before-end-jpeg',
  'two-pictures-second-unlisted',
  'two-pictures-second-changed',
];

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-35',
  attacker: 'makes a file that the validator and the viewer read as two different pictures',
  answer: 'Refused: all bytes count but those of the store, and those have to be the store and nothing else.',
  attacks: [
    ...insertions('png', png),
    ...insertions('jpeg', jpeg),
    ...withinExclusion,
    ...kinds,
    ...inFront,
    ...polyglots,
    ...cases.map((name) => known(name)),
    known('png-chunk-longer-than-store', { shows: refused.shows }),
    known('jpeg-segment-longer-than-store', { state: 'invalid' }),
  ],
};
