// T-75: leaving the issuer out of the signature does not hide a revocation that it signed: it is on the list.
import { ocspResponse } from '../fixtures/ocsp.mjs';
import { goodStamp } from '../fixtures/catalog/good.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { issuing, ocspCertificate, signer } from '../fixtures/test-pki.mjs';
import { known } from './kit.mjs';

const camera = signer('ES256', { ocspUrl: 'http://ocsp.example/' });

const leafOnly = (status, responder, certificates) => () =>
  signed({
    manifest: {
      signer: { ...camera, chain: [camera.chain[0]] },
      sign: {
        timeStamps: [goodStamp()],
        ocsp: [
          ocspResponse({
            responder: responder(),
            certificates,
            responses: [
              {
                certificate: camera.chain[0],
                issuer: issuing(),
                status,
                revokedAt: '2025-01-01T00:00:00Z',
                thisUpdate: '2025-06-02T00:00:00Z',
                nextUpdate: '2025-06-09T00:00:00Z',
              },
            ],
          }),
        ],
      },
    },
  });

const revoked = {
  state: 'invalid',
  trust: ['issuing'],
  codes: ['signingCredential.ocsp.revoked'],
  shows: [/was withdrawn on 2025-01-01/],
};

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-75',
  attacker: 'signs with a revoked certificate and leaves its issuer out of the chain',
  answer: 'The issuer is taken from the anchors, and the revocation counts.',
  attacks: [
    known('ocsp-revoked-issuer-from-anchors', { shows: [/was withdrawn on 2025-01-01/] }),
    {
      title: 'revoked by a responder that the issuer delegated to',
      build: leafOnly('revoked', ocspCertificate),
      ...revoked,
    },
    { title: 'revoked by the issuer, whose certificate is enclosed', build: leafOnly('revoked', issuing), ...revoked },
    {
      title: 'good by the issuer, which only the anchors have',
      build: leafOnly('good', issuing, []),
      state: 'trusted',
      trust: ['issuing'],
      codes: ['signingCredential.ocsp.notRevoked'],
    },
    {
      // Nobody vouches for the signer then, and an answer that cannot be checked does not either.
      title: 'revoked, and the issuer is nowhere to be found',
      build: leafOnly('revoked', issuing, []),
      state: 'valid',
      trust: ['root'],
      codes: ['signingCredential.untrusted'],
      absentCodes: ['signingCredential.ocsp.notRevoked'],
      shows: [/signer not recognised/],
    },
  ],
};
