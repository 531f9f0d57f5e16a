// crJSON: its shape, rule by rule, on fixtures; and against the official schema on all files of the corpus.
import Ajv from 'ajv/dist/2020.js';
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { root } from '../web/bundle.mjs';
import { createValidator } from '../../web/dist/node.js';
import { signed } from '../fixtures/catalog/kit.mjs';
import { assets, corpus, now, present, read, trust } from './corpus.mjs';
import { caseOf, clock, openValidator } from './cases.mjs';

const validator = openValidator();
after(async () => (await validator).dispose());

const render = async (bytes) => JSON.parse(await (await validator).render(bytes, 'crjson', { now: clock }));
const crjsonOf = (name) => render(caseOf(name).build());
const results = (manifest) => manifest.validationResults;
const codes = (list) => list.map((status) => status.code);

test('R-1020: the root names vocabulary, manifests and generator', async () => {
  const json = await crjsonOf('good-es256-jpeg');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  assert.equal(json['@context']['@vocab'], 'https://c2pa.org/crjson/');
  assert.deepEqual(json.jsonGenerator, { name: 'assay', version });
  for (const key of Object.keys(json).filter((name) => !['@context', 'manifests', 'jsonGenerator'].includes(name))) {
    assert.ok(key in json['@context'], `${key} is not declared`);
  }
});

test('R-1021: every manifest, the active one first, with one claim each', async () => {
  const { manifests } = await crjsonOf('ingredient-three-generations');
  assert.equal(manifests.length, 3);
  assert.equal(manifests[0].ingredientDeltas.length, 1);
  assert.match(manifests[0].ingredientDeltas[0].ingredientAssertionURI, /^self#jumbf=\/c2pa\//);
  const known = ['label', 'assertions', 'claim', 'claim.v2', 'signature', 'validationResults', 'ingredientDeltas'];
  for (const manifest of manifests) {
    assert.equal(['claim', 'claim.v2'].filter((name) => name in manifest).length, 1);
    assert.deepEqual(
      Object.keys(manifest).filter((name) => !known.includes(name)),
      [],
    );
  }
});

test('R-1010, R-1012, R-1022: results stand with their manifest, in three lists, with absolute URLs', async () => {
  const { manifests } = await crjsonOf('ingredient-unlisted-parent');
  const [active, parent] = manifests.map(results);
  assert.equal(active.validationTime, clock);
  assert.match(active.specVersion, /^2\.\d+\.\d+$/);
  assert.ok(codes(active.success).includes('signingCredential.trusted'));
  assert.deepEqual(codes(active.failure), []);
  assert.deepEqual(codes(parent.failure), ['signingCredential.untrusted']);
  for (const status of [...active.success, ...parent.failure]) {
    assert.match(status.url, /^self#jumbf=\/c2pa\//);
    assert.deepEqual(Object.keys(status), ['code', 'url', 'explanation']);
  }
});

test('R-1023: byte strings, maps and what cannot be decoded', async () => {
  const [manifest] = (await crjsonOf('good-es256-jpeg')).manifests;
  assert.match(manifest.assertions['c2pa.hash.data'].hash, /^b64'[A-Za-z0-9+/]+=*$/);
  assert.equal(manifest.assertions['c2pa.actions.v2'].actions[0].action, 'c2pa.created');
  const [broken] = (await crjsonOf('good-custom-broken-cbor')).manifests;
  assert.ok(Object.values(broken.assertions).some((content) => Object.keys(content).length === 0));
});

test('R-1025: claims of both versions', async () => {
  const claim = (await crjsonOf('good-es256-jpeg')).manifests[0]['claim.v2'];
  assert.deepEqual([claim.gathered_assertions, claim.redacted_assertions], [[], []]);
  assert.ok(claim.created_assertions.length > 1 && claim.claim_generator_info.name !== '');
  const old = (await crjsonOf('good-v1-jpeg')).manifests[0].claim;
  assert.ok(old.assertions.length > 1 && old.claim_generator_info.length > 0);
  assert.equal(old['dc:format'], 'image/jpeg');
});

test('R-426, R-427, R-1025: a claim is given whole: the generator with all that it says, the soft-binding algorithm', async () => {
  const info = {
    name: 'assay test fixtures',
    version: '1.0',
    specVersion: '2.4',
    operating_system: 'none',
    'org.example.build': { number: 7 },
  };
  const spec = { manifest: { claim: { claim_generator_info: info, alg_soft: 'com.example.wm' } } };
  const [{ 'claim.v2': claim }] = (await render(signed(spec))).manifests;
  assert.deepEqual(claim.claim_generator_info, info);
  assert.equal(claim.alg_soft, 'com.example.wm');
  const old = {
    claimVersion: 1,
    sign: { x5chain: 'unprotected' },
    claim: { claim_generator_info: [info, { name: 'b' }] },
  };
  const [{ claim: first }] = (await render(signed({ manifest: old }))).manifests;
  assert.deepEqual(first.claim_generator_info, [info, { name: 'b' }]);
  assert.equal(first.claim_generator, 'assay_test_fixtures/1.0');
});

test('R-426, R-1029: fields of a generator that are not what the schema wants are left out', async () => {
  const odd = { name: 'odd', version: 7, operating_system: ['a'], icon: { url: 'x' } };
  const [{ 'claim.v2': claim }] = (await render(signed({ manifest: { claim: { claim_generator_info: odd } } })))
    .manifests;
  assert.deepEqual(claim.claim_generator_info, { name: 'odd' });
});

test('R-1026: the signature names algorithm, leaf and validity', async () => {
  const { signature } = (await crjsonOf('good-es384-jpeg')).manifests[0];
  assert.equal(signature.algorithm, 'ES384');
  assert.match(signature.certificateInfo.validity.notAfter, /^\d{4}-\d\d-\d\dT/);
  assert.notDeepEqual(signature.certificateInfo.subject, {});
});

test('R-1026, A-25: a time-stamp is spelt as in the schema, with its time and the authority', async () => {
  const { signature, validationResults } = (await crjsonOf('time-good')).manifests[0];
  assert.equal(signature.timestampInfo, undefined);
  assert.match(signature.timeStampInfo.timestamp, /^\d{4}-\d\d-\d\dT/);
  assert.notDeepEqual(signature.timeStampInfo.certificateInfo.subject, {});
  assert.ok(validationResults.specVersion && validationResults.validationTime);
});

test('R-1027: deltas of ingredients stand in the manifest that names them', async () => {
  const [active] = (await crjsonOf('ingredient-bad-parent-recorded')).manifests;
  const { failure } = active.ingredientDeltas[0].validationDeltas;
  assert.ok(codes(failure).includes('claimSignature.mismatch'));
});

test('R-1028: one run with lists and a time gives all that the harness reads', async () => {
  const text = await (await validator).render(caseOf('good-es256-png').build(), 'crjson', { now: clock });
  assert.equal(text, await (await validator).render(caseOf('good-es256-png').build(), 'crjson', { now: clock }));
});

test('R-1029: what the schema has no place for stands apart, and nothing is left out', async () => {
  const unknown = await crjsonOf('good-unknown-claim-field');
  assert.notDeepEqual(unknown.assay.otherClaimFields, []);
  const claimless = await crjsonOf('claim-not-a-map');
  assert.deepEqual(claimless.manifests, []);
  assert.equal(claimless.assay.state, 'invalid');
  assert.notDeepEqual(claimless.assay.otherManifests[0].validationResults.failure, []);
  const none = await crjsonOf('none-jpeg');
  assert.deepEqual([none.manifests, none.assay.state], [[], 'none']);
});

const schemaPath = join(corpus, 'expected/crJSON-schema.json');

test('crJSON of the corpus fits the official schema', async (t) => {
  if (!present || !existsSync(schemaPath)) {
    t.diagnostic('0 files checked: the open corpus is not beside the checkout');
    return;
  }
  const ajv = new Ajv({ strict: false });
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
  ajv.addFormat('uri', /^[a-z][a-z0-9+.-]*:/i);
  const fits = ajv.compile(JSON.parse(readFileSync(schemaPath, 'utf8')));
  const all = assets();
  const judge = await createValidator({ trust: trust() });
  const wrong = [];
  for (const { file, mime } of all) {
    const json = JSON.parse(await judge.render(read(file), 'crjson', { now, type: mime }));
    if (!fits(json)) wrong.push(`${file}: ${ajv.errorsText(fits.errors)}`);
  }
  judge.dispose();
  t.diagnostic(`${all.length} files checked`);
  assert.deepEqual(wrong, []);
  assert.notEqual(all.length, 0);
});
