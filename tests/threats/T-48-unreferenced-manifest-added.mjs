// T-48: a manifest that no ingredient leads to is no part of the asset's history, whoever signed it.
import assert from 'node:assert/strict';
import { actions, ingredient } from '../fixtures/assertions.mjs';
import { openedFrom, original } from '../fixtures/catalog/ingredients.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { buildManifest, manifestLabel } from '../fixtures/manifest.mjs';
import { signer, unlistedSigner } from '../fixtures/test-pki.mjs';
import { known } from './kit.mjs';
import { boxChanged, prepended } from './without-key.mjs';

const subject = { C: 'XX', O: 'Famous Newspaper (TEST)', CN: 'Famous Newspaper' };

/** A whole manifest of another picture. */
const stray = (by, edit) =>
  buildManifest({
    label: manifestLabel('stray'),
    title: 'famous.jpg',
    format: 'image/jpeg',
    assertions: [actions()],
    sign: { signer: by },
    edit,
  }).bytes;

const room = { reserve: 9000 };
const alone = () => signed({ manifest: { sign: room } });
const edited = () =>
  signed({
    earlier: (layout) => [original(layout)],
    manifest: (_, [first]) => {
      const parent = ingredient({ manifest: first });
      return { assertions: [openedFrom(parent), parent], sign: room };
    },
  });

const strays = {
  'signed by a listed signer': () => stray(signer('ES256', { subject })),
  'signed by a stranger': () => stray(unlistedSigner()),
  'without a signature': () => stray(signer('ES256', { subject }), { boxes: (b) => [b.assertions, b.claim] }),
};

const bases = { 'a picture without history': alone, 'an edited picture': edited };

const attacks = Object.entries(bases).flatMap(([what, before]) =>
  Object.entries(strays).map(([how, manifest]) => ({
    title: `a manifest ${how} is put into the record of ${what}`,
    before,
    edit: boxChanged([], prepended(manifest())),
    state: 'trusted',
    codes: ['assertion.dataHash.match'],
    shows: [/A manifest that the history of the asset does not lead to \(\d+ bytes at 38 of the record\)/],
    hides: [/Famous|famous\.jpg|Unlisted/],
    check(report) {
      const found = report.uncovered.filter(({ kind }) => kind === 'unreachedManifest');
      assert.equal(found.length, 1);
      assert.equal(found[0].length, manifest().length);
      assert.equal(report.signer.name, 'Example Press (TEST)');
      const last = report.manifests[report.manifests.length - 1];
      assert.equal(last.label, manifestLabel('stray'));
      assert.equal(last.reached, false, 'the stray manifest counts as history');
    },
  })),
);

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-48',
  attacker: 'puts a whole manifest of somebody else into the store without an ingredient that leads to it',
  answer: 'It changes nothing and is not listed with the history; a note names its bytes.',
  attacks: [...attacks, known('unreferenced-manifest-first')],
};
