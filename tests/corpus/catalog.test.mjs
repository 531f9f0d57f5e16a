// The fixture catalogue through the package: every case that the project makes itself, with the codes it must
// and must not produce. The name of a test begins with the requirements it is about.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { anchors } from '../fixtures/catalog/anchors.mjs';
import { catalog } from '../fixtures/catalog.mjs';
import { createValidator } from '../../web/dist/node.js';

const pems = anchors();
const validators = new Map();
const clock = '2026-11-23T00:00:00Z';

function validatorFor({ trust = ['root'], tsaTrust = ['tsa-root'], identityTrust = [] }) {
  const key = JSON.stringify([trust, tsaTrust, identityTrust]);
  const lists = [
    ...trust.map((name) => ({ name, role: 'signer', pem: pems[name] })),
    ...tsaTrust.map((name) => ({ name, role: 'timestamp', pem: pems[name] })),
    ...identityTrust.map((name) => ({ name: 'people', role: 'identity', pem: pems[name] })),
  ];
  if (!validators.has(key)) validators.set(key, createValidator({ trust: { useDefault: false, lists } }));
  return validators.get(key);
}

after(async () => {
  for (const validator of validators.values()) (await validator).dispose();
});

/** The fields that are expected of each entry of a list, and no entry more or less. */
function assertEntries(found, expected, what) {
  const shown = found.map((entry, i) => {
    const wanted = Object.keys(expected[i] ?? {});
    const value = (key) => (key === 'references' ? entry.referencedBy.length : entry[key]);
    return Object.fromEntries(wanted.map((key) => [key, value(key)]));
  });
  assert.deepEqual(shown, expected, `${what}: ${JSON.stringify(found, null, 1)}`);
}

/** T-09: whoever is attached is named in that entry and nowhere else, whatever the file does. */
function assertNamedOnce({ attached, ...rest }) {
  const text = JSON.stringify(rest);
  for (const { subject } of attached)
    assert.ok(subject === '' || !text.includes(subject), `${subject} stands elsewhere`);
}

for (const fixture of catalog) {
  test(`${fixture.tags.join(' ')}: ${fixture.title} (${fixture.name})`, async () => {
    const validator = await validatorFor(fixture);
    const report = await validator.validate(fixture.build(), { now: fixture.now ?? clock });
    const codes = report.statuses.map((status) => status.code);
    const shown = codes.join(' ');
    assert.ok((fixture.states ?? [fixture.state]).includes(report.state), `${report.state}: ${shown}`);
    for (const code of fixture.codes ?? []) assert.ok(codes.includes(code), `no ${code} in ${shown}`);
    for (const code of fixture.absentCodes ?? []) assert.ok(!codes.includes(code), `${code} in ${shown}`);
    const any = fixture.anyCodes ?? [];
    assert.ok(any.length === 0 || any.some((code) => codes.includes(code)), `none of ${any.join(' ')} in ${shown}`);
    for (const [code, pattern] of Object.entries(fixture.says ?? {})) {
      assert.match(report.statuses.find((status) => status.code === code)?.explanation ?? '', pattern);
    }
    assert.equal(report.asset.alsoPointsTo, fixture.alsoPointsTo);
    if (fixture.attached) assertEntries(report.attached, fixture.attached, 'attached');
    if (fixture.identities) assertEntries(report.identities, fixture.identities, 'identities');
    const active = report.manifests[0];
    for (const [label, details] of Object.entries(fixture.details ?? {})) {
      assert.deepEqual(active.assertions.find((assertion) => assertion.label === label)?.details, details, label);
    }
    if (fixture.actionIngredients) {
      const linked = active.actions.map(({ ingredients }) =>
        ingredients.map((url) => url.slice(url.lastIndexOf('/') + 1)),
      );
      assert.deepEqual(linked, fixture.actionIngredients);
    }
    assertNamedOnce(report);
    // Every report lists the store itself, which no hash covers.
    const others = report.uncovered.filter((bytes) => bytes.kind !== 'manifestStore');
    if (fixture.uncovered) assert.notEqual(others.length, 0, 'bytes nobody vouches for are not reported');
  });
}
