// T-12: what was redacted can be guessed from its hash where no salt was in it. Only the signer's salt helps against
// that; nothing of the content, and no guess, is ever shown here.
import assert from 'node:assert/strict';
import { actions, assertionReference, ingredient, manifestUri } from '../fixtures/assertions.mjs';
import { original } from '../fixtures/catalog/ingredients.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import * as jumbf from '../fixtures/jumbf.mjs';
import { manifestLabel } from '../fixtures/manifest.mjs';

const label = 'org.example.birthday';
const secret = '2001-02-03';
const uri = manifestUri(manifestLabel('original'), `c2pa.assertions/${label}`);

const salts = {
  'no salt': false,
  'a salt of 4 bytes': Buffer.alloc(4, 7),
  'a salt of 16 bytes': Buffer.alloc(16, 7),
  'a salt of 32 bytes': Buffer.alloc(32, 7),
  'a salt of 4,000 bytes': Buffer.alloc(4000, 7),
};

/** The assertion's box with other content, its description as it was. */
const refilled = (content) => (box) => {
  const described = box.subarray(8, 8 + box.readUInt32BE(8));
  return jumbf.box('jumb', [described, content]);
};

const ways = {
  'taken out': () => [],
  'overwritten with zeros': (box) => [refilled(jumbf.box('json', Buffer.alloc(24)))(box)],
};

const redacted = (salt, way) => () => {
  const note = { label, json: { born: secret }, salt };
  const parts = { assertions: [actions(), note] };
  const assertionBoxes = (boxes) => boxes.flatMap((box) => (box.includes(label) ? way(box) : [box]));
  return signed({
    earlier: (layout) => [original(layout, { ...parts, edit: { assertionBoxes } })],
    manifest: (layout, [stored]) => {
      const whole = original(layout, parts);
      const parent = ingredient({ manifest: { ...whole, signatureBox: stored.signatureBox } });
      const opened = { action: 'c2pa.opened', parameters: { ingredients: [assertionReference(parent)] } };
      const redaction = { action: 'c2pa.redacted', reason: 'c2pa.PII.present', parameters: { redacted: uri } };
      return { assertions: [actions([opened, redaction]), parent], redacted: [uri] };
    },
  });
};

const attacks = Object.entries(salts).flatMap(([what, salt]) =>
  Object.entries(ways).map(([how, way]) => ({
    title: `an assertion with ${what} was ${how}`,
    build: redacted(salt, way),
    state: 'trusted',
    codes: ['ingredient.claimSignature.validated'],
    absentCodes: ['assertion.missing', 'assertion.notRedacted', 'assertion.hashedURI.mismatch'],
    shows: [/Parts of the history were removed, as the record itself says/],
    hides: [/suspicious|missing from the record|something is wrong/i, new RegExp(secret)],
    check: (report) => {
      assert.equal(report.facets.history, 'redacted');
      assert.deepEqual(report.manifests[0].redactions, [uri]);
      assert.ok(!JSON.stringify(report).includes(secret));
    },
  })),
);

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-12',
  attacker: 'guesses what was redacted from the hash that is left of it',
  answer: 'A redaction is told in neutral words, whatever salt there was; nothing of the content is shown.',
  attacks,
};
