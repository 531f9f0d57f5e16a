// T-46: a label that two manifests have means none of them, so that no order of the two decides what is shown.
import { actions, ingredient } from '../fixtures/assertions.mjs';
import { simpleManifest } from '../fixtures/asset.mjs';
import { openedFrom, original } from '../fixtures/catalog/ingredients.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { findBox } from '../fixtures/edit.mjs';
import { buildManifest, manifestLabel } from '../fixtures/manifest.mjs';
import { signer, unlistedSigner } from '../fixtures/test-pki.mjs';
import { known } from './kit.mjs';
import { appended, boxChanged, prepended } from './without-key.mjs';

const room = { reserve: 9000 };

/** An edited picture with its original, and much padding. */
const edited = () =>
  signed({
    earlier: (layout) => [original(layout)],
    manifest: (_, [first]) => {
      const parent = ingredient({ manifest: first });
      return { assertions: [openedFrom(parent), parent], sign: room };
    },
  });

/** Somebody else's manifest under a label that is taken. */
const forged = (label) =>
  buildManifest({
    label: manifestLabel(label),
    title: 'forged.jpg',
    format: 'image/jpeg',
    assertions: [actions()],
    sign: { signer: unlistedSigner() },
  }).bytes;

/** In front of the active manifest. */
const beforeActive = (manifest) => (store) => {
  const [, active] = findBox(store, ['']);
  const grown = Buffer.concat([store.subarray(0, active.start), manifest, store.subarray(active.start)]);
  grown.writeUInt32BE(grown.length, 0);
  return grown;
};

const expected = {
  state: 'invalid',
  codes: ['general.error'],
  shows: [/Invalid Content Credentials/],
  hides: [/forged|Unlisted/],
};

// The ingredient's label means nothing any more, so that its manifest counts as missing.
const ofIngredient = { ...expected, codes: ['ingredient.manifest.missing', 'assertion.dataHash.match'] };

/** Both manifests are whole, with a binding and a signature of their own. */
const bothWhole = (by, other) => () =>
  signed({
    earlier: (layout) => [simpleManifest(layout, { name: 'active', title: 'forged.jpg', signer: other() })],
    manifest: { signer: by() },
  });

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-46',
  attacker: 'adds a manifest of his own under the label of the active manifest or of an ingredient',
  answer: 'Invalid, because the label is ambiguous; neither the first nor the last is taken.',
  attacks: [
    {
      title: 'a forged manifest of the active label in front of the signed one',
      before: () => signed({ manifest: { sign: room } }),
      edit: boxChanged([], prepended(forged('active'))),
      ...expected,
    },
    {
      title: 'a forged manifest of the active label behind the signed one',
      before: () => signed({ manifest: { sign: room } }),
      edit: boxChanged([], appended(forged('active'))),
      ...expected,
    },
    {
      title: 'a forged manifest of the original’s label in front of the original',
      before: edited,
      edit: boxChanged([], prepended(forged('original'))),
      ...ofIngredient,
    },
    {
      title: 'a forged manifest of the original’s label behind the original',
      before: edited,
      edit: boxChanged([], beforeActive(forged('original'))),
      ...ofIngredient,
    },
    {
      title: 'a forged manifest of the original’s label behind the active one, so that it would be active',
      before: edited,
      edit: boxChanged([], appended(forged('original'))),
      ...expected,
    },
    {
      title: 'two whole manifests of one label, the stranger’s first',
      build: bothWhole(signer, unlistedSigner),
      ...expected,
      absentCodes: ['claimSignature.validated'],
    },
    {
      title: 'two whole manifests of one label, the stranger’s last',
      build: bothWhole(unlistedSigner, signer),
      ...expected,
      absentCodes: ['claimSignature.validated'],
    },
    known('manifest-relabelled'),
    known('credential-twice-in-store'),
  ],
};
