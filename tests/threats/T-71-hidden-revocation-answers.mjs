// T-71: a revocation counts wherever it stands among the answers and however its signer is known. The time-stamp of these
// files is from June 2025, the revocation from January.
import { known } from './kit.mjs';

const revoked = {
  shows: [/The signing certificate was withdrawn on 2025-01-01T00:00:00Z/, /the signing certificate was withdrawn/],
  absentCodes: ['signingCredential.ocsp.notRevoked'],
};

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-71',
  attacker: 'hides a revocation: behind another answer, or in one whose signer is not enclosed',
  answer: 'Every answer is read, and the issuer is taken from the chain; a revocation makes the record invalid.',
  attacks: [
    known('ocsp-revoked', revoked),
    known('ocsp-revoked-compromise', revoked),
    known('ocsp-revoked-by-issuer', revoked),
    known('ocsp-revoked-by-issuer-enclosed', revoked),
    known('ocsp-revoked-second', revoked),
    known('ocsp-good-and-revoked', revoked),
    // Nobody confirms when this was signed, so that the revocation counts.
    known('ocsp-revoked-unstamped', {
      state: 'invalid',
      anyCodes: [],
      codes: ['signingCredential.ocsp.revoked'],
      ...revoked,
    }),
    // Without the delegate's certificate its answer proves nothing; that is said, and the host may ask for another.
    known('ocsp-responder-omitted', { shows: [/Not checked .*whether the certificate was withdrawn/] }),
  ],
};
