// Every file of the open corpus: the expected state and code, or an exception that argues the difference.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createValidator } from '../../web/dist/node.js';
import { reportSchema } from '../web/schema.mjs';
import { assets, disagreements, exceptions, initOf, now, present, read, segmentVerdict, trust } from './corpus.mjs';

const files = present ? assets() : [];
const argued = exceptions();
let validator;

before(async () => {
  if (present) validator = await createValidator({ trust: trust() });
});
after(() => validator?.dispose());

test('the corpus is there', (context) => {
  if (!present) context.skip(`no corpus: ${Object.keys(argued).length} argued files and all others are not tested`);
});

for (const asset of files) {
  test(asset.file, async () => {
    const options = { now, type: asset.mime };
    const whole = await validator.validate(read(asset.file), options);
    assert.deepEqual(reportSchema(whole), []);
    const report = initOf(asset) === undefined ? whole : await segmentVerdict(validator, asset, options);
    const found = disagreements(report, asset.expect);
    const reason = argued[asset.file];
    if (reason) {
      assert.notEqual(found.length, 0, `the exception is no longer needed: ${reason}`);
    } else {
      assert.deepEqual(found, [], report.statuses.map((status) => status.code).join(' '));
    }
  });
}

test('every exception names a file of the corpus', () => {
  const known = new Set(files.map((asset) => asset.file));
  for (const file of present ? Object.keys(argued) : []) assert.ok(known.has(file), file);
});
