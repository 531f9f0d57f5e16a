// What a host may say about whom to rely on, through the package: switches, own certificates, legacy lists.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { goodStamp } from '../fixtures/catalog/good.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { ocspResponse } from '../fixtures/ocsp.mjs';
import { issuing, ocspCertificate, root, signer, tsa, tsaRoot } from '../fixtures/test-pki.mjs';
import { createValidator } from '../../web/dist/node.js';

const now = '2026-11-23T00:00:00Z';
const camera = signer();
const picture = signed({ manifest: { signer: camera, sign: { timeStamps: [goodStamp()] } } });
const sha256 = (certificate, encoding) => createHash('sha256').update(certificate.der).digest(encoding);

async function reportOn(file, ...lists) {
  const validator = await createValidator({ trust: { useDefault: false, lists } });
  const report = await validator.validate(file, { now });
  validator.dispose();
  return report;
}
const reportWith = (...lists) => reportOn(picture, ...lists);

const rootList = { name: 'studio', role: 'signer', pem: root().pem };

test('T-06: an authority that is switched off does not count', async () => {
  assert.equal((await reportWith(rootList)).state, 'trusted');
  const without = [sha256(root(), 'hex')];
  const report = await reportWith({ ...rootList, pem: `${root().pem}\n${tsaRoot().pem}`, without });
  assert.equal(report.state, 'valid');
  assert.equal(report.facets.signer, 'unrecognised');
});

test('a switch that is no fingerprint is refused, not overlooked', async () => {
  await assert.rejects(reportWith({ ...rootList, without: ['the root'] }), TypeError);
});

test('R-732: a list that the host calls legacy is called so wherever it counts', async () => {
  const report = await reportWith({ ...rootList, legacy: true });
  assert.equal(report.signer.list.legacy, true);
  assert.match(report.signer.vouchedBy, /on studio \(a legacy trust list\)$/);
  assert.match(report.summary[0].text, /legacy/);
  assert.equal((await reportWith(rootList)).signer.list.legacy, undefined);
});

for (const role of ['allowed', 'addressBook']) {
  test(`R-735: ${role}: the certificate itself is trusted, as PEM or by its digest`, async () => {
    for (const pem of [camera.chain[0].pem, sha256(camera.chain[0], 'base64')]) {
      const report = await reportWith({ name: 'mine', role, pem });
      assert.equal(report.state, 'trusted');
      assert.equal(report.facets.signer, 'addressBook');
      assert.match(report.signer.vouchedBy, /your own list/);
    }
    const off = await reportWith({
      name: 'mine',
      role,
      pem: camera.chain[0].pem,
      without: [sha256(camera.chain[0], 'hex')],
    });
    assert.equal(off.state, 'valid');
  });

  test(`R-735 T-04: ${role}: a listed certificate that was revoked is no longer trusted`, async () => {
    const single = {
      certificate: camera.chain[0],
      issuer: issuing(),
      status: 'revoked',
      thisUpdate: '2025-06-02T00:00:00Z',
    };
    const answer = ocspResponse({
      responder: ocspCertificate(),
      responses: [{ ...single, revokedAt: '2025-01-01T00:00:00Z', nextUpdate: '2025-06-09T00:00:00Z' }],
    });
    const file = signed({ manifest: { signer: camera, sign: { ocsp: [answer] } } });
    const report = await reportOn(file, { name: 'mine', role, pem: camera.chain[0].pem });
    assert.equal(report.state, 'invalid');
    assert.ok(report.statuses.some((status) => status.code === 'signingCredential.ocsp.revoked'));
  });

  test(`R-735: ${role}: never as an authority, never for time-stamps`, async () => {
    assert.equal((await reportWith({ name: 'mine', role, pem: issuing().pem })).state, 'valid');
    const report = await reportWith(rootList, { name: 'mine', role, pem: tsa().chain[0].pem });
    assert.equal(report.facets.time, 'untrustedTimestamp');
  });
}
