// Files that hold as many of something as they are asked to: what an attacker would use up a validator with.
import { actions, assertionReference, ingredient } from '../fixtures/assertions.mjs';
import { simpleManifest } from '../fixtures/asset.mjs';
import { box as bmffBox } from '../fixtures/bmff.mjs';
import { base, signed } from '../fixtures/catalog/kit.mjs';
import { goodStamp } from '../fixtures/catalog/good.mjs';
import { encode, head } from '../fixtures/cbor.mjs';
import { box, superbox, uuid } from '../fixtures/jumbf.mjs';
import { segment } from '../fixtures/jpeg.mjs';
import { ocspResponse } from '../fixtures/ocsp.mjs';
import { chunk, pngParts } from '../fixtures/png.mjs';
import { issuing, ocspCertificate, signer, unlistedRoot } from '../fixtures/test-pki.mjs';
import { zip } from '../fixtures/zip.mjs';

const list = (length, make) => Array.from({ length }, (_, i) => make(i));
const repeated = (count, bytes) => Buffer.alloc(count * bytes.length, bytes);

const inPng = (spec) => signed({ format: 'png', ...spec });

export const withAssertions = (count) =>
  inPng({
    manifest: () => ({
      assertions: [
        actions(),
        ...list(count, (i) => ({ label: `org.example.note__${i + 1}`, cbor: { text: `note ${i}` } })),
      ],
    }),
  });

export const withIngredients = (count) =>
  inPng({
    manifest: () => ({
      assertions: [
        actions(),
        ...list(count, (i) =>
          ingredient({
            relationship: 'inputTo',
            title: `input ${i}`,
            assertion: { label: `c2pa.ingredient.v3__${i + 1}` },
          }),
        ),
      ],
    }),
  });

/** Ingredients with a manifest each. */
export const withHistory = (count) =>
  inPng({
    earlier: (layout) =>
      list(count, (i) => simpleManifest(layout, { signer: signer(), name: `input ${i}`, assertions: [actions()] })),
    manifest: (_, before) => ({
      assertions: [
        actions(),
        ...before.map((manifest, i) =>
          ingredient({ manifest, relationship: 'inputTo', assertion: { label: `c2pa.ingredient.v3__${i + 1}` } }),
        ),
      ],
    }),
  });

/** Ingredients that all show the same picture, `size` bytes of it. */
export const withReferencesToOne = (count, size) => {
  const picture = { label: 'c2pa.thumbnail.ingredient', file: { mediaType: 'image/jpeg', bytes: Buffer.alloc(size) } };
  const fields = { thumbnail: assertionReference(picture) };
  return inPng({
    manifest: () => ({
      assertions: [
        actions(),
        picture,
        ...list(count, (i) =>
          ingredient({ relationship: 'inputTo', fields, assertion: { label: `c2pa.ingredient.v3__${i + 1}` } }),
        ),
      ],
    }),
  });
};

/** Before the end of the PNG. */
const png = (chunks) => {
  const end = pngParts(base.png).find(({ name }) => name === 'IEND').start;
  return Buffer.concat([base.png.subarray(0, end), ...chunks, base.png.subarray(end)]);
};

export const withPixels = (mebibytes) =>
  inPng({ base: png(list(mebibytes, () => chunk('fiLr', Buffer.alloc(1 << 20)))) });

const note = (more) => inPng({ manifest: () => ({ assertions: [actions(), { label: 'org.example.note', ...more }] }) });

/** Exclusions of the data hash, a byte of a chunk each, with a byte between them. */
const withExclusions = (count) =>
  inPng({
    base: png([chunk('fiLr', Buffer.alloc(2 * count))]),
    manifest: (layout) => {
      const first = layout.bytes.indexOf('fiLr') + 4;
      const bytes = list(count, (i) => ({ start: first + 2 * i, length: 1 }));
      return { binding: layout.dataHash({ exclusions: [layout.range, ...bytes] }) };
    },
  });

const withCertificates = (count) =>
  inPng({
    manifest: () => ({ signer: { ...signer(), chain: [...signer().chain, ...list(count, () => unlistedRoot())] } }),
  });

const camera = signer('ES256', { ocspUrl: 'http://ocsp.example/' });

const withAnswers = (count) =>
  inPng({
    manifest: () => ({
      signer: camera,
      sign: {
        timeStamps: [goodStamp()],
        ocsp: list(count, () =>
          ocspResponse({
            responder: ocspCertificate(),
            responses: [
              {
                certificate: camera.chain[0],
                issuer: issuing(),
                status: 'unknown',
                thisUpdate: '2025-06-02T00:00:00Z',
                nextUpdate: '2025-06-09T00:00:00Z',
              },
            ],
          }),
        ),
      },
    }),
  });

/** A store of one manifest, nobody's. */
const store = (...parts) =>
  superbox({ type: uuid.store, label: 'c2pa' }, [superbox({ type: uuid.manifest, label: 'm' }, parts)]);

const claimOf = (bytes) => store(superbox({ type: uuid.claim, label: 'c2pa.claim.v2' }, [box('cbor', bytes)]));
const cborList = (count, item) =>
  Buffer.concat([head(5, 1), head(3, 1), Buffer.from('x'), head(4, count), repeated(count, item)]);

const jpeg = (segments) => Buffer.concat([base.jpeg.subarray(0, 2), ...segments, base.jpeg.subarray(2)]);
const riff = (chunks) => {
  const content = Buffer.concat([Buffer.from('WAVE'), ...chunks]);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(content.length);
  return Buffer.concat([Buffer.from('RIFF'), size, content]);
};
const tiff = (count) => {
  const out = Buffer.alloc(8 + 6 * count + 12);
  out.write('II*\0', 'latin1');
  for (let i = 0; i <= count; i += 1) {
    out.writeUInt32LE(i === count ? 0 : 8 + 6 * i, i === 0 ? 4 : 8 + 6 * (i - 1) + 2);
  }
  return out;
};
const svg = (inner) => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${inner}</svg>`);

/** Nothing in these is signed: of what there is most in few bytes. `count` of it. */
const dense = {
  'boxes of a store': (n) => store(repeated(n, box('free', Buffer.alloc(0)))),
  'superboxes of a store': (n) => store(repeated(n, superbox({ type: uuid.claim, label: 'a' }, []))),
  'numbers in a claim': (n) => claimOf(cborList(n, Buffer.from([1]))),
  'empty lists in a claim': (n) => claimOf(cborList(n, Buffer.from([0x80]))),
  'empty texts in a claim': (n) => claimOf(cborList(n, Buffer.from([0x60]))),
  'keys in a claim': (n) =>
    claimOf(Buffer.concat([head(5, n), ...list(n, (i) => Buffer.concat([head(0, i), head(0, 0)]))])),
  'references in a claim': (n) =>
    claimOf(
      Buffer.concat([
        head(5, 1),
        head(3, 18),
        Buffer.from('created_assertions'),
        head(4, n),
        repeated(n, Buffer.from([0xa0])),
      ]),
    ),
  'short references in a claim': (n) =>
    claimOf(
      Buffer.concat([
        head(5, 1),
        head(3, 18),
        Buffer.from('created_assertions'),
        head(4, n),
        repeated(n, encode({ url: 'x', hash: Buffer.alloc(1) })),
      ]),
    ),
  'segments of a JPEG': (n) => jpeg(list(n, () => segment(0xe5, Buffer.alloc(0)))),
  'APP11 segments of a JPEG': (n) =>
    jpeg(
      list(n, (i) =>
        segment(0xeb, Buffer.from([0x4a, 0x50, 0, 1, 0, 0, i >> 8, i & 255, 0, 0, 0, 9, 0x6a, 0x75, 0x6d, 0x62, 0])),
      ),
    ),
  'chunks of a PNG': (n) => png(list(n, () => chunk('fiLr', Buffer.alloc(0)))),
  'chunks of a RIFF file': (n) => riff([repeated(n, Buffer.from('fiLr\0\0\0\0', 'latin1'))]),
  'boxes of an MP4': (n) =>
    Buffer.concat([bmffBox('ftyp', Buffer.from('isom\0\0\0\0isom')), repeated(n, bmffBox('free'))]),
  'directories of a TIFF': tiff,
  'files of a ZIP': (n) => zip(list(n, (i) => ({ name: `f${i}`, content: Buffer.alloc(0) }))),
  'elements of an SVG': (n) => svg('<a/>'.repeat(n)),
};

const some = [50, 100, 200];
/** Limits end these curves early. */
const few = [7, 14, 28];

/** Signed: of what a validator verifies most. */
const verified = {
  assertions: [withAssertions, some],
  ingredients: [withIngredients, some],
  'ingredients with manifests': [withHistory, few],
  exclusions: [withExclusions, some],
  certificates: [withCertificates, [3, 6, 12]],
  'OCSP answers': [withAnswers, few],
  'numbers in a CBOR assertion': [(n) => note({ cbor: list(n, () => 1) }), some],
  'numbers in a JSON assertion': [(n) => note({ json: list(n, () => 1) }), some],
  'empty lists in a JSON assertion': [(n) => note({ json: list(n, () => []) }), some],
  'elements of an SVG within each other': [(n) => svg('<a>'.repeat(n) + '</a>'.repeat(n)), [250, 500, 1000]],
  'hostile characters of a text': [(n) => note({ json: { text: '\u202e'.repeat(n) } }), some],
};

/**
 * `counts` double from each to the next.
 * @type {{what: string, make: (count: number) => Buffer, counts: number[]}[]}
 */
export const CURVES = [
  ...Object.entries(dense).map(([what, make]) => ({ what, make, counts: [500, 1000, 2000] })),
  ...Object.entries(verified).map(([what, [make, counts]]) => ({ what, make, counts })),
];

/** A file with as many as fit into `size` bytes. */
export function atMost(size, make, [once, twice]) {
  const first = make(once).length;
  const each = (make(twice).length - first) / (twice - once);
  let count = Math.floor(once + (size - first) / each);
  let file = make(count);
  while (file.length > size) {
    count = Math.floor(0.98 * count);
    file = make(count);
  }
  return file;
}
