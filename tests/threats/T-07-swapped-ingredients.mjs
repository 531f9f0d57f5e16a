// T-07: nothing but hash and signature binds an earlier manifest, whatever it is called.
import assert from 'node:assert/strict';
import { actions, assertionReference, ingredient, manifestUri } from '../fixtures/assertions.mjs';
import { oldStyle } from '../fixtures/catalog/good.mjs';
import { original } from '../fixtures/catalog/ingredients.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { manifestLabel, oldManifestLabel } from '../fixtures/manifest.mjs';
import { eku } from '../fixtures/oids.mjs';
import { certificate } from '../fixtures/pki.mjs';
import { signer } from '../fixtures/test-pki.mjs';
import { known } from './kit.mjs';
import { appended, boxChanged } from './without-key.mjs';
import { box } from '../fixtures/jumbf.mjs';

const selfSigned = () => {
  const leaf = certificate({ key: 'es256', subject: { CN: 'self-signed camera' }, ca: false, eku: [eku.claimSigning] });
  return { alg: 'ES256', key: leaf.key, chain: [leaf] };
};

const impostors = {
  'one that is self-signed': { signer: selfSigned(), title: 'swapped.jpg' },
  'one of another listed signer': { signer: signer('Ed25519'), title: 'swapped.jpg' },
  'another one of the same signer': { title: 'swapped.jpg' },
};

const versions = {
  1: { label: oldManifestLabel('original'), claim: oldStyle },
  2: { label: manifestLabel('original'), claim: () => ({}) },
  3: { label: manifestLabel('original'), claim: () => ({}) },
};

const note = { label: 'org.example.location', json: { place: 'not for everybody' } };
const withoutNote = (boxes) => boxes.filter((b) => !b.includes(note.label));

/** The original in the form that goes with the ingredient's version; `redacted` takes its note away. */
function originalOf(layout, version, redacted, more = {}) {
  const { label, claim } = versions[version];
  const { assertions = [actions()], ...rest } = claim();
  const own = redacted ? [...assertions, note] : assertions;
  const edit = redacted ? { assertionBoxes: withoutNote } : {};
  return original(layout, { ...rest, label, assertions: own, edit, ...more });
}

/** An edit of the original, whose manifests are exchanged by `change`, which gets an impostor, too. */
const edited = (version, { redacted = false, impostor = {}, change = (manifests) => manifests } = {}) =>
  signed({
    earlier: (layout) => [originalOf(layout, version, redacted)],
    manifest: (layout, [stored]) => {
      const { label, claim } = versions[version];
      const other = originalOf(layout, version, redacted, impostor).bytes;
      edited.other = other;
      const parent = ingredient({ manifest: stored, version });
      const old = version === 1;
      const parameters = old
        ? { ingredient: assertionReference(parent) }
        : { ingredients: [assertionReference(parent)] };
      const uri = manifestUri(label, `c2pa.assertions/${note.label}`);
      const redaction = { action: 'c2pa.redacted', reason: 'c2pa.PII.present', parameters: { redacted: uri } };
      const list = [{ action: 'c2pa.opened', parameters }, ...(redacted && !old ? [redaction] : [])];
      return {
        ...claim(),
        assertions: [actions(list, { version: old ? 1 : 2 }), parent],
        ...(redacted ? { redacted: [uri] } : {}),
      };
    },
    editManifests: ([first, active]) => change([first, active], edited.other),
  });

const refused = (code) => ({
  state: 'invalid',
  codes: [code],
  absentCodes: ['ingredient.manifest.validated', 'ingredient.claimSignature.validated'],
  shows: [/Parts of the signed record were removed or replaced/],
});

const places = {
  'in its place': ([, active], other) => [other, active],
  'in front of it, under the same label': ([first, active], other) => [other, first, active],
  'behind it, under the same label': ([first, active], other) => [first, other, active],
};

const swaps = [1, 2, 3].flatMap((version) =>
  Object.entries(impostors).flatMap(([what, impostor]) =>
    Object.entries(places).map(([where, change]) => ({
      title: `${what} ${where}, ingredient of version ${version}`,
      before: () => edited(version),
      edit: () => edited(version, { impostor, change }),
      ...refused(where === 'in its place' ? 'ingredient.manifest.mismatch' : 'ingredient.manifest.missing'),
    })),
  ),
);

/** Redaction changes the manifest, so that its signature is what is referred to. */
const redactedSwaps = Object.entries(impostors).flatMap(([what, impostor]) => [
  {
    title: `${what}, where something was redacted, ingredient of version 3`,
    before: () => edited(3, { redacted: true }),
    edit: () => edited(3, { redacted: true, impostor, change: places['in its place'] }),
    ...refused('ingredient.claimSignature.mismatch'),
  },
  {
    // An ingredient of version 2 has no room for a reference to the signature.
    title: `${what}, where something was redacted, ingredient of version 2`,
    build: () => edited(2, { redacted: true, impostor, change: places['in its place'] }),
    ...refused('ingredient.claimSignature.missing'),
  },
]);

/** Stores of version 1 alone: tolerated, but it is said that nothing shows which manifest was meant (P-2). */
const oldSwaps = Object.entries(impostors).map(([what, impostor]) => ({
  title: `${what}, where something was redacted, in a record of version 1`,
  before: () => edited(1, { redacted: true }),
  edit: () => edited(1, { redacted: true, impostor, change: places['in its place'] }),
  state: 'trusted',
  codes: ['ingredient.unknownProvenance'],
  absentCodes: ['ingredient.manifest.validated', 'ingredient.claimSignature.validated'],
  shows: [/Parts of the history were removed/, /Signed by Example Press/],
  hides: [/self-signed camera/],
  check: ({ manifests: [{ ingredients }] }) => assert.equal(ingredients[0].integrity, 'redacted'),
}));

const filler = appended(box('free', Buffer.alloc(16)));
const parent = manifestLabel('original');
const paddings = [
  ['its signature', [parent, 'c2pa.signature'], 'ingredient.manifest.mismatch'],
  ['its claim', [parent, 'c2pa.claim.v2'], 'ingredient.manifest.mismatch'],
  ['its assertion store', [parent, 'c2pa.assertions'], 'ingredient.manifest.mismatch'],
  ['the whole of it', [parent], 'ingredient.manifest.mismatch'],
].map(([what, path, code]) => ({
  title: `padding added to ${what}`,
  before: () => edited(3),
  edit: boxChanged(path, filler),
  ...refused(code),
}));

/** @param {Buffer} b */
const changedEnd = (b) => {
  b[b.length - 3] ^= 0x01;
  return b;
};

const inRedacted = [
  {
    title: 'padding added to the signature of a manifest that something was redacted from',
    before: () => edited(3, { redacted: true }),
    edit: boxChanged([parent, 'c2pa.signature'], filler),
    ...refused('ingredient.claimSignature.mismatch'),
  },
  {
    // Its own failure (P-1): the record holds, what it is based on does not, and that is said.
    title: 'the claim of a manifest changed that something was redacted from',
    before: () => edited(3, { redacted: true }),
    edit: boxChanged([parent, 'c2pa.claim.v2'], changedEnd),
    state: 'trusted',
    codes: ['claimSignature.mismatch'],
    shows: [/Something is wrong with an earlier version that it is based on/],
  },
];

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-07',
  section: '4.2.2.5',
  attacker: 'puts another manifest in the place of an earlier version’s, under the same label',
  answer:
    'Refused by hash, or by the hash of the signature where something was redacted; two of one label are none. In redacted records of version 1, which bind nothing, it is said that nothing does.',
  attacks: [
    ...swaps,
    ...redactedSwaps,
    ...oldSwaps,
    ...paddings,
    ...inRedacted,
    ...[1, 2, 3].map((version) => known(`ingredient-missing-v${version}`, { title: `missing, version ${version}` })),
    ...[1, 2, 3].map((version) => known(`ingredient-altered-v${version}`, { title: `one byte, version ${version}` })),
    known('ingredient-claim-hash-v1'),
    known('ingredient-claim-hash-v2'),
    known('ingredient-grandparent-altered', {
      state: 'trusted',
      shows: [/Something is wrong with an earlier version that it is based on/],
    }),
    known('credential-moved'),
    known('ingredient-after-active', {
      state: 'trusted',
      check: ({ manifests }) => assert.equal(manifests[0].title, 'original.jpg'),
    }),
  ],
};
