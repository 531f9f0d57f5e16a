// The words for what assertions state: whose statement it is, and that nobody checked it.
import assert from 'node:assert/strict';
import test from 'node:test';
import { caseOf, openValidator } from '../corpus/cases.mjs';
import { load } from './bundle.mjs';
import { reports } from './reports.mjs';

const words = await load('words', 'text', 'terminal');
const render = (report) => new words.TextReport({ colour: false, width: 100 }).render('photo.jpg', report);

const assertion = (details, origin = 'created') => ({
  label: 'x',
  url: 'self#jumbf=x',
  origin,
  integrity: 'ok',
  size: 1,
  details,
});
const lineOf = (details) => words.statementLine(assertion(details));

/** A good report with these assertions only. */
function reportWith(...assertions) {
  const report = reports.recognised();
  return { ...report, origin: null, manifests: [{ ...report.manifests[0], assertions }] };
}

const disclosure = {
  kind: 'aiDisclosure',
  modelType: 'c2pa.types.model',
  modelName: 'M',
  humanOversight: 'human_validated',
};
const training = {
  kind: 'trainingMining',
  entries: [
    { name: 'cawg.ai_training', use: 'notAllowed' },
    { name: 'c2pa.data_mining', use: 'allowed' },
    { name: 'org.example.other', use: 'constrained', constraint: 'ask' },
    { name: 'cawg.ai_inference', use: 'constrained' },
    { name: 'cawg.ai_generative_training' },
  ],
};

test('R-584: only what is said to be allowed is called allowed', () => {
  assert.equal(
    lineOf(training).text,
    'training of AI models: not allowed, data mining: allowed, org.example.other: only on conditions (ask), ' +
      'use as input of AI models: not allowed, training of generative AI models: not said to be allowed',
  );
});

test('R-582, R-1006: what a record states stands in rows with whose statement it is', () => {
  const report = reportWith(assertion(disclosure), assertion(training, 'gathered'));
  const [first, second] = words.disclosuresOf(report);
  assert.deepEqual(first, {
    text: 'AI disclosure: M · c2pa.types.model · a person reviewed and approved the output',
    note: 'as stated by the signer',
  });
  assert.equal(second.note, 'passed along, not vouched for');
  const text = render(report).replaceAll(/\s+/g, ' ');
  assert.match(text, /Says AI disclosure: M .* approved the output (· )?as stated by the signer/);
  assert.match(text, /Says Training and mining: training of AI models: not allowed/);
});

test('an invalid record states nothing', () => {
  const { manifests } = reportWith(assertion(disclosure));
  assert.doesNotMatch(render({ ...reports.invalid(), manifests }), /AI disclosure/);
});

test('R-551, T-08: a soft binding is declared, not checked; what is kept elsewhere is not fetched', () => {
  assert.match(lineOf({ kind: 'softBinding', blocks: [] }).title, /declared, not checked/);
  const blocks = [{ valueSize: 1 }, { start: 0, end: 5 }, { region: true }, { valueSize: 2 }];
  const { text } = lineOf({ kind: 'softBinding', algorithm: 'a.b', blocks });
  assert.equal(text, 'a.b · all of the content, from 0 to 5 ms, part of the content');
  for (const kind of ['cloudData', 'externalReference', 'assetReference']) {
    assert.match(lineOf({ kind, references: [] }).title, /not fetched/, kind);
  }
  assert.match(lineOf({ kind: 'externalReference', url: 'https://x.example' }).text, /without a hash: it may change/);
  assert.doesNotMatch(lineOf({ kind: 'externalReference', hash: '00' }).text, /without a hash/);
});

test('R-593: what session keys sign is not checked, whoever they belong to', () => {
  const { text } = lineOf({ kind: 'sessionKeys', keys: [{ binding: 'proven' }, { binding: 'failed' }] });
  assert.equal(text, '2 keys, 1 bound to the signer; what they sign is not checked');
});

test('what could not be read is named, and no text of a file hides what is ours', () => {
  const line = lineOf({ kind: 'aiDisclosure', modelName: 'x'.repeat(5000), unread: ['modelType'] });
  assert.match(line.text, /^x{119}… · could not be read in full: modelType$/);
  assert.equal(lineOf({ kind: 'metadata', fields: ['a\u202eb'] }).text, 'a\ufffdb');
  assert.equal(words.statementLine(assertion(undefined)), undefined);
});

test('R-582: every kind has words, with every field and with none', async () => {
  const validator = await openValidator();
  try {
    const seen = new Set();
    for (const name of ['details-complete', 'details-work', 'details-broken']) {
      const report = await validator.validate(caseOf(name).build(), { now: '2026-11-23T00:00:00Z' });
      for (const found of report.manifests[0].assertions) {
        const line = words.statementLine(found);
        if (line === undefined) continue;
        seen.add(found.details.kind);
        assert.notEqual(line.title, '');
        assert.doesNotMatch(`${line.title} ${line.text}`, /undefined|NaN|\[object/);
        assert.doesNotMatch(words.statementLine(assertion({ kind: found.details.kind })).text, /undefined|NaN/);
      }
    }
    assert.equal(seen.size, 21);
  } finally {
    validator.dispose();
  }
});
