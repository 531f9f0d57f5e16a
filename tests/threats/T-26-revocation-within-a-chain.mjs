// T-26: four steps, one of whose signers had been withdrawn. Each step has its own state, and the last one leads; that
// something is wrong with an earlier one is said in a sentence.
import assert from 'node:assert/strict';
import { ingredient } from '../fixtures/assertions.mjs';
import { simpleManifest } from '../fixtures/asset.mjs';
import { goodStamp } from '../fixtures/catalog/good.mjs';
import { openedFrom } from '../fixtures/catalog/ingredients.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { ocspResponse } from '../fixtures/ocsp.mjs';
import { issuing, ocspCertificate, signer } from '../fixtures/test-pki.mjs';
import { known } from './kit.mjs';

const watched = signer('ES256', { ocspUrl: 'http://ocsp.example/' });

const answer = (status) =>
  ocspResponse({
    responder: ocspCertificate(),
    responses: [
      {
        certificate: watched.chain[0],
        issuer: issuing(),
        status,
        revokedAt: '2025-01-01T00:00:00Z',
        thisUpdate: '2025-06-02T00:00:00Z',
        nextUpdate: '2025-06-09T00:00:00Z',
      },
    ],
  });

/** The manifests A to D, oldest first; `step` is the one of the signer that the answer is about. */
function chain(step, status) {
  const parts = (index, last) => {
    const own = index === step ? { signer: watched, sign: { ocsp: [answer(status)], timeStamps: [goodStamp()] } } : {};
    if (!last) return own;
    const parent = ingredient({ manifest: last });
    return { ...own, assertions: [openedFrom(parent), parent] };
  };
  return signed({
    earlier: (layout) => {
      const made = [];
      for (let i = 0; i < 3; i += 1) {
        made.push(simpleManifest(layout, { name: `step-${i}`, signer: signer('ES384'), ...parts(i, made.at(-1)) }));
      }
      return made;
    },
    manifest: (_, earlier) => parts(3, earlier.at(-1)),
  });
}

/** Newest first. */
const states = (report) => report.manifests.map(({ state }) => state);

const early = ['A', 'B', 'C'].map((name, step) => ({
  title: `${name} of A, B, C and D was withdrawn`,
  build: () => chain(step, 'revoked'),
  state: 'trusted',
  codes: ['signingCredential.ocsp.revoked', 'ingredient.manifest.validated'],
  shows: [/Signed by Example Press/, /Something is wrong with an earlier version that it is based on/],
  check: (report) => {
    const expected = ['trusted', 'trusted', 'trusted', 'trusted'];
    expected[3 - step] = 'invalid';
    assert.deepEqual(states(report), expected);
    assert.equal(report.facets.history, 'problems');
    assert.equal(report.facets.revocation, 'notApplicable');
  },
}));

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-26',
  attacker: 'edits on top of a step whose signer had been withdrawn',
  answer:
    'Each step keeps its own state; the last signer leads, and it is said that an earlier version has a problem. A withdrawn last signer is refused.',
  attacks: [
    ...early,
    {
      title: 'D of A, B, C and D was withdrawn',
      build: () => chain(3, 'revoked'),
      state: 'invalid',
      codes: ['signingCredential.ocsp.revoked'],
      shows: [/The signing certificate was withdrawn on 2025-01-01/, /Signed by Nobody/],
      check: (report) => assert.deepEqual(states(report), ['invalid', 'trusted', 'trusted', 'trusted']),
    },
    {
      title: 'B of A, B, C and D was not withdrawn',
      build: () => chain(1, 'good'),
      state: 'trusted',
      codes: ['signingCredential.ocsp.notRevoked'],
      hides: [/Something is wrong/],
      check: (report) => assert.deepEqual(states(report), ['trusted', 'trusted', 'trusted', 'trusted']),
    },
    known('status-revoked', { state: 'trusted', shows: [/Something is wrong with an earlier version/] }),
    known('ingredient-grandparent-altered', {
      state: 'trusted',
      shows: [/Something is wrong with an earlier version/],
    }),
  ],
};
