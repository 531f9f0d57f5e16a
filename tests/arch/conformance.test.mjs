// Every rule has code that enforces it and a test that proves it, or a reason for having neither.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conformance, coverage, page, stateOf } from '../../cmake/conformance.mjs';
import { read } from './project.mjs';

const result = conformance();
const inState = (state) => result.rows.filter((row) => stateOf(row) === state).map((row) => `${row.id} ${row.title}`);

test('no rule is enforced without a test that names it', () => {
  assert.deepEqual(inState('untested'), []);
});

test('of the rules about the inside of a manifest at least 97 of 100 are covered', () => {
  const inner = coverage(result.rows).at(-1);
  assert.ok(inner.rules > 200 && inner.share >= 97, JSON.stringify(inner));
});

test('every rule has code, or a reason for having none', () => {
  assert.deepEqual(inState('open'), []);
});

test('no tag names a rule that does not exist', () => {
  assert.deepEqual(result.unknown, []);
});

test('a reason says what it is, and does not excuse what is enforced and tested', () => {
  for (const { id, reason, code } of result.rows) {
    if (reason === undefined) continue;
    assert.ok(['notApplicable', 'later'].includes(reason.state) && reason.reason.length > 10, id);
    assert.equal(code.size, 0, `${id} has code in ${[...code.keys()].join(' ')}: drop its reason`);
  }
});

test('titles stay short', () => {
  const long = result.rows.filter((row) => row.title.split(' ').length > 12);
  assert.deepEqual(long, []);
});

test('docs/conformance.md is up to date: npm run conformance', () => {
  assert.equal(read('docs/conformance.md'), page(result));
});
