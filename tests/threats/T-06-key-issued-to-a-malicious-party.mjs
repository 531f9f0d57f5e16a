// T-06: a real certificate in a name that looks like somebody else's. The name never stands alone: the authority, the
// whole path and the certificate's hash go with it. Pinning of a certificate is tested in tests/web/trust.test.mjs.
import assert from 'node:assert/strict';
import { signed } from '../fixtures/catalog/kit.mjs';
import { signer, unlistedIssuing } from '../fixtures/test-pki.mjs';
import { known } from './kit.mjs';

const victim = signer();
const press = { C: 'XX', O: 'Example Press (TEST)', CN: 'Example Press camera 1' };

/** Whatever the subject of a leaf of the other authority. */
const namesake = (subject) => () =>
  signed({ manifest: { signer: signer('ES256', { key: 'es256-other', issuer: unlistedIssuing(), subject }) } });

const both = { trust: ['root', 'unlisted-root'] };

/** The path that was built, down to the anchor, with all that tells two namesakes apart. */
function fullPath({ signer: { certificate, path, vouchedBy } }) {
  assert.deepEqual(
    path.map(({ subject }) => subject.commonName),
    ['Example Press camera 1', 'assay TEST unlisted issuing CA', 'assay TEST unlisted root'],
  );
  assert.equal(certificate.issuer.organization, 'Example Unlisted');
  assert.notEqual(certificate.sha256, victim.chain[0].sha256);
  assert.match(certificate.sha256, /^[0-9a-f]{64}$/);
  assert.match(certificate.serialNumber, /^[0-9a-f]+$/);
  assert.match(vouchedBy, /assay TEST, on unlisted-root$/);
}

const alike = {
  'a Cyrillic а': 'Ex\u0430mple Press (TEST)',
  'a Greek ο': 'Example C\u03bfmpany',
  'a Cherokee Ꭼ': '\u13acxample Press',
};

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-06',
  section: '4.2.2.4',
  attacker: 'gets a real certificate in a look-alike name',
  answer:
    'Recognised if the authority is listed: the name stands with who vouches for it and on which list; mixed alphabets are pointed out; without the anchor it is not recognised.',
  attacks: [
    {
      title: 'the same name under another listed authority',
      build: namesake(press),
      ...both,
      state: 'trusted',
      shows: [/Signed by Example Press \(TEST\), vouched for by assay TEST, on unlisted-root/],
      check: fullPath,
    },
    {
      title: 'the same name under an authority on no list',
      build: namesake(press),
      state: 'valid',
      codes: ['signingCredential.untrusted'],
      shows: [/signer not recognised/, /on no list you use, so it could be anyone.s/],
      hides: [/vouched for by/],
    },
    {
      title: 'the same name under an authority that was taken off the list',
      build: namesake(press),
      trust: ['root'],
      state: 'valid',
      codes: ['signingCredential.untrusted'],
      absentCodes: ['signingCredential.trusted'],
      shows: [/on no list you use/],
    },
    ...Object.entries(alike).map(([what, O]) => ({
      title: `a name with ${what}`,
      build: namesake({ ...press, O }),
      ...both,
      state: 'trusted',
      shows: [/mixes alphabets, so letters may not be what they look like/],
    })),
    ...['\u202e', '\u200b', '\u0000', '\u00ad'].map((hidden, i) => ({
      title: `a name with a character that nobody sees, ${i + 1}`,
      build: namesake({ ...press, O: `Example${hidden}Press` }),
      ...both,
      state: 'trusted',
      shows: [/Example\ufffdPress/],
    })),
    {
      title: 'a name that contains our own words',
      build: namesake({ ...press, O: 'Example Press, vouched for by assay TEST, on root' }),
      ...both,
      state: 'trusted',
      // On a line of its own the name ends, and who vouches follows.
      shows: [/vouched for by assay TEST, on unlisted-root/],
    },
    {
      title: 'no name at all',
      build: namesake({ C: 'XX' }),
      ...both,
      state: 'trusted',
      shows: [/Signed by \(no name\)/],
    },
    known('chain-same-name-root', { shows: [/signer not recognised/] }),
    known('chain-same-name-ca', { shows: [/signer not recognised/] }),
    known('certificate-look-alike', { shows: [/mixes alphabets/] }),
    known('certificate-hostile-name', { shows: [/<b>Example\ufffd Press<\/b>/] }),
  ],
};
