// T-64: the payload is the claim and stands nowhere else; whatever is attached instead, the signature does not count.
import { oldStyle } from '../fixtures/catalog/good.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { rawSignature, sigStructure } from '../fixtures/cose.mjs';
import { signer } from '../fixtures/test-pki.mjs';
import { allKnown } from './kit.mjs';

const other = Buffer.from('another claim entirely');

/** What stands in the place of the payload; the signature is made over what `over` says. */
const payloads = {
  'an empty byte string': () => ({ payload: Buffer.alloc(0) }),
  'an empty byte string, which is what was signed': (p) => over(p, Buffer.alloc(0), Buffer.alloc(0)),
  'the claim itself': (p, claim) => ({ payload: claim }),
  'another text, validly signed': (p) => over(p, other, other),
  'another text over which nothing was signed': () => ({ payload: other }),
  'a text': () => ({ payload: 'another claim' }),
  false: () => ({ payload: false }),
};

const over = (parts, payload, message) => ({
  payload,
  signature: rawSignature(signer(), sigStructure('Signature1', parts.protectedBytes, message)),
});

const styles = { 'a v1 claim': oldStyle(), 'a v2 claim': {} };

const attacks = Object.entries(styles).flatMap(([style, spec]) =>
  Object.entries(payloads).map(([what, change]) => ({
    title: `${style} whose signature has ${what} as payload`,
    build: () =>
      signed({
        manifest: {
          ...spec,
          sign: { ...spec.sign, editParts: (parts, claim) => ({ ...parts, ...change(parts, claim) }) },
        },
      }),
    state: 'invalid',
    codes: ['claimSignature.mismatch'],
    absentCodes: ['claimSignature.validated'],
    shows: [/The signature does not check out/],
    hides: [/another claim/],
    check(report) {
      if (report.signer !== null) throw new Error('somebody is named as the signer');
    },
  })),
);

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-64',
  attacker: 'attaches a payload to the signature, so that one reader checks it and another reads the claim',
  answer: 'A mismatch, even if what is attached was validly signed or is the claim itself.',
  attacks: [
    ...attacks,
    ...allKnown(['cose-signature-flipped', 'cose-payload-undefined', 'cose-signature-of-other-claim'], {
      shows: [/The signature does not check out/],
    }),
  ],
};
