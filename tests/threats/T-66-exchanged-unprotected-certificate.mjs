// T-66: certificates that the signature does not cover can be exchanged for others over the same key. Then the other
// authority has to be on a list, or the name is nobody's.
import assert from 'node:assert/strict';
import { oldStyle } from '../fixtures/catalog/good.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { x5chainOf } from '../fixtures/cose.mjs';
import { certificate } from '../fixtures/pki.mjs';
import { eku } from '../fixtures/oids.mjs';
import { signer, signerCertificate, unlistedIssuing, unlistedSigner } from '../fixtures/test-pki.mjs';
import { known } from './kit.mjs';

const subject = { C: 'XX', O: 'Famous Newspaper (TEST)', CN: 'Famous Newspaper' };

/** Certificates over the victim's public key. */
const others = {
  'from an authority on no list': () => [
    signerCertificate({ subject, issuer: unlistedIssuing() }).der,
    unlistedIssuing().der,
  ],
  'signed by itself': () => [certificate({ key: 'es256', subject, ca: false, eku: [eku.claimSigning] }).der],
  'that copies the true one under an authority on no list': () => [
    signerCertificate({ issuer: unlistedIssuing() }).der,
    unlistedIssuing().der,
  ],
  'with the name of the true authority, which did not sign it': () => {
    const [, issuing] = signer().chain;
    return [signerCertificate({ subject, issuer: unlistedIssuing(), issuerName: issuing.subject }).der, issuing.der];
  },
};

/** Everything but the certificates stays as the victim signed it. */
const exchanged = (chain) => () =>
  signed({
    manifest: {
      ...oldStyle(),
      sign: { x5chain: 'none', editUnprotected: (headers) => [['x5chain', chain()], ...headers] },
    },
  });

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-66',
  attacker: 'replaces the unprotected certificates of an old file by others with the signer’s public key',
  answer: 'The signature holds, nobody on a list vouches for the name; it is quoted and called anyone’s.',
  attacks: [
    ...Object.entries(others).map(([how, chain]) => ({
      title: `a certificate ${how}`,
      build: exchanged(chain),
      state: 'valid',
      codes: ['claimSignature.validated', 'signingCredential.untrusted'],
      absentCodes: ['signingCredential.trusted'],
      shows: [/signer not recognised/, /Signed as “[^”]+”. That name is on no list you use, so it could be anyone's/],
      hides: [/vouched for by/],
      check(report) {
        assert.equal(report.headline, 'unrecognised');
        assert.equal(report.signer.trust, 'unrecognised');
      },
    })),
    {
      title: 'a certificate over another key',
      build: exchanged(() => x5chainOf(unlistedSigner())),
      state: 'invalid',
      codes: ['claimSignature.mismatch'],
      hides: [/Unlisted/],
    },
    {
      title: 'no certificate at all any more',
      build: () => signed({ manifest: { ...oldStyle(), sign: { x5chain: 'none' } } }),
      state: 'invalid',
      codes: ['signingCredential.invalid'],
      hides: [/Example Press/],
    },
    known('cose-x5chain-swapped'),
    known('cose-x5chain-same-key'),
    known('identity-certificate-swapped'),
  ],
};
