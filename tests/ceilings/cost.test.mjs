// What hostile files cost (T-16, T-50, T-52, T-62, T-63), counted instead of timed: comparisons that the core executes and
// bytes that its heap holds, the same in every run.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { builtCore, Engine, reportAlone } from '../web/built-core.mjs';
import { atMost, CURVES, withReferencesToOne } from './growing.mjs';
import { Native, needsNative } from './native.mjs';
import { promises } from './promises.mjs';

const KIB = 1024;
const MIB = 1024 * KIB;
const HOSTILE = 64 * KIB;
/** Of memory beyond what an idle engine has, for a file whose store is as large as the file. */
const MOST = 4 * MIB + 6 * HOSTILE;
/** The same where a pointer has eight bytes instead of four. */
const MOST_NATIVE = 5 * MIB;
/** Of a few entries more or less the growth of one small buffer is the whole difference. */
const SLACK = 4 * KIB;

const native = new Native();
after(() => native.close());

for (const { what, make, counts } of CURVES) {
  test(`twice as many ${what} cost at most 2.5 times as much`, needsNative, async () => {
    const costs = [];
    for (const count of counts) costs.push(await native.validate(make(count)));
    for (const name of ['comparisons', 'peakBytes']) {
      const [first, second, third] = costs.map((cost) => cost[name]);
      // What every file costs is left out: the added half of the largest against that of the one before.
      assert.ok(third - second <= 2.5 * (second - first) + SLACK, `${name}: ${first}, ${second}, ${third}`);
      assert.ok(first > 0);
    }
    assert.deepEqual(costs.at(-1).report.limits, [], 'a limit ended the curve');
  });
}

for (const { what, make, counts } of CURVES) {
  test(`64 KB of ${what} cost neither memory nor time`, needsNative, async () => {
    const { peakBytes, comparisons } = await native.validate(atMost(HOSTILE, make, counts));
    assert.ok(peakBytes <= MOST_NATIVE, `${(peakBytes / MIB).toFixed(2)} MiB`);
    assert.ok(comparisons <= 400_000_000, `${comparisons} comparisons`);
  });
}

test('a box that many references name is hashed once', needsNative, async () => {
  const size = 4 * MIB;
  // A step is a block of 64 bytes.
  const enough = (3 * size) / 64;
  const { report } = await native.validate(withReferencesToOne(40, size), ['--limit', `workSteps=${enough}`]);
  assert.deepEqual(report.limits, []);
  assert.equal(report.state, 'trusted');
});

for (const { what, bytes } of promises()) {
  test(`nothing is set aside for ${what}`, needsNative, async () => {
    const { peakBytes } = await native.validate(bytes);
    assert.ok(peakBytes <= 160 * KIB, `${(peakBytes / KIB).toFixed(0)} KiB for ${bytes.length} bytes`);
  });
}

test('64 KB of anything grow an engine by at most 4 MiB and six times the store', async () => {
  const make = await builtCore();
  for (const curve of CURVES) {
    const bytes = atMost(HOSTILE, curve.make, curve.counts);
    let core;
    const engine = new Engine(async () => (core = await make()), []);
    let idle;
    await reportAlone(engine, bytes, { now: '2026-11-23T00:00:00Z', whenOpen: () => (idle = core.HEAPU8.length) });
    const grown = core.HEAPU8.length - idle;
    assert.ok(grown <= MOST, `${curve.what}: ${(grown / MIB).toFixed(2)} MiB`);
  }
});
