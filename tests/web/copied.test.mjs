// T-09, R-1007, R-1176: a genuine credential copied into somebody else's record, on the terminal and in exports.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { attachedEntries, copiedPicture, holderName, victims } from '../fixtures/copied.mjs';
import { dist } from './bundle.mjs';
import { options } from './samples.mjs';

const EVERYBODY = [...victims.attached, ...victims.nowhere];
const ZONES = ['Signed by', 'Identity statements with their own signature', 'Names attached by the signer'];

let place;

before(async () => {
  place = await mkdtemp(join(tmpdir(), 'assay-copied-'));
  for (const listed of [true, false]) {
    await writeFile(join(place, listed ? 'listed.jpg' : 'unlisted.jpg'), copiedPicture({ listed }));
  }
});

after(() => rm(place, { recursive: true }));

function assay(...args) {
  const child = spawn(process.execPath, [join(dist, 'cli.js'), ...options, ...args], { cwd: place });
  let out = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  return new Promise((done) => child.on('close', () => done(out)));
}

for (const [which, signer, by] of [
  ['listed', 'Example Press (TEST)', 'Example Press (TEST)'],
  ['unlisted', 'Example Unlisted', 'an unrecognised signer'],
]) {
  test(`T-09: the terminal has three zones in order, signer ${which}`, async () => {
    const text = await assay(`${which}.jpg`);
    const [signed, identities, attached] = ZONES.map((zone) => text.search(new RegExp(`^ {4}${zone}(?= {2}|$)`, 'm')));
    assert.ok(0 < signed && signed < identities && identities < attached, text);
    const flat = (from, to) => text.slice(from, to).replace(/\s+/g, ' ');
    assert.ok(flat(signed, identities).startsWith(` Signed by ${signer} `), text);
    assert.ok(!flat(0, identities).includes(holderName));
    assert.match(flat(identities, attached), /· Jo Example, Example Photographer \(TEST\) signed these parts of this/);
    assert.match(flat(identities, attached), /· Unproven name said to have signed these parts .* failed its check/);
    const zone = flat(attached);
    assert.ok(zone.includes(`Included in the record that ${by} signed. The people named here did not sign it`), zone);
    assert.match(zone, /· Greta Lindqvist named as artist, in the metadata · Greta Lindqvist named as creator, in the/);
    assert.match(zone, /· https:\/\/pages\.example\/@greta given as an account or address of Greta Lindqvist /);
    assert.match(zone, /→ Greta Lindqvist credential · its own proof is good Credential genuine ≠ its owner is behind/);
    for (const needle of EVERYBODY) assert.ok(!text.slice(0, attached).includes(needle), needle);
    for (const needle of victims.nowhere) assert.ok(!text.includes(needle), needle);
  });

  test(`T-09: the JSON report names the subject among the attached and nowhere else, signer ${which}`, async () => {
    const { report } = JSON.parse(await assay('--format=json', `${which}.jpg`));
    const { attached, ...rest } = report;
    assert.deepEqual(
      attached.map(({ kind, subject, accountOf }) => [kind, subject, ...(accountOf === undefined ? [] : [accountOf])]),
      attachedEntries,
    );
    assert.deepEqual(
      attached.map(({ proof }) => proof),
      [...Array.from({ length: 6 }, () => 'none'), 'verified'],
    );
    for (const needle of EVERYBODY) assert.ok(!JSON.stringify(rest).includes(needle), needle);
    for (const needle of victims.nowhere) assert.ok(!JSON.stringify(attached).includes(needle), needle);
    const work = report.manifests[0].assertions.find(({ label }) => label === 'stds.schema-org.CreativeWork');
    const [author] = work.data.author;
    assert.deepEqual(author.name, { $attached: 0 });
    assert.deepEqual(author.identifier, { $attached: 1 });
    assert.deepEqual(author.credential[0].url, { $attached: 6 });
    const index = report.manifests[0].assertions.find(({ label }) => label === 'com.example.index');
    assert.deepEqual(index.data, { '$attached 0': { '$attached 2': [{ $attached: 1 }] } });
  });

  test(`T-09: crJSON repeats what the assertion itself says, and nothing of the credential, signer ${which}`, async () => {
    const crjson = JSON.parse(await assay('--format=crjson', `${which}.jpg`));
    // The format holds assertions as they were written: what the signer wrote into one is quoted there.
    for (const manifest of crjson.manifests) {
      const quoted = manifest.assertions['stds.schema-org.CreativeWork'];
      assert.equal(quoted.author[0].name, victims.attached[0]);
      for (const label of Object.keys(manifest.assertions)) {
        if (/^(stds|com)\./.test(label)) delete manifest.assertions[label];
      }
    }
    for (const needle of EVERYBODY) assert.ok(!JSON.stringify(crjson).includes(needle), needle);
  });
}
