// T-37: a record taken out of its file and handed in beside it, the place that it had left filled with something else.
// What an exclusion leaves out has to be the store, really there; otherwise the file is not what was signed.
import { carrierRange } from '../fixtures/edit.mjs';
import { box } from '../fixtures/jumbf.mjs';
import { insert, otherBase, overwrite, signed } from '../fixtures/catalog/kit.mjs';
import { jpegParts, segment, xmpSegment } from '../fixtures/jpeg.mjs';
import { bmffHash } from '../fixtures/mp4.mjs';
import { chunk, pngParts } from '../fixtures/png.mjs';
import { known } from './kit.mjs';

/** A signed file and its store. */
function made(format, more = {}) {
  let store;
  const bytes = signed({ format, ...more, editAsset: (a, _, s) => ((store = s), a) });
  return { bytes, store };
}

const text = (length) => chunk('tEXt', Buffer.concat([Buffer.from('Comment\0'), Buffer.alloc(length - 20, 0x78)]));
const idat = (length) => {
  const parts = pngParts(otherBase.png).find(({ name }) => name === 'IDAT');
  const data = otherBase.png.subarray(parts.start + 8, parts.start + parts.length - 4);
  return chunk('IDAT', Buffer.concat([data, Buffer.alloc(length)]).subarray(0, length - 12));
};
const picture = (length) => {
  const scan = otherBase.jpeg.subarray(jpegParts(otherBase.jpeg)[1].start);
  return Buffer.concat([scan, Buffer.alloc(length)]).subarray(0, length);
};

const fillers = {
  png: {
    'a comment': text,
    'another picture’s data': idat,
    zeros: (length) => Buffer.alloc(length),
    'a private chunk': (length) => chunk('abCd', Buffer.alloc(length - 12, 1)),
    'a store’s chunk without a store': (length) => chunk('caBX', Buffer.alloc(length - 12)),
  },
  jpeg: {
    'a comment': (length) => segment(0xfe, Buffer.alloc(length - 4, 0x78)),
    'another picture': picture,
    zeros: (length) => Buffer.alloc(length),
    metadata: (length) => segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), Buffer.alloc(length - 10)])),
    'a foreign APP11 segment': (length) => segment(0xeb, Buffer.alloc(length - 4, 0x4a)),
  },
};

const refused = {
  state: 'invalid',
  absentCodes: ['assertion.dataHash.match', 'assertion.bmffHash.match', 'assertion.boxesHash.match'],
  shows: [/Signed by Nobody/],
};

/**
 * Metadata may be left out of a hash, and the picture is the signed one: no failure, but it is said that there
 * is something in the file that nobody signed.
 */
const metadataAlone = {
  state: 'trusted',
  codes: ['assertion.dataHash.additionalExclusionsPresent'],
  shows: [/Some details stored in the file are not covered by the signature/, /Note /],
};
const metadata = ['a comment', 'metadata'];

const overwritten = Object.entries(fillers).flatMap(([format, kinds]) =>
  Object.entries(kinds).map(([what, filler]) => ({
    title: `${what} in the store’s place in a ${format}, the store beside it`,
    before: () => signed({ format }),
    edit: (bytes) => {
      const { start, length } = carrierRange(format, bytes);
      return { bytes: overwrite(bytes, start, filler(length)), sidecar: made(format).store };
    },
    ...(metadata.includes(what) ? metadataAlone : refused),
  })),
);

const address = 'https://credentials.example/lifted.c2pa';
const pointer = xmpSegment(
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
    `<rdf:Description xmlns:dcterms="http://purl.org/dc/terms/" dcterms:provenance="${address}"/></rdf:RDF></x:xmpmeta>`,
);
const pointing = () => made('jpeg', { base: insert(otherBase.jpeg, 20, pointer) });

const fetched = {
  title: 'a foreign segment in the store’s place, the store where the file points',
  build: () => {
    const { bytes } = pointing();
    const { start, length } = carrierRange('jpeg', bytes);
    return overwrite(bytes, start, fillers.jpeg['a foreign APP11 segment'](length));
  },
  web: { [address]: () => new Response(pointing().store) },
  ...refused,
  codes: ['assertion.dataHash.mismatch'],
};

const left = ['png', 'jpeg'].map((format) => ({
  title: `nothing in the store’s place in a ${format}, the store beside it`,
  build: () => {
    const { bytes, store } = made(format);
    const { start, length } = carrierRange(format, bytes);
    return { bytes: Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + length)]), sidecar: store };
  },
  ...refused,
}));

/** The hash of a film leaves a box out by its kind, which another box is not. */
const movie = () => made('mp4', { manifest: (layout) => ({ binding: bmffHash(layout) }) });
const films = ['free', 'mdat', 'uuid'].map((type) => ({
  title: `a box ${type} in the store’s place in a film, the store beside it`,
  build: () => {
    const { bytes, store } = movie();
    const at = bytes.readUInt32BE(0);
    const length = bytes.readUInt32BE(at);
    return { bytes: overwrite(bytes, at, box(type, Buffer.alloc(length - 8, 7))), sidecar: store };
  },
  ...refused,
  codes: ['assertion.bmffHash.mismatch'],
}));

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-37',
  attacker: 'takes the store out, fills its place with another picture, and hands the store in beside the file',
  answer:
    'Refused: what the hash leaves out is not the store. Metadata in its place leaves the picture what it was, and is said not to be covered.',
  attacks: [
    ...overwritten,
    ...left,
    ...films,
    fetched,
    known('png-second-picture-inside-exclusion', { hides: [/Signed by/] }),
    known('zip-file-unlisted', { shows: refused.shows }),
  ],
};
