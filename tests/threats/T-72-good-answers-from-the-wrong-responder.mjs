// T-72: "good" counts only from the issuer or from a responder that the issuer made one.
import { eku } from '../fixtures/oids.mjs';
import { ocspResponse } from '../fixtures/ocsp.mjs';
import { goodStamp } from '../fixtures/catalog/good.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { issuing, ocspCertificate, root, signer, signerCertificate, tsaCertificate } from '../fixtures/test-pki.mjs';
import { known } from './kit.mjs';

const camera = signer('ES256', { ocspUrl: 'http://ocsp.example/' });
const good = {
  certificate: camera.chain[0],
  issuer: issuing(),
  status: 'good',
  thisUpdate: '2025-06-02T00:00:00Z',
  nextUpdate: '2025-06-09T00:00:00Z',
};

/** A time-stamped file with one answer by this responder. */
const answeredBy = (title, responder, expected) => ({
  title,
  build: () =>
    signed({
      manifest: {
        signer: camera,
        sign: { ocsp: [ocspResponse({ responses: [good], responder: responder() })], timeStamps: [goodStamp()] },
      },
    }),
  state: 'trusted',
  ...expected,
});

const ignored = {
  codes: ['signingCredential.ocsp.skipped'],
  absentCodes: ['signingCredential.ocsp.notRevoked'],
  shows: [/Not checked whether the certificate was withdrawn/],
  hides: [/the certificate had not been withdrawn/],
};

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-72',
  attacker: 'staples a “good” answer that he signed himself',
  answer: 'It is ignored, and the report says that revocation was not checked.',
  attacks: [
    known('ocsp-by-leaf', ignored),
    known('ocsp-by-colleague', ignored),
    answeredBy(
      'by a colleague whose certificate is for signing claims and OCSP',
      () =>
        signerCertificate({
          key: 'es256-other',
          subject: { CN: 'colleague' },
          eku: [eku.claimSigning, eku.ocspSigning],
        }),
      ignored,
    ),
    answeredBy('by the time-stamp authority', () => tsaCertificate(), ignored),
    answeredBy('by the root instead of the issuing CA', () => root(), ignored),
    answeredBy(
      'by a responder that the root delegated to, not the issuing CA',
      () => ocspCertificate({ issuer: root() }),
      ignored,
    ),
    answeredBy('by a responder without the purpose', () => ocspCertificate({ eku: null }), ignored),
    answeredBy('by a responder for any purpose', () => ocspCertificate({ eku: [eku.any] }), ignored),
    // So that the attacks above fail for the responder only.
    answeredBy('by a responder that the issuer delegated to', () => ocspCertificate(), {
      codes: ['signingCredential.ocsp.notRevoked'],
      shows: [/the certificate had not been withdrawn/],
    }),
  ],
};
