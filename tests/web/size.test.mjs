// What a page loads to validate stays within the budget of docs/performance.md.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUDGET, measure } from '../../cmake/size.mjs';

const total = measure().at(-1);

for (const kind of ['raw', 'brotli']) {
  test(`a page loads at most ${BUDGET[kind]} bytes, ${kind}`, () => {
    assert.ok(total[kind] <= BUDGET[kind], `${total[kind]} bytes: \`npm run size\` shows whose they are`);
  });
}
