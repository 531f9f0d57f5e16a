// T-65: one place for the certificates. Two of label 33 are none; the text label beside a protected 33 is only noted.
import assert from 'node:assert/strict';
import { signed } from '../fixtures/catalog/kit.mjs';
import { x5chainOf } from '../fixtures/cose.mjs';
import { signer, unlistedSigner } from '../fixtures/test-pki.mjs';
import { allKnown, known } from './kit.mjs';

const mine = () => x5chainOf(signer());
const stranger = () => x5chainOf(unlistedSigner());

const build = (sign, by) => () => signed({ manifest: { ...(by ? { signer: by() } : {}), sign } });

const refused = {
  state: 'invalid',
  codes: ['signingCredential.invalid'],
  absentCodes: ['signingCredential.trusted', 'claimSignature.validated'],
  hides: [/Unlisted/],
};

const noted = {
  state: 'trusted',
  codes: ['signingCredential.trusted'],
  shows: [/A header beside the signature that it does not cover/],
  hides: [/Unlisted/],
  check: (report) => assert.ok(report.uncovered.some(({ kind }) => kind === 'signatureHeader')),
};

const unprotected = (entry) => ({ editUnprotected: (headers) => [...headers, entry()] });

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-65',
  attacker: 'adds a second list of certificates to the signature',
  answer: 'Two lists under 33 are refused; one under the text label is not read, and noted.',
  attacks: [
    {
      title: '33 in both buckets, a stranger’s unprotected',
      build: build(unprotected(() => [33, stranger()])),
      ...refused,
    },
    { title: '33 in both buckets, the same twice', build: build(unprotected(() => [33, mine()])), ...refused },
    {
      title: '33 in both buckets, a listed signer’s unprotected beside the stranger who signed',
      build: build(
        unprotected(() => [33, mine()]),
        unlistedSigner,
      ),
      ...refused,
    },
    {
      title: '33 twice in the protected bucket',
      build: build({ editProtected: (h) => [...h, [33, stranger()]] }),
      ...refused,
    },
    {
      title: '33 twice in the unprotected bucket',
      build: build({ x5chain: 'none', editUnprotected: (h) => [[33, mine()], ...h, [33, stranger()]] }),
      ...refused,
    },
    {
      title: '33 and the text label, both unprotected and different',
      build: build({ x5chain: 'none', editUnprotected: (h) => [[33, mine()], ...h, ['x5chain', stranger()]] }),
      ...noted,
    },
    {
      title: 'a stranger’s under the text label, unprotected',
      build: build(unprotected(() => ['x5chain', stranger()])),
      ...noted,
    },
    {
      title: 'the same under the text label, unprotected',
      build: build(unprotected(() => ['x5chain', mine()])),
      ...noted,
    },
    {
      title: 'a listed signer’s under the text label beside the stranger who signed',
      build: build(
        unprotected(() => ['x5chain', mine()]),
        unlistedSigner,
      ),
      state: 'valid',
      codes: ['signingCredential.untrusted'],
      shows: [/signer not recognised/, /A header beside the signature that it does not cover/],
      hides: [/Example Press/],
    },
    known('good-x5chain-text-label', noted),
    ...allKnown(['cose-x5chain-both-buckets', 'cose-x5chain-both-buckets-same', 'cose-x5chain-twice']),
    known('identity-certificates-twice'),
  ],
};
