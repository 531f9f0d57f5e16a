// T-16: data that no generator wrote: cut, filled with garbage, with sizes and counts that cannot be. A report comes back
// each time, with a reason, and it vouches for nothing. Ceilings of memory and work: docs/reliability.md.
import assert from 'node:assert/strict';
import { base, flip, signed } from '../fixtures/catalog/kit.mjs';
import { box } from '../fixtures/jumbf.mjs';
import { known } from './kit.mjs';

const formats = ['jpeg', 'png', 'mp4', 'wav', 'html', 'text', 'structured'];
const types = { text: 'text/plain', html: 'text/html', structured: 'text/x-python' };
const asset = (format, bytes) => (types[format] ? { bytes, type: types[format] } : bytes);

/** The signed file of a format and where its store is. */
function made(format) {
  let place;
  const bytes = signed({ format, editAsset: (a, range) => ((place = range), a) });
  return { bytes, ...place };
}

/** An archive has its directory at the end: without it nobody knows what was inside, and that is said. */
const cutArchive = {
  title: 'an archive that ends in its store',
  build: () => {
    const { bytes, start, length } = made('zip');
    return bytes.subarray(0, start + Math.floor(length / 2));
  },
  state: 'none',
  shows: [/The archive has no end record/],
};

const cutInStore = formats.flatMap((format) =>
  [1, 2, 3].map((quarter) => ({
    title: `a ${format} file that ends ${quarter} quarters into its store`,
    build: () => {
      const { bytes, start, length } = made(format);
      return asset(format, bytes.subarray(0, start + Math.floor((length * quarter) / 4)));
    },
    state: 'invalid',
    shows: [/Invalid Content Credentials/, /Signed by Nobody/],
    check: ({ facets }) => assert.notEqual(facets.presence, 'none'),
  })),
);

/** A stretch of the store, filled. */
const filled = (byte) =>
  formats.slice(0, 4).map((format) => ({
    title: `a ${format} file with a thousand bytes of ${byte} in its store`,
    before: () => signed({ format }),
    edit: (bytes) => {
      const { start, length } = made(format);
      const copy = Buffer.from(bytes);
      return copy.fill(byte, start + Math.floor(length / 3), start + Math.floor(length / 3) + 1000);
    },
    state: 'invalid',
  }));

const huge = (type) => box(type, Buffer.alloc(64), { length: 0xfffffff0 });

/** Files that hold nothing but lies; none claims to hold a record. */
const garbage = {
  'nothing at all': Buffer.alloc(0),
  'one byte': Buffer.from([0xff]),
  'a JPEG of its first marker': Buffer.from([0xff, 0xd8]),
  'a JPEG of markers only': Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(4096, 0xff)]),
  'a PNG of its signature': base.png.subarray(0, 8),
  'a PNG with a chunk of 4 GB': Buffer.concat([
    base.png.subarray(0, 8),
    Buffer.from('fffffff0', 'hex'),
    Buffer.from('IHDR'),
  ]),
  'boxes of 4 GB': Buffer.concat([box('ftyp', Buffer.from('isom\0\0\0\0isom')), huge('moov')]),
  'ten thousand empty boxes': Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\0\0isom')),
    ...Array.from({ length: 10_000 }, () => box('free', Buffer.alloc(0))),
  ]),
  'boxes five hundred deep': nested(500),
  'a RIFF of 4 GB': Buffer.concat([Buffer.from('RIFF\xff\xff\xff\xffWAVE', 'latin1'), Buffer.alloc(64)]),
  'an archive’s end without entries': Buffer.concat([Buffer.from('504b0506', 'hex'), Buffer.alloc(18, 0xff)]),
  'a TIFF that points to itself': Buffer.from('49492a000800000001000000000000000000000008000000', 'hex'),
  'a GIF of its header': Buffer.from('GIF89a'),
  'a PDF that refers to nothing': Buffer.from('%PDF-1.7\nstartxref\n99999999999\n%%EOF'),
  'a megabyte of zeros': Buffer.alloc(1 << 20),
  'a megabyte of noise': Buffer.from(Array.from({ length: 1 << 20 }, (_, i) => (i * 2654435761) >>> 24)),
};

/** Boxes in boxes. */
function nested(depth) {
  let inner = Buffer.alloc(0);
  for (let i = 0; i < depth; i += 1) inner = box('moov', inner);
  return Buffer.concat([box('ftyp', Buffer.from('isom\0\0\0\0isom')), inner]);
}

const nothing = Object.entries(garbage).map(([title, bytes]) => ({
  title,
  build: () => bytes,
  state: 'none',
  hides: [/Signed by/, /invalid/i],
}));

/** The head of the store, where all sizes begin; every byte of it and every operator: tests/tamper. */
const heads = Array.from({ length: 60 }, (_, i) => ({
  title: `byte ${i} of the store inverted`,
  before: () => signed({ format: 'png' }),
  edit: (bytes) => flip(bytes, made('png').start + 8 + i, 0xff),
  state: 'invalid',
}));

const sizes = [
  ...['length-1-to-7', 'too-long', 'length-max', 'too-short'].map((name) => `jumbf-manifest-${name}`),
  ...['description-too-long', 'extended-length-lies', 'no-description', 'label-without-end', 'store-empty'].map(
    (name) => `jumbf-${name}`,
  ),
];

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-16',
  attacker: 'feeds data that breaks parsers: cut, filled, with impossible sizes, depths and counts',
  answer: 'A report each time: a broken record is refused with a reason, a broken file without one has none.',
  attacks: [
    ...cutInStore,
    cutArchive,
    ...filled(0),
    ...filled(0xff),
    ...nothing,
    ...heads,
    ...sizes.map((name) => known(name, { state: 'invalid' })),
  ],
};
