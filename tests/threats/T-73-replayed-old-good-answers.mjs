// T-73: answers are public. A genuine "good" from before the revocation proves nothing about the time of signing.
import { ocspResponse } from '../fixtures/ocsp.mjs';
import { goodStamp } from '../fixtures/catalog/good.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { editBox, extractStore, replaceStore } from '../fixtures/edit.mjs';
import { issuing, ocspCertificate, signer } from '../fixtures/test-pki.mjs';
import { known } from './kit.mjs';

const camera = signer('ES256', { ocspUrl: 'http://ocsp.example/' });
const answer = (status, thisUpdate, nextUpdate) =>
  ocspResponse({
    responder: ocspCertificate(),
    responses: [
      {
        certificate: camera.chain[0],
        issuer: issuing(),
        status,
        revokedAt: '2025-01-01T00:00:00Z',
        thisUpdate,
        nextUpdate,
      },
    ],
  });

const old = answer('good', '2024-06-01T00:00:00Z', '2024-06-08T00:00:00Z');
const dayBefore = answer('good', '2025-05-24T00:00:00Z', '2025-05-31T00:00:00Z');
const endless = answer('good', '2024-06-01T00:00:00Z', undefined);

const stapled = (...ocsp) =>
  signed({ manifest: { signer: camera, sign: { ocsp, timeStamps: [goodStamp()], reserve: 9000 } } });

const ignored = {
  state: 'trusted',
  codes: ['signingCredential.ocsp.skipped'],
  absentCodes: ['signingCredential.ocsp.notRevoked'],
  shows: [/Not checked whether the certificate was withdrawn/],
  hides: [/the certificate had not been withdrawn/],
};

/** Without a key: the unprotected header gets another answer of the same length. */
const exchanged = (from, to) => (bytes) =>
  replaceStore(
    'jpeg',
    bytes,
    editBox(extractStore('jpeg', bytes), ['', 'c2pa.signature'], (box) => {
      const at = box.indexOf(from);
      if (at < 0 || from.length !== to.length) throw new Error('the answers cannot be exchanged');
      to.copy(box, at);
      return box;
    }),
  );

const current = answer('good', '2025-06-02T00:00:00Z', '2025-06-09T00:00:00Z');

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-73',
  attacker: 'staples a genuine answer from before the certificate was revoked',
  answer: 'An answer counts only for the time it speaks of; otherwise revocation was not checked, and that is said.',
  attacks: [
    { title: 'an answer from a year before', build: () => stapled(old), ...ignored },
    { title: 'an answer that ended the day before', build: () => stapled(dayBefore), ...ignored },
    { title: 'an old answer without an end', build: () => stapled(endless), ...ignored },
    { title: 'all three', build: () => stapled(old, dayBefore, endless), ...ignored },
    {
      title: 'the answer of a finished file is exchanged for an old one',
      before: () => stapled(current),
      edit: exchanged(current, old),
      ...ignored,
    },
    known('ocsp-good-and-revoked', { shows: [/was withdrawn on 2025-01-01/] }),
    known('ocsp-old-good', ignored),
  ],
};
