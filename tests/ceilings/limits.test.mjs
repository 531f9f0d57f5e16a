// R-009, T-16: each limit is met exactly where it stands. At what a file needs, the report is the one that no limit
// would change; at one less this limit and no other is named with its number, what it hides is said, and nothing is
// vouched for that was not before.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { root } from '../web/bundle.mjs';
import { Desk, native } from './kit.mjs';
import { elsewhere, table } from './limits.mjs';

const LINE = /^ASSAY_LIMIT\(\s*\w+,\s*\w+,\s*[^"]+?,\s*"(\w+)",\s*"([^"]+)"\)/gm;
const source = readFileSync(join(root, 'src/base/limits.def'), 'utf8');
/** What each counts, in its own words. */
const counted = new Map([...source.matchAll(LINE)].map(([, name, words]) => [name, words]));
const RANK = ['invalid', 'none', 'wellFormed', 'valid', 'trusted'];

const options = { skip: existsSync(native) ? false : 'the native build is not there: run `npm test -- native`' };

let desk;
before(() => (desk = new Desk()));
after(() => desk.clear());

test('R-009: every limit has an entry, and every entry is about a limit', () => {
  assert.equal(counted.size, (source.match(/^ASSAY_LIMIT\(/gm) ?? []).length, 'a limit was not read');
  const covered = new Set([...table.map(({ limit }) => limit), ...Object.keys(elsewhere)]);
  assert.deepEqual(
    [...counted.keys()].filter((name) => !covered.has(name)),
    [],
    'limits without an entry',
  );
  assert.deepEqual(
    [...covered].filter((name) => !counted.has(name)),
    [],
    'entries about no limit',
  );
  assert.equal(new Set(table.map(({ limit, title }) => `${limit}: ${title}`)).size, table.length, 'two of one title');
});

for (const [limit, [file, name]] of Object.entries(elsewhere)) {
  test(`${limit} is tested in ${file}`, () => {
    assert.ok(readFileSync(join(root, file), 'utf8').includes(`, ${name})`));
  });
}

const codesOf = (text) => new Set([...text.matchAll(/"code":"([^"]+)"/g)].map(([, code]) => code));

/** The smallest value at which an entry's limit is not met. */
async function search(entry, file) {
  const met = async (value) => JSON.parse(await desk.report(entry, file, value)).limits.length > 0;
  let least = 0;
  let most = 100000;
  while (least < most) {
    const middle = Math.floor((least + most) / 2);
    if (await met(middle)) least = middle + 1;
    else most = middle;
  }
  return most;
}

/** What the lowered limit hides is said: by a code, by words, or by what is missing beside the limit's name. */
function assertSaid(entry, full, lowered) {
  if (entry.shown) {
    assert.match(full, entry.shown, 'what is hidden is not in the unlimited report');
    assert.doesNotMatch(lowered, entry.shown, 'nothing is hidden');
  }
  if (entry.says instanceof RegExp) {
    assert.match(lowered, entry.says);
    assert.doesNotMatch(full, entry.says);
  } else if (entry.says !== undefined) {
    assert.ok(codesOf(lowered).has(entry.says), `${entry.says} is not reported: ${[...codesOf(lowered)].join(' ')}`);
    assert.ok(!codesOf(full).has(entry.says), `${entry.says} is reported without the limit, too`);
  }
}

async function meet(entry) {
  const file = await entry.file();
  const full = await desk.report(entry, file);
  const needed =
    entry.needed === 'search'
      ? await search(entry, file)
      : typeof entry.needed === 'function'
        ? entry.needed(file)
        : entry.needed;
  assert.ok(needed > 0, 'nothing is needed');

  assert.equal(await desk.report(entry, file, needed), full, 'at the limit');

  const lowered = await desk.report(entry, file, needed - 1);
  const below = JSON.parse(lowered);
  const { state, limits } = JSON.parse(full);
  assert.equal(state, entry.state ?? 'trusted', 'without the limit');
  assert.deepEqual(limits, [], 'without the limit');
  const halt = { limit: 'container', value: 0, text: 'The container could not be walked to its end: limit.' };
  const hit = {
    limit: entry.limit,
    value: needed - 1,
    text: `More than ${needed - 1} ${counted.get(entry.limit)}.`,
  };
  assert.deepEqual(below.limits, entry.cut ? [halt, hit] : [hit]);
  assert.equal(below.state, entry.below, 'above the limit');
  assert.ok(entry.better || RANK.indexOf(below.state) <= RANK.indexOf(state), 'a limit made it better');
  assertSaid(entry, full, lowered);
}

describe('R-009, T-16: limits', { ...options, concurrency: 2 }, () => {
  for (const entry of table) test(`${entry.limit}: ${entry.title}`, () => meet(entry));
});
