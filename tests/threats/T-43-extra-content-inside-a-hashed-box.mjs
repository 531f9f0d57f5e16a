// T-43: the hash of a reference covers the box as it is stored, so no room inside it is left to anybody.
import { ingredient } from '../fixtures/assertions.mjs';
import { oldStyle } from '../fixtures/catalog/good.mjs';
import { openedFrom, original } from '../fixtures/catalog/ingredients.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import * as jumbf from '../fixtures/jumbf.mjs';
import { manifestLabel, oldManifestLabel } from '../fixtures/manifest.mjs';
import { known } from './kit.mjs';
import { appended, boxChanged, prepended, redescribed } from './without-key.mjs';

const hidden = jumbf.cborBox({ note: 'planted after signing' });
const nested = jumbf.superbox({ type: jumbf.uuid.cbor, label: 'org.example.planted' }, [hidden]);

/** The description of a box with other fields; the salt is dropped unless given. */
const described = (fields) => (label) => redescribed(jumbf.description({ type: jumbf.uuid.cbor, label, ...fields }));

/** What is done to the assertion of a label. */
const edits = {
  'a second CBOR box behind the signed one': () => appended(hidden),
  'a CBOR box in front of the signed one': () => prepended(hidden),
  'a JSON box': () => appended(jumbf.jsonBox({ note: 'planted' })),
  'a free box': () => appended(jumbf.box('free', Buffer.alloc(8))),
  'a UUID box': () => appended(jumbf.uuidBox(Buffer.alloc(16, 1), Buffer.from('hidden'))),
  'an embedded file': () => appended(...jumbf.embeddedFile('text/plain', Buffer.from('hidden'))),
  'a superbox': () => appended(nested),
  'an ID in its description': described({ id: 7 }),
  'a signature in its description': described({ signature: Buffer.alloc(32, 4) }),
  'another private box in its description': described({ privateBox: hidden }),
  'another salt': described({ salt: Buffer.alloc(16, 0xee) }),
  'no salt': described({}),
  'one byte of its content changed': () => (box) => {
    box[box.length - 3] ^= 0x20;
    return box;
  },
};

const versions = {
  1: { spec: oldStyle, label: 'c2pa.actions', parent: oldManifestLabel('original') },
  2: { spec: () => ({}), label: 'c2pa.actions.v2', parent: manifestLabel('original') },
};

/** A picture made from an original whose claim is of the version. */
const edited = (version) =>
  signed({
    earlier: (layout) => [original(layout, { ...versions[version].spec(), label: versions[version].parent })],
    manifest: (_, [first]) => {
      const parent = ingredient({ manifest: first, version: version === 1 ? 2 : 3 });
      return { assertions: [openedFrom(parent), parent] };
    },
  });

const active = (version) => {
  const { spec, label } = versions[version];
  return Object.entries(edits).map(([what, change]) => ({
    title: `${what}, in an assertion of a v${version} claim`,
    before: () => signed({ manifest: spec() }),
    edit: boxChanged(['', 'c2pa.assertions', label], change(label)),
    state: 'invalid',
    codes: ['assertion.hashedURI.mismatch', 'assertion.dataHash.match', 'claimSignature.validated'],
    shows: [/Invalid Content Credentials/, /was changed or breaks the rules/],
    hides: [/planted/],
  }));
};

const inIngredient = (version) => {
  const { label, parent } = versions[version];
  return Object.entries(edits).map(([what, change]) => ({
    title: `${what}, in an assertion of an ingredient with a v${version} claim`,
    before: () => edited(version),
    edit: boxChanged([parent, 'c2pa.assertions', label], change(label)),
    state: 'invalid',
    codes: ['ingredient.manifest.mismatch', 'assertion.dataHash.match', 'claimSignature.validated'],
    hides: [/planted/],
  }));
};

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-43',
  attacker: 'adds boxes or description fields to an assertion that a signed reference names',
  answer: 'The hash covers the stored bytes of the box: invalid, and what was added is shown nowhere.',
  attacks: [
    ...active(1),
    ...active(2),
    ...inIngredient(1),
    ...inIngredient(2),
    known('assertion-relabelled', { hides: [/c2pa\.actions\.v1/] }),
    known('assertion-unlabelled'),
    known('compressed-behind'),
  ],
};
