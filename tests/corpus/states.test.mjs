// What a report says beyond codes: states of asset and manifests, how every finding is worded, what stayed unchecked,
// and texts from the record that are quoted and decide nothing.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { anchors } from '../fixtures/catalog/anchors.mjs';
import { catalog } from '../fixtures/catalog.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { extractStore } from '../fixtures/edit.mjs';
import { ocspResponse } from '../fixtures/ocsp.mjs';
import { issuing, ocspCertificate, root, signer } from '../fixtures/test-pki.mjs';
import { createValidator } from '../../web/dist/node.js';
import { caseOf, clock, openValidator } from './cases.mjs';

const validator = openValidator();
after(async () => (await validator).dispose());

const reportOn = async (bytes, options = {}) => (await validator).validate(bytes, { now: clock, ...options });
const reportOf = (name) => reportOn(caseOf(name).build());
const codes = (report) => report.statuses.map((status) => status.code);

test('R-1001: trusted, valid, well-formed, invalid: what each of them lacks', async () => {
  const trusted = await reportOf('good-es256-jpeg');
  assert.deepEqual([trusted.state, trusted.manifests[0].state], ['trusted', 'trusted']);
  const valid = await reportOf('good-unlisted-jpeg');
  assert.deepEqual([valid.state, valid.manifests[0].state], ['valid', 'valid']);
  const store = await reportOn(extractStore('jpeg', signed()));
  assert.deepEqual(
    [store.state, store.manifests[0].state, store.facets.content],
    ['wellFormed', 'trusted', 'notChecked'],
  );
  const expired = await reportOn(
    signed({ manifest: { signer: signer('ES256', { notAfter: '2026-01-01T00:00:00Z' }) } }),
  );
  assert.deepEqual([expired.state, expired.manifests[0].state], ['invalid', 'invalid']);
});

test('R-1002: content that does not match is the asset’s failure, not the manifest’s', async () => {
  const report = await reportOf('pixel-flipped-jpeg');
  assert.deepEqual([report.state, report.manifests[0].state], ['invalid', 'trusted']);
});

test('R-426: texts about the claim generator are quoted and decide nothing', async () => {
  const odd = { claim_generator: 'Trusted\u202eSigner/1.0 (verified)', claim_generator_info: undefined };
  const plain = await reportOf('good-v1-jpeg');
  const report = await reportOn(
    signed({ manifest: { claimVersion: 1, sign: { x5chain: 'unprotected' }, claim: odd } }),
  );
  assert.equal(report.state, plain.state);
  assert.match(report.manifests[0].claimGeneratorText, /^Trusted.*Signer\/1\.0 \(verified\)$/);
  assert.doesNotMatch(report.manifests[0].claimGeneratorText, /\u202e/);
});

test('every finding, note and limit is worded as a sentence', async () => {
  for (const fixture of catalog.filter((_, i) => i % 7 === 0)) {
    const report = await reportOn(fixture.build(), { now: fixture.now ?? clock });
    const texts = [
      ...report.statuses.map((status) => status.explanation),
      ...report.uncovered.map((bytes) => bytes.text),
      ...report.limits.map((limit) => limit.text),
    ];
    for (const text of texts) {
      assert.match(text, /[.!?]$/, `${fixture.name}: ${text}`);
      assert.match(text, /^([A-Z“"]|[a-z]*[A-Z_.:\d/])/, `${fixture.name}: ${text}`);
    }
  }
});

test('bytes that nothing covers are named in words, the store itself too', async () => {
  const kinds = new Map();
  for (const name of ['good-es256-jpeg', 'mp4-movie-left-out', 'metadata-excluded-jpeg', 'zip-good']) {
    for (const { kind, text } of (await reportOf(name)).uncovered) kinds.set(kind, text);
  }
  assert.match(kinds.get('manifestStore'), /^The record itself/);
  assert.match(kinds.get('box:moov'), /\(moov\)/);
  assert.equal(new Set(kinds.values()).size, kinds.size);
});

const camera = signer('ES256', { ocspUrl: 'https://ocsp.example/' });
const pictureOfCamera = () => signed({ manifest: { signer: camera } });
const answerAbout = (status) =>
  ocspResponse({
    responses: [
      {
        certificate: camera.chain[0],
        issuer: issuing(),
        status,
        thisUpdate: '2026-11-22T00:00:00Z',
        nextUpdate: '2026-11-29T00:00:00Z',
      },
    ],
    responder: ocspCertificate(),
  });

/** One validation with a stand-in for the network. */
async function withNetwork(bytes, remote, answer) {
  const real = globalThis.fetch;
  const asked = [];
  globalThis.fetch = (url, init) => {
    asked.push({ url: String(url), method: init.method });
    return answer === undefined ? Promise.reject(new TypeError('no route')) : Promise.resolve(new Response(answer));
  };
  const lists = [{ name: 'root', role: 'signer', pem: anchors().root }];
  const online = await createValidator({ trust: { useDefault: false, lists }, remote });
  try {
    return { report: await online.validate(bytes, { now: clock }), asked };
  } finally {
    globalThis.fetch = real;
    online.dispose();
  }
}

const always = { ask: () => true };

test('R-841, R-836: without permission no responder is asked, and the report says so', async () => {
  const { report, asked } = await withNetwork(pictureOfCamera(), undefined, answerAbout('revoked'));
  assert.deepEqual(asked, []);
  assert.ok(codes(report).includes('signingCredential.ocsp.skipped'));
  assert.deepEqual([report.facets.revocation, report.state], ['notChecked', 'trusted']);
  assert.deepEqual(report.network, [{ kind: 'ocsp', url: 'https://ocsp.example/', outcome: 'notAllowed' }]);
});

test('R-836, R-837: with permission the responder’s answer counts', async () => {
  const good = await withNetwork(pictureOfCamera(), always, answerAbout('good'));
  assert.deepEqual(good.asked, [{ url: 'https://ocsp.example/', method: 'POST' }]);
  assert.ok(codes(good.report).includes('signingCredential.ocsp.notRevoked'));
  const revoked = await withNetwork(pictureOfCamera(), always, answerAbout('revoked'));
  assert.ok(codes(revoked.report).includes('signingCredential.ocsp.revoked'));
  assert.equal(revoked.report.state, 'invalid');
});

test('R-836: signingCredential.ocsp.inaccessible when the responder does not answer, or says nothing of use', async () => {
  for (const answer of [undefined, Buffer.from('no answer')]) {
    const { report } = await withNetwork(pictureOfCamera(), always, answer);
    assert.ok(codes(report).includes('signingCredential.ocsp.inaccessible'));
    assert.ok(!codes(report).includes('signingCredential.ocsp.skipped'));
    assert.equal(report.state, 'trusted');
  }
});

/** The published form of trust lists (ETSI TS 119 602) with one service. */
const listOf = (certificate, status, history = []) =>
  JSON.stringify({
    LoTE: {
      ListAndSchemeInformation: { ListIssueDateTime: '2026-11-01T00:00:00Z' },
      TrustedEntitiesList: [
        { TrustedEntityServices: [{ ServiceInformation: service(certificate, status), ServiceHistory: history }] },
      ],
    },
  });
const service = (certificate, status) => ({
  ServiceDigitalIdentity: { X509Certificates: [{ val: certificate.der.toString('base64') }] },
  ServiceStatus: `https://lists.example/status/${status.replace(/@.*/, '')}`,
  StatusStartingTime: status.replace(/^.*@/, ''),
});

test('R-740, R-741: a trust list in JSON, of authorities that count and of one that no longer does', async () => {
  const stateWith = async (list) => {
    const judge = await createValidator({
      trust: { useDefault: false, lists: [{ name: 'list', role: 'signer', pem: list }] },
    });
    const { state } = await judge.validate(signed(), { now: clock });
    judge.dispose();
    return state;
  };
  const earlier = service(root(), 'trusted@2010-01-01T00:00:00Z');
  assert.equal(await stateWith(listOf(root(), 'trusted@2020-01-01T00:00:00Z')), 'trusted');
  assert.equal(await stateWith(listOf(root(), 'untrusted@2020-01-01T00:00:00Z', [earlier])), 'valid');
  assert.equal(await stateWith(listOf(root(), 'trusted@2026-12-01T00:00:00Z')), 'valid');
});
