// Limits of the hashes that bind a record to its asset, and of the work that a validation may take.
import { actions, assertionReference } from '../fixtures/assertions.mjs';
import { base, otherBase, signed } from '../fixtures/catalog/kit.mjs';
import { jpegParts } from '../fixtures/jpeg.mjs';
import { bmffHash, filmOf, merkleHash } from '../fixtures/mp4.mjs';
import { pngParts } from '../fixtures/png.mjs';
import { collectionHash } from '../fixtures/zip.mjs';

/** @typedef {import('./kit.mjs').Entry} Entry */

const count = (length, make) => Array.from({ length }, (_, i) => make(i));
const refused = (code) => ({ below: /** @type {const} */ ('invalid'), says: `assertion.${code}` });

/** A picture whose hash leaves out its store and so many stretches of no length behind it. */
const dataHash = (more) => () =>
  signed({
    manifest: (layout) => {
      const behind = layout.range.start + layout.range.length;
      return {
        binding: layout.dataHash({
          exclusions: [layout.range, ...count(more, (i) => ({ start: behind + i, length: 0 }))],
        }),
      };
    },
  });

const boxExclusions = () =>
  signed({
    manifest: (layout) => {
      const exclusions = count(5, (i) => ({ start: 4 + i, length: 0 }));
      const edit = (entries) => entries.map((entry) => (entry.names[0] === 'APP0' ? { ...entry, exclusions } : entry));
      return { binding: layout.boxesHash({ edit }) };
    },
  });

const boxes = (format, edit) => () =>
  signed({ format, manifest: (layout) => ({ binding: layout.boxesHash({ edit }) }) });
const film = (fields) => () =>
  signed({ format: 'mp4', manifest: (layout) => ({ binding: bmffHash(layout, { fields }) }) });
const inTree = (block) => () =>
  signed({
    format: 'mp4',
    base: filmOf(Buffer.alloc(1000, 7)),
    manifest: (layout) => ({ binding: merkleHash(layout, block) }),
  });
/** A film with Merkle maps for media that are not there. */
const maps = (length) => () =>
  signed({
    format: 'mp4',
    manifest: (layout) => {
      const map = (localId) => ({ uniqueId: 1, localId, count: 1, alg: 'sha256', hashes: [Buffer.alloc(32)] });
      return { binding: bmffHash(layout, { fields: { merkle: count(length, map) } }) };
    },
  });

/** Pictures behind each other, the bytes of each hashed by themselves. */
const parts = (length) => () =>
  signed({
    base: Buffer.concat([base.jpeg, ...count(length - 1, () => otherBase.jpeg)]),
    manifest: (layout) => {
      const first = layout.bytes.length - (length - 1) * otherBase.jpeg.length;
      const hashes = count(length, (i) => {
        const start = i === 0 ? 0 : first + (i - 1) * otherBase.jpeg.length;
        const end = i === 0 ? first : start + otherBase.jpeg.length;
        const { range } = layout;
        const pieces =
          i === 0
            ? [
                [0, range.start],
                [range.start + range.length, end],
              ]
            : [[start, end]];
        return {
          location: { byteOffset: start, length: end - start },
          assertion: {
            label: i === 0 ? 'c2pa.hash.data.part' : `c2pa.hash.data.part__${i}`,
            cbor: {
              exclusions: i === 0 ? [range] : [],
              alg: 'sha256',
              hash: layout.hashBytes(Buffer.concat(pieces.map(([from, to]) => layout.bytes.subarray(from, to)))),
            },
          },
        };
      });
      const list = hashes.map(({ location, assertion }) => ({
        location,
        hashAssertion: assertionReference(assertion),
      }));
      const multi = { label: 'c2pa.hash.multi-asset', cbor: { parts: list } };
      // The parts count where the hash of the whole does not match.
      const binding = layout.dataHash({ fields: { hash: Buffer.alloc(32) } });
      return { binding, assertions: [actions(), ...hashes.map(({ assertion }) => assertion), multi] };
    },
  });

/** A list of more files than the archive has. */
const archive = (length) => () =>
  signed({
    format: 'zip',
    manifest: (layout) => ({
      binding: collectionHash(layout, {
        editUris: (uris) => count(length, (i) => uris[i] ?? { ...uris[0], uri: `${i}` }),
      }),
    }),
  });

/** @type {Entry[]} */
export const bindings = [
  { limit: 'exclusions', title: 'a data hash', file: dataHash(6), needed: 7, ...refused('dataHash.malformed') },
  {
    limit: 'exclusions',
    title: 'an entry of a box hash',
    file: boxExclusions,
    needed: 5,
    ...refused('boxesHash.malformed'),
  },
  // The three that are mandatory.
  { limit: 'exclusions', title: 'a BMFF hash', file: film(), needed: 3, ...refused('bmffHash.malformed') },
  {
    limit: 'namedBoxes',
    title: 'a JPEG file',
    file: boxes('jpeg'),
    needed: (file) => jpegParts(file).length,
    ...refused('boxesHash.malformed'),
  },
  {
    limit: 'namedBoxes',
    title: 'a PNG file',
    file: boxes('png'),
    needed: (file) => pngParts(file).length,
    ...refused('boxesHash.malformed'),
  },
  {
    limit: 'namedBoxes',
    title: 'a PNG file with a data hash',
    file: () => signed({ format: 'png' }),
    needed: (file) => pngParts(file).length,
    below: 'trusted',
    says: /boxes than are compared/,
  },
  {
    limit: 'merkleLeaves',
    title: 'a film',
    file: inTree(64),
    needed: Math.ceil(992 / 64),
    ...refused('bmffHash.malformed'),
  },
  {
    limit: 'merkleLeaves',
    title: 'the maps of a film',
    file: maps(9),
    needed: 9,
    state: 'invalid',
    below: 'invalid',
    says: 'assertion.bmffHash.malformed',
  },
  { limit: 'assetParts', title: 'three pictures', file: parts(3), needed: 3, ...refused('multiAssetHash.malformed') },
  {
    limit: 'zipEntries',
    title: 'a list of files',
    file: archive(9),
    needed: 9,
    state: 'invalid',
    ...refused('collectionHash.malformed'),
  },
  { limit: 'workSteps', title: 'a picture', file: signed, needed: 'search', below: 'invalid', says: 'general.error' },
  { limit: 'workSteps', title: 'a film', file: inTree(64), needed: 'search', below: 'invalid', says: 'general.error' },
];
