// The JSON Schema of the report: hand-written reports fit, and deviations do not.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { reportSchema } from './schema.mjs';
import { root } from './bundle.mjs';
import { reports } from './reports.mjs';

for (const [headline, make] of Object.entries(reports)) {
  test(`a report with the headline "${headline}" fits the schema`, () => {
    assert.deepEqual(reportSchema(make()), []);
  });
}

for (const [what, change] of [
  ['an unknown headline', (report) => (report.headline = 'verified')],
  ['a signer that is missing', (report) => delete report.signer],
  ['an extra field', (report) => (report.manifests[0].assertions[0].verdict = 'good')],
  ['a time that is not UTC', (report) => (report.evaluatedAt = '2026-11-23T10:00:00+01:00')],
  ['no summary', (report) => (report.summary = [])],
  ['an identity in the signer’s place', (report) => (report.signer = report.identities[0])],
]) {
  test(`the schema refuses ${what}`, () => {
    const report = reports.recognised();
    change(report);
    assert.notDeepEqual(reportSchema(report), []);
  });
}

test('schema and types list the same fields', () => {
  const schema = JSON.parse(readFileSync(join(root, 'web/schema/assay-report-1.schema.json'), 'utf8'));
  const source = (name) => readFileSync(join(root, 'web/src', name), 'utf8').replace(/\/\*\*[^]*?\*\//g, '');
  const types = source('report.ts') + source('assertion.ts');
  const fieldsOf = (name) => {
    const body = new RegExp(`interface ${name}(?: extends (\\w+))? \\{([^]*?)\\n\\}`).exec(types);
    const own = [...body[2].matchAll(/^ {2}(\w+)\??:/gm)].map((match) => match[1]);
    return body[1] ? [...fieldsOf(body[1]), ...own] : own;
  };
  const pairs = {
    Facets: 'facets',
    Sentence: 'sentence',
    Name: 'name',
    CertificateInfo: 'certificate',
    ListReference: 'listReference',
    Signer: 'signer',
    TimeInfo: 'time',
    Status: 'status',
    Assertion: 'assertion',
    Action: 'action',
    Ingredient: 'ingredient',
    Delta: 'delta',
    Manifest: 'manifest',
    Identity: 'identity',
    VerifiedIdentity: 'verifiedIdentity',
    Attached: 'attached',
    Origin: 'origin',
    Stream: 'stream',
    StreamSegment: 'segment',
    Uncovered: 'uncovered',
    LimitHit: 'limit',
    NetworkUse: 'network',
    TrustListInfo: 'trustList',
  };
  const union = /type Details =([^;]+);/.exec(types)[1];
  const kinds = [...union.matchAll(/(\w+Details)/g)].map(([name]) => [name, name[0].toLowerCase() + name.slice(1)]);
  assert.deepEqual(
    schema.$defs.details.oneOf.map(({ $ref }) => $ref),
    kinds.map(([, definition]) => `#/$defs/${definition}`),
  );
  const parts = { SoftBindingBlock: 'softBindingBlock', TrainingMiningEntry: 'trainingMiningEntry' };
  Object.assign(pairs, Object.fromEntries(kinds), parts, { SessionKey: 'sessionKey' });
  for (const [type, definition] of Object.entries(pairs)) {
    const properties = Object.keys(schema.$defs[definition].properties).sort();
    assert.deepEqual(properties, fieldsOf(type).sort(), type);
  }
  assert.deepEqual(Object.keys(schema.properties).sort(), fieldsOf('Report').sort());
});
