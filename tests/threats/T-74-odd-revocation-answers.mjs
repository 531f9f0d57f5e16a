// T-74: answers from the future, about others, by strangers, or broken count for nothing; removeFromCRL is no revocation.
import { allKnown, known } from './kit.mjs';

const ignored = {
  absentCodes: ['signingCredential.ocsp.notRevoked', 'signingCredential.ocsp.revoked'],
  shows: [/Not checked whether the certificate was withdrawn/],
  hides: [/the certificate had not been withdrawn/],
};

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-74',
  attacker: 'staples answers that speak of another time, certificate or issuer, or that nobody may sign',
  answer: 'They are skipped, and the report says that revocation was not checked; “unknown” is not “good”.',
  attacks: [
    ...allKnown(
      ['future', 'by-stranger', 'by-self-signed', 'responder-expired'].map((n) => `ocsp-${n}`),
      ignored,
    ),
    ...allKnown(
      ['other-certificate', 'other-issuer', 'signature-flipped'].map((n) => `ocsp-${n}`),
      ignored,
    ),
    ...allKnown(
      ['revoked-signature-flipped', 'status-try-later', 'garbage'].map((n) => `ocsp-${n}`),
      ignored,
    ),
    known('ocsp-unknown', { ...ignored, codes: ['signingCredential.ocsp.unknown'], anyCodes: [] }),
    known('ocsp-good-unstamped', ignored),
    known('ocsp-many', ignored),
    known('ocsp-removed-from-crl'),
  ],
};
