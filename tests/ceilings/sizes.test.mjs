// Sizes of our own choosing (ASSAY_SIZE): what is larger is cut or refused where everybody sees it, and no limit has to
// be named for it.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { actions } from '../fixtures/assertions.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { certificate, testKey } from '../fixtures/pki.mjs';
import { issuing, root as rootCertificate, signer, signerCertificate } from '../fixtures/test-pki.mjs';
import { root } from '../web/bundle.mjs';
import { answers, did, stating, aggregated } from './identities.mjs';
import { Desk, native } from './kit.mjs';

const source = readFileSync(join(root, 'src/base/limits.def'), 'utf8');
const written = (name) => new RegExp(`ASSAY_SIZE\\(\\w+, ${name}, ([^)]+)\\)`).exec(source)[1];
const product = (text) =>
  text.split('<<').reduce((value, by) => (value === null ? parseInt(by) : value << parseInt(by)), null);
const size = (name) => product(written(name));

const options = { skip: existsSync(native) ? false : 'the native build is not there: run `npm test -- native`' };

describe('sizes', options, () => {
  let desk;
  before(() => (desk = new Desk()));
  after(() => desk.clear());
  const reportOn = async (file, entry = {}) => JSON.parse(await desk.report(entry, file));
  const has = (report, code) => JSON.stringify(report).includes(`"code":"${code}"`);

  test('rsa_bits: a signer, and an issuer', async () => {
    const most = size('rsa_bits');
    const modulusLength = most + 8;
    for (const [key, own, issued] of [
      [testKey(`rsa${most}`), 'trusted', 'trusted'],
      [generateKeyPairSync('rsa', { modulusLength }).privateKey, 'invalid', 'valid'],
    ]) {
      const chain = [signerCertificate({ key }), issuing()];
      const by = await reportOn(signed({ manifest: { signer: { alg: 'PS256', key, chain } } }));
      assert.equal(by.state, own);
      const issuer = certificate({ key, subject: { CN: 'assay TEST RSA' }, issuer: rootCertificate(), ca: true });
      const under = await reportOn(signed({ manifest: { signer: signer('ES256', { issuer }) } }));
      assert.equal(under.state, issued);
      assert.deepEqual([by.limits, under.limits], [[], []]);
    }
  });

  test('shown_text_bytes: a longer title ends in an ellipsis', async () => {
    const most = size('shown_text_bytes');
    for (const [length, shown] of [
      [most, 'x'.repeat(most)],
      [most + 1, `${'x'.repeat(most - 3)}…`],
    ]) {
      const report = await reportOn(signed({ manifest: { title: 'x'.repeat(length) } }));
      assert.equal(report.state, 'trusted');
      assert.equal(report.manifests[0].title, shown);
      assert.deepEqual(report.limits, []);
    }
  });

  test('detail_entries: a longer list says that it goes on, and its data has all of it', async () => {
    const most = size('detail_entries');
    for (const length of [most, most + 1]) {
      const json = Object.fromEntries(Array.from({ length }, (_, i) => [`exif:Field${i}`, i]));
      const report = await reportOn(signed({ manifest: { assertions: [actions(), { label: 'stds.exif', json }] } }));
      const { details, data } = report.manifests[0].assertions.find(({ label }) => label === 'stds.exif');
      assert.equal(report.state, 'trusted');
      assert.equal(Object.keys(data).length, length);
      assert.equal(details.fields.length, most);
      assert.deepEqual(details.unread, length > most ? ['fields'] : undefined);
    }
  });

  test('did_document_bytes: a longer answer is as good as none', async () => {
    const withSize = (body, length) => Buffer.concat([body, Buffer.alloc(length - body.length, ' ')]);
    const file = stating((binding) => [aggregated({ issuer: did })(binding)])();
    const [url] = Object.keys(answers);
    for (const more of [0, 1]) {
      const body = withSize(answers[url], size('did_document_bytes') + more);
      const report = await reportOn(file, { answers: { [url]: body } });
      assert.equal(has(report, 'cawg.ica.credential_valid'), more === 0);
      assert.equal(has(report, 'cawg.ica.did_unavailable'), more === 1);
    }
  });
});
