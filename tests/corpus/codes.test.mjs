// Every status code that the core can emit: a case of the catalogue must produce it, and no good file may carry a
// failure. What pictures in JPEG and PNG cannot show is listed with the place where it is shown.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
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

const HTML = 'tests/unit/container/html_test.cpp';
const TEXT = 'tests/unit/container/text_test.cpp';
const STRUCTURED = 'tests/unit/container/text_test.cpp';
const BMFF = 'tests/unit/binding/bmff_hash_test.cpp';
const COLLECTION = 'tests/unit/binding/collection_hash_test.cpp';

/** Codes that no case of the catalogue asks for, and where their cause is tested instead. */
const ELSEWHERE = {
  'manifest.html.multipleManifests': HTML,
  'manifest.text.corruptedWrapper': TEXT,
  'manifest.text.multipleWrappers': TEXT,
  'manifest.structuredText.noManifest': STRUCTURED,
  'manifest.structuredText.emptyReference': STRUCTURED,
  'manifest.structuredText.malformedReference': STRUCTURED,
  'manifest.structuredText.multipleReferences': STRUCTURED,
  'manifest.structuredText.noResolutionPath': STRUCTURED,
  'signingCredential.ocsp.inaccessible': 'tests/unit/pki/ocsp_test.cpp',
  'timeStamp.credentialInvalid': 'tests/unit/pki/timestamp_test.cpp',
  'assertion.bmffHash.match': BMFF,
  'assertion.bmffHash.malformed': BMFF,
  'assertion.bmffHash.additionalExclusionsPresent': BMFF,
  'assertion.collectionHash.match': COLLECTION,
  'assertion.collectionHash.mismatch': COLLECTION,
  'assertion.collectionHash.malformed': COLLECTION,
  'assertion.collectionHash.invalidURI': COLLECTION,
  'assertion.collectionHash.incorrectFileCount': COLLECTION,
  'general.error': 'tests/unit/report/session_test.cpp',
};

/** Cases leave these open to validators; this one always answers so. */
const ANSWERS = {
  'manifest.inaccessible': 'stripped-xmp-left-jpeg',
  'assertion.bmffHash.mismatch': 'binding-bmff-on-jpeg',
  'ingredient.claimSignature.mismatch': 'ingredient-signature-reference-wrong',
  'ingredient.claimSignature.missing': 'redaction-old-ingredient',
  'assertion.cloud-data.actions': 'update-cloud-actions',
  'assertion.hardBinding.redacted': 'redaction-of-needed-binding',
  'signingCredential.ocsp.unknown': 'ocsp-unknown',
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
  assert.deepEqual(
    Object.values(ELSEWHERE).filter((path) => !existsSync(join(root, path))),
    [],
  );
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
