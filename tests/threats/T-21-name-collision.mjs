// T-21: two signers of one name. Both names may be true, so nothing is refused; what tells them apart is always there.
import assert from 'node:assert/strict';
import { signed } from '../fixtures/catalog/kit.mjs';
import { certificate } from '../fixtures/pki.mjs';
import { root, signer, unlistedIssuing } from '../fixtures/test-pki.mjs';
import { known, reportOn, textOf } from './kit.mjs';

const subject = { C: 'XX', O: 'Example Press (TEST)', CN: 'Example Press camera 1' };
const trust = ['root', 'unlisted-root'];

const secondCa = () =>
  certificate({
    key: 'es384',
    subject: { C: 'XX', O: 'Second CA', CN: 'second CA' },
    issuer: root(),
    ca: true,
    pathLen: 0,
  });

const namesakes = {
  'under another root': () => signer('ES256', { key: 'es256-other', issuer: unlistedIssuing(), subject }),
  'under another authority of the same root': () =>
    signer('ES256', { key: 'es256-other', issuer: secondCa(), subject }),
  'of the same authority, with another key': () => signer('ES256', { key: 'es256-other', subject }),
};

/** What a reader has to tell the two apart. */
async function tellsApart(report) {
  const first = await reportOn(signed(), { trust });
  const [a, b] = [first, report].map(({ signer: { certificate: c } }) => c);
  assert.equal(report.signer.name, first.signer.name);
  assert.notEqual(a.sha256, b.sha256);
  assert.ok(a.serialNumber !== b.serialNumber || JSON.stringify(a.issuer) !== JSON.stringify(b.issuer));
}

const similar = ['Example Press (TEST) ', 'EXAMPLE PRESS (TEST)', 'Example-Press (TEST)', 'Ехаmрlе Рrеss (TEST)'];

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-21',
  attacker: 'signs under a name that somebody else has, too, or one that looks like it',
  answer:
    'Issuer, serial number and hash of the certificate and the path to the list go with every name; letters of several alphabets are pointed out.',
  attacks: [
    ...Object.entries(namesakes).map(([what, by]) => ({
      title: `a namesake ${what}`,
      build: () => signed({ manifest: { signer: by() } }),
      trust,
      state: 'trusted',
      shows: [/Signed by Example Press \(TEST\), vouched for by assay TEST, on (root|unlisted-root)\./],
      check: tellsApart,
    })),
    {
      title: 'a namesake on no list',
      build: () => signed({ manifest: { signer: namesakes['under another root']() } }),
      state: 'valid',
      codes: ['signingCredential.untrusted'],
      shows: [/That name is on no list you use, so it could be anyone.s/],
    },
    ...similar.map((O, i) => ({
      title: `a name that looks alike, ${i + 1}`,
      build: () =>
        signed({
          manifest: {
            signer: signer('ES256', { key: 'es256-other', issuer: unlistedIssuing(), subject: { ...subject, O } }),
          },
        }),
      trust,
      state: 'trusted',
      check: (report) => assert.match(textOf(report), i === 3 ? /mixes alphabets/ : /on unlisted-root/),
    })),
    known('certificate-look-alike', { shows: [/mixes alphabets/] }),
  ],
};
