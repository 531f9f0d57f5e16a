// Limits of the manifest store and of the encodings in it.
import { actions, ingredient, manifestUri } from '../fixtures/assertions.mjs';
import { simpleManifest } from '../fixtures/asset.mjs';
import { openedFrom, original } from '../fixtures/catalog/ingredients.mjs';
import { base, signed } from '../fixtures/catalog/kit.mjs';
import { xmpSegment } from '../fixtures/jpeg.mjs';
import { insert } from '../fixtures/catalog/kit.mjs';
import * as jumbf from '../fixtures/jumbf.mjs';
import { manifestLabel } from '../fixtures/manifest.mjs';
import { signer } from '../fixtures/test-pki.mjs';
import { boxesOf, storeIn } from './kit.mjs';

/** @typedef {import('./kit.mjs').Entry} Entry */

const count = (length, make) => Array.from({ length }, (_, i) => make(i));
const note = (i) => ({ label: `org.assay.note__${i}`, cbor: { i } });

/** @param {import('../fixtures/manifest.mjs').AssertionSpec[]} assertions */
const withAssertions =
  (...assertions) =>
  () =>
    signed({ manifest: { assertions: [actions(), ...assertions] } });

const free = (length) => () =>
  signed({ manifest: { extraBoxes: count(length, () => jumbf.box('free', Buffer.alloc(0))) } });

/** Superboxes in each other in a manifest, which is the second level. */
function nestedIn(levels) {
  let inner = [];
  for (let i = 0; i < levels; i += 1) inner = [jumbf.superbox({ type: jumbf.uuid.cbor, label: 'n' }, inner)];
  return () => signed({ manifest: { extraBoxes: inner } });
}

/** A picture and the ones that it was made from, each from the one before. */
const lineage = (length) => () =>
  signed({
    earlier: (layout) => {
      const made = [original(layout, { name: 'first' })];
      for (let i = 1; i < length; i += 1) made.push(madeFrom(layout, `edit ${i}`, made[i - 1]));
      return made;
    },
    manifest: (_, made) => assertionsFrom(made.at(-1)),
  });

function assertionsFrom(manifest) {
  const parent = ingredient({ manifest });
  return { assertions: [openedFrom(parent), parent] };
}

const madeFrom = (layout, name, manifest) =>
  simpleManifest(layout, { name, signer: signer(), ...assertionsFrom(manifest) });

/** Each of three parents lost some of its assertions: more in all than any claim refers to. */
const redacted = (each) => () =>
  signed({
    earlier: (layout) => count(3, (i) => original(layout, { name: `parent ${i}` })),
    manifest: (_, made) => ({
      assertions: [actions(), ...made.map((manifest, i) => parentOf(manifest, i))],
      redacted: count(3 * each, (i) => manifestUri(manifestLabel(`parent ${i % 3}`), `c2pa.assertions/org.assay.${i}`)),
    }),
  });

const parentOf = (manifest, i) =>
  ingredient({ manifest, relationship: 'componentOf', assertion: { label: `c2pa.ingredient.v3__${i + 1}` } });

const generators = (length) => () =>
  signed({
    manifest: {
      claimVersion: 1,
      assertions: [actions(undefined, { version: 1 })],
      claim: { claim_generator_info: count(length, (i) => ({ name: `generator ${i}` })) },
    },
  });

/** Arrays in each other. */
function nest(levels) {
  let value = 1;
  for (let i = 0; i < levels; i += 1) value = [value];
  return value;
}

const broken = { below: /** @type {const} */ ('invalid'), says: 'general.error' };

/** @type {Entry[]} */
const boxes = [
  { limit: 'storeBytes', title: 'a JPEG file', file: free(1), needed: (file) => storeIn(file).length, ...broken },
  {
    limit: 'jumbfBoxes',
    title: 'free boxes',
    file: free(40),
    needed: (file) => boxesOf(storeIn(file)).boxes,
    ...broken,
  },
  { limit: 'jumbfChildren', title: 'free boxes', file: free(40), needed: 43, ...broken },
  { limit: 'jumbfDepth', title: 'superboxes', file: nestedIn(7), needed: 9, ...broken },
  {
    limit: 'labelBytes',
    title: 'an assertion',
    file: withAssertions({ label: `org.assay.${'a'.repeat(290)}`, cbor: {} }),
    needed: 300,
    ...broken,
  },
  { limit: 'manifests', title: 'a lineage', file: lineage(4), needed: 5, ...broken },
];

/** @type {Entry[]} */
const claims = [
  {
    limit: 'assertions',
    title: 'references',
    file: withAssertions(...count(18, note)),
    needed: 20,
    below: 'invalid',
    says: 'claim.malformed',
  },
  {
    limit: 'assertions',
    title: 'redactions',
    file: redacted(4),
    needed: 12,
    below: 'invalid',
    says: 'claim.malformed',
  },
  {
    limit: 'assertions',
    title: 'generators',
    file: generators(12),
    needed: 12,
    below: 'invalid',
    says: 'claim.malformed',
  },
  { limit: 'ingredientDepth', title: 'a lineage', file: lineage(3), needed: 3, ...broken },
  { limit: 'ingredientReferences', title: 'a lineage', file: lineage(3), needed: 3, ...broken },
];

const xmp = (inner, attributes = '') =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" ` +
  `xmlns:dcterms="http://purl.org/dc/terms/"><rdf:Description${attributes}>${inner}</rdf:Description></rdf:RDF></x:xmpmeta>`;
const provenance = '<dcterms:provenance>https://press.example/store.c2pa</dcterms:provenance>';
const pointing = (text) => () => insert(base.jpeg, 20, xmpSegment(text));
/** Without its pointer a picture is one without credentials. */
const lost = { state: /** @type {const} */ ('none'), below: /** @type {const} */ ('none'), shown: /press\.example/ };

/** An assertion of a kind of its own is left unread; of a standard kind it has to be readable. */
const own = (content) => ({
  file: withAssertions({ label: 'org.assay.large', ...content }),
  below: /** @type {const} */ ('trusted'),
  shown: /"data":\{"x":/,
});
const standard = (kind, content) => ({
  file: withAssertions({ label: kind === 'cbor' ? 'c2pa.metadata' : 'stds.exif', ...content }),
  below: /** @type {const} */ ('invalid'),
  says: `assertion.${kind}.invalid`,
});

/** @type {[string, 'cbor' | 'json', number, {cbor?: any, json?: any}][]} */
const large = [
  ['cborDepth', 'cbor', 21, { cbor: { x: nest(20) } }],
  ['cborNodes', 'cbor', 303, { cbor: { x: count(300, () => 1) } }],
  ['jsonDepth', 'json', 21, { json: { x: nest(20) } }],
  ['jsonValues', 'json', 302, { json: { x: count(300, () => 1) } }],
  ['jsonBytes', 'json', 308, { json: { x: 'y'.repeat(300) } }],
];

/** @type {Entry[]} */
const encodings = [
  ...large.map(([limit, , needed, content]) => ({ limit, title: 'an assertion of our own', needed, ...own(content) })),
  ...large.map(([limit, kind, needed, content]) => ({
    limit,
    title: 'a standard assertion',
    needed,
    ...standard(kind, content),
  })),
  {
    limit: 'cborNodes',
    title: 'a claim',
    file: () => signed({ manifest: { claim: { 'org.assay.wide': count(300, () => 1) } } }),
    needed: 'search',
    below: 'invalid',
    says: 'claim.cbor.invalid',
  },
  // Four elements around the pointer and five more in front of it: each has two tags and a text between them.
  { limit: 'xmlTokens', title: 'XMP', file: pointing(xmp('<a>b</a>'.repeat(5) + provenance)), needed: 20, ...lost },
  { limit: 'xmlDepth', title: 'XMP', file: pointing(xmp(provenance)), needed: 4, ...lost },
  {
    limit: 'xmlAttributes',
    title: 'XMP',
    file: pointing(xmp(provenance, count(7, (i) => ` a${i}=""`).join(''))),
    needed: 7,
    ...lost,
  },
];

export const store = [...boxes, ...claims, ...encodings];
