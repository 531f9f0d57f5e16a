// T-22: fame of an earlier signer. The last signer leads; earlier ones stand under what it is based on.
import assert from 'node:assert/strict';
import { actions, assertionReference, ingredient } from '../fixtures/assertions.mjs';
import { openedFrom, original } from '../fixtures/catalog/ingredients.mjs';
import { flip, signed } from '../fixtures/catalog/kit.mjs';
import { signer, unlistedSigner } from '../fixtures/test-pki.mjs';
import { known } from './kit.mjs';

const famous = 'Famous News (TEST)';
const news = () => signer('ES384', { subject: { C: 'XX', O: famous, CN: 'news camera' } });

const edited =
  (relationship, { by, of = news(), change } = {}) =>
  () =>
    signed({
      earlier: (layout) => [original(layout, { signer: of })],
      manifest: (_, [first]) => {
        const part = ingredient({ manifest: first, relationship, title: 'front page.jpg' });
        const placed = { action: 'c2pa.placed', parameters: { ingredients: [assertionReference(part)] } };
        const list = relationship === 'parentOf' ? [openedFrom(part), part] : [actions(), part];
        if (relationship === 'componentOf') list[0].cbor.actions.push(placed);
        return { ...(by ? { signer: by } : {}), assertions: list };
      },
      editManifests: change,
    });

const kinds = ['parentOf', 'componentOf', 'inputTo'];

/** The child's signer leads, and nobody else is in the words of the verdict. */
const childLeads = (name) => (report) => {
  assert.equal(report.signer.name, name);
  assert.ok(!JSON.stringify([report.headline, report.summary, report.signer]).includes(famous));
};

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-22',
  attacker: 'uses a famous signer’s picture as an ingredient, so that its name lends trust',
  answer:
    'The last signer alone is named and judged; the ingredient’s state is its own, and counts neither for nor against.',
  attacks: [
    ...kinds.map((kind) => ({
      title: `a signer on no list over a famous ${kind}`,
      build: edited(kind, { by: unlistedSigner() }),
      state: 'valid',
      codes: ['signingCredential.untrusted', 'ingredient.manifest.validated'],
      shows: [/signer not recognised/, /made from 1 earlier file/],
      hides: [/Famous/],
      check: childLeads('Example Unlisted'),
    })),
    ...kinds.map((kind) => ({
      title: `a listed signer over a famous ${kind}`,
      build: edited(kind),
      state: 'trusted',
      shows: [/Content Credentials · Example Press \(TEST\)/],
      hides: [/Famous/],
      check: childLeads('Example Press (TEST)'),
    })),
    ...kinds.map((kind) => ({
      title: `a listed signer over a ${kind} of a signer on no list`,
      build: edited(kind, { of: unlistedSigner() }),
      state: 'trusted',
      codes: ['signingCredential.untrusted', 'signingCredential.trusted'],
      hides: [/Unlisted/],
      check: ({ manifests }) =>
        assert.deepEqual(
          manifests.map(({ state }) => state),
          ['trusted', 'valid'],
        ),
    })),
    {
      title: 'a famous ingredient that was exchanged',
      before: edited('parentOf'),
      edit: () => edited('parentOf', { change: ([first, ...rest]) => [flip(first, first.length - 40), ...rest] })(),
      state: 'invalid',
      codes: ['ingredient.manifest.mismatch'],
      hides: [/Famous/],
    },
    {
      title: 'a famous ingredient in name only',
      build: () =>
        signed({
          manifest: () => {
            const part = ingredient({ title: famous });
            return { assertions: [openedFrom(part), part] };
          },
        }),
      state: 'trusted',
      codes: ['ingredient.unknownProvenance'],
      shows: [/made from 1 earlier file, without credentials of its own/],
      hides: [/Signed by Famous/],
      check: childLeads('Example Press (TEST)'),
    },
    known('ingredient-unlisted-parent'),
    known('ingredient-unlisted-child', { shows: [/signer not recognised/] }),
  ],
};
