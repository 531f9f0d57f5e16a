// A twentieth of the tamper matrix; `npm run tamper` runs all of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ALLOWED, allowed } from './expect.mjs';
import { tamper } from './run.mjs';
import { STAGES } from './stages.mjs';

const total = (tally) => Object.values(tally).reduce((a, b) => a + b, 0);

test('every twentieth mutant ends in the expected class: none silent, none thrown, none over a second', async (t) => {
  const { results, findings } = await tamper({ step: 20, mutants: 10_000, fresh: true });
  for (const [stage, tally] of Object.entries(results)) {
    t.diagnostic(`${stage}: ${JSON.stringify(tally)}`);
    assert.ok(total(tally) > 50, `${stage} made only ${total(tally)} mutants`);
  }
  assert.deepEqual(Object.keys(results), Object.keys(STAGES));
  assert.deepEqual(
    findings.map(({ base, title, outcome, file }) => `${base}: ${title} → ${outcome} (${file})`),
    [],
  );
});

test('where the bytes of a region are covered, only a refusal will do', () => {
  for (const outcome of ['noted', 'weaker', 'same', 'rolledBack', 'changed', 'thrown', 'slow']) {
    assert.ok(!allowed(outcome, ['content']), outcome);
    assert.ok(!allowed(outcome, ['claim.content', 'cose.unprotected.pad']), outcome);
  }
  assert.ok(allowed('refused', ['content']));
  assert.ok(!allowed('same', ['cose.unprotected.pad', 'store.header']));
  assert.ok(!allowed('changed', Object.keys(ALLOWED)));
});
