// T-04: who holds the key signs as its owner. Only a withdrawn certificate, or an anchor taken off a list, ends that.
import { goodStamp, stampTime } from '../fixtures/catalog/good.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { ocspResponse } from '../fixtures/ocsp.mjs';
import { issuing, ocspCertificate, signer, unlistedTsa } from '../fixtures/test-pki.mjs';
import { known } from './kit.mjs';

const stolen = signer('ES256', { ocspUrl: 'http://ocsp.example/' });

const answers = {
  good: { status: 'good' },
  revoked: { status: 'revoked', revokedAt: '2025-01-01T00:00:00Z' },
  unknown: { status: 'unknown' },
};

const responders = {
  'the issuer': () => ({ responder: issuing(), certificates: [] }),
  'its delegate': () => ({ responder: ocspCertificate() }),
  'the thief': () => ({ responder: stolen.chain[0] }),
};

const stapled = (answer, by, timeStamps) => () =>
  signed({
    manifest: {
      signer: stolen,
      sign: {
        timeStamps,
        ocsp: [
          ocspResponse({
            responses: [
              {
                certificate: stolen.chain[0],
                issuer: issuing(),
                thisUpdate: '2025-06-02T00:00:00Z',
                nextUpdate: '2025-06-09T00:00:00Z',
                ...answer,
              },
            ],
            ...by(),
          }),
        ],
      },
    },
  });

const withdrawn = {
  state: 'invalid',
  codes: ['signingCredential.ocsp.revoked', 'claimSignature.validated', 'assertion.dataHash.match'],
  absentCodes: ['signingCredential.ocsp.notRevoked'],
  shows: [
    /Invalid Content Credentials/,
    /The signing certificate was withdrawn on 2025-01-01/,
    /Other files of the same signer may be fine/,
    /Signed by Nobody/,
  ],
  hides: [/do not match this file/, /removed or replaced/, /was not checked/],
  check: ({ facets }) => {
    if (facets.signer !== 'revoked' || facets.integrity !== 'intact') throw new Error(JSON.stringify(facets));
  },
};

const nothingWithdrawn = {
  state: 'trusted',
  codes: ['signingCredential.ocsp.notRevoked'],
  absentCodes: ['signingCredential.ocsp.revoked'],
  shows: [/the certificate had not been withdrawn/],
};

const unknownStatus = (code) => ({
  state: 'trusted',
  codes: [code],
  absentCodes: ['signingCredential.ocsp.notRevoked', 'signingCredential.ocsp.revoked'],
  shows: [/Not checked .*whether the certificate was withdrawn/],
});

/** A good answer says something about a time that is attested; a revoked one counts without. */
function expected(status, by, stamped) {
  if (by === 'the thief') return unknownStatus('signingCredential.ocsp.skipped');
  if (status === 'revoked') return withdrawn;
  if (status === 'unknown') return unknownStatus('signingCredential.ocsp.unknown');
  return stamped ? nothingWithdrawn : unknownStatus('signingCredential.ocsp.skipped');
}

const matrix = Object.entries(answers).flatMap(([status, answer]) =>
  Object.entries(responders).flatMap(([by, responder]) =>
    [true, false].map((stamped) => ({
      title: `“${status}” by ${by}, ${stamped ? 'with' : 'without'} a time-stamp`,
      build: stapled(answer, responder, stamped ? [goodStamp()] : []),
      ...expected(status, by, stamped),
    })),
  ),
);

const later = { status: 'revoked', revokedAt: '2025-09-01T00:00:00Z', thisUpdate: '2025-10-01T00:00:00Z' };
const laterAnswer = { ...later, nextUpdate: '2025-10-08T00:00:00Z' };
const foreignStamp = { token: { tsa: unlistedTsa(), genTime: stampTime } };

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-04',
  section: '4.2.2.2',
  attacker: 'signs with a key that was stolen',
  answer:
    'Before the certificate is withdrawn nobody can tell; afterwards refused, with the date. Only a trusted time-stamp from before that saves a file.',
  attacks: [
    {
      title: 'before anybody knows',
      build: () => signed({ manifest: { signer: stolen } }),
      state: 'trusted',
      codes: ['signingCredential.ocsp.skipped'],
      shows: [/Not checked .*whether the certificate was withdrawn/, /no time of signing is recorded/i],
    },
    ...matrix,
    {
      title: 'withdrawn after the time of a trusted time-stamp',
      build: stapled(laterAnswer, responders['its delegate'], [goodStamp()]),
      ...nothingWithdrawn,
    },
    {
      title: 'withdrawn after the time of a time-stamp by an authority on no list',
      build: stapled(laterAnswer, responders['its delegate'], [foreignStamp]),
      ...withdrawn,
      shows: [/The signing certificate was withdrawn on 2025-09-01/],
    },
    {
      title: 'withdrawn later, and no time-stamp at all',
      build: stapled(laterAnswer, responders['its delegate'], []),
      ...withdrawn,
      shows: [/The signing certificate was withdrawn on 2025-09-01/],
    },
    {
      title: 'the anchor was taken off the list, and no answer is stapled',
      build: () => signed({ manifest: { signer: stolen, sign: { timeStamps: [goodStamp()] } } }),
      trust: ['unlisted-root'],
      state: 'valid',
      codes: ['signingCredential.untrusted'],
      shows: [/signer not recognised/, /on no list you use/],
      hides: [/vouched for by/],
    },
    known('ocsp-revoked-compromise', { shows: withdrawn.shows }),
    known('ocsp-revoked-unstamped', {
      state: 'invalid',
      codes: ['signingCredential.ocsp.revoked'],
      shows: withdrawn.shows,
    }),
    known('ocsp-revoked-second', { shows: withdrawn.shows }),
    known('ocsp-good-and-revoked', { shows: withdrawn.shows }),
  ],
};
