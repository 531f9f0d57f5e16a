// Every status code that the core can emit: a case of the catalogue must produce it, and no good file may carry a
// failure. What no file alone can show is listed with the test that shows it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { catalog } from '../fixtures/catalog.mjs';
import { root } from '../web/bundle.mjs';
import { clock, openValidator } from './cases.mjs';

const validator = openValidator();
after(async () => (await validator).dispose());

const definitions = readFileSync(join(root, 'src/validate/status.def'), 'utf8');
const kinds = new Map(
  [...definitions.matchAll(/^ASSAY_STATUS\(\w+,\s*"([^"]+)",\s*(\w+)\)/gm)].map(([, code, kind]) => [code, kind]),
);

const STREAM = 'tests/corpus/stream.test.mjs';

/** Codes that no case of the catalogue asks for, and the test that does. */
const ELSEWHERE = {
  'signingCredential.ocsp.inaccessible': 'tests/corpus/states.test.mjs',
  'livevideo.init.invalid': STREAM,
  'livevideo.manifest.invalid': STREAM,
  'livevideo.segment.invalid': STREAM,
  'livevideo.assertion.invalid': STREAM,
  'livevideo.continuityMethod.invalid': STREAM,
};

/** Cases leave these open to validators; this one always answers so. */
const ANSWERS = {
  'ingredient.claimSignature.mismatch': 'ingredient-signature-reference-wrong',
  'ingredient.claimSignature.missing': 'redaction-old-ingredient',
  'assertion.cloud-data.actions': 'update-cloud-actions',
  'assertion.hardBinding.redacted': 'redaction-of-needed-binding',
  'signingCredential.ocsp.unknown': 'ocsp-unknown',
  'general.error': 'two-stores-same-jpeg',
};

const asked = new Set(catalog.flatMap((fixture) => fixture.codes ?? []));

test('every code is asked for by a case, or it is said where it is shown', () => {
  const missing = [...kinds.keys()].filter((code) => !asked.has(code) && !(code in ELSEWHERE) && !(code in ANSWERS));
  assert.deepEqual(missing, []);
  assert.equal(kinds.size, definitions.match(/^ASSAY_STATUS\(/gm).length, 'a line of status.def was not understood');
});

test('nothing is excused that a case asks for, or that does not exist', () => {
  const excused = [...Object.keys(ELSEWHERE), ...Object.keys(ANSWERS)];
  assert.deepEqual(
    excused.filter((code) => asked.has(code) || !kinds.has(code)),
    [],
  );
  for (const [code, path] of Object.entries(ELSEWHERE)) {
    assert.ok(readFileSync(join(root, path), 'utf8').includes(`'${code}'`), `${path} does not ask for ${code}`);
  }
});

for (const [code, name] of Object.entries(ANSWERS)) {
  test(`${code} is the answer to ${name}`, async () => {
    const fixture = catalog.find((one) => one.name === name);
    const report = await (await validator).validate(fixture.build(), { now: fixture.now ?? clock });
    assert.ok(report.statuses.some((status) => status.code === code && status.kind === kinds.get(code)));
  });
}

const good = catalog.filter(
  (fixture) => fixture.name.startsWith('good-') && fixture.state === 'trusted' && !fixture.trust,
);

test('no good file carries a failure', async () => {
  assert.ok(good.length > 20);
  for (const fixture of good) {
    const report = await (await validator).validate(fixture.build(), { now: fixture.now ?? clock });
    const failures = report.statuses.filter((status) => status.kind === 'failure').map((status) => status.code);
    assert.deepEqual(failures, [], fixture.name);
  }
});
