// node tests/bench/scaling.mjs: how time grows with what a file holds, beside @contentauth/c2pa-wasm in Node, the same
// bytes. Assertions, ingredient references, manifests in the store, bytes of the picture: each doubled from row to row.
// Medians of interleaved runs; "grows by" is the time over that of the row before.
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { performance } from 'node:perf_hooks';
import { createValidator } from '../../web/dist/node.js';
import { withAssertions, withHistory, withIngredients, withPixels } from '../ceilings/growing.mjs';
import { readIndependently } from '../fixtures/sign-independent.mjs';
import { median } from './median.mjs';

const RUNS = 7;
const SLOWEST = 20_000; // milliseconds; what takes longer is not asked again
const now = '2026-11-23T00:00:00Z';
const CURVES = {
  'assertions of a manifest': { counts: [1250, 2500, 5000, 9990], make: withAssertions },
  'ingredient references': { counts: [250, 500, 1000, 2000], make: withIngredients },
  'manifests in the store': { counts: [8, 16, 32, 64], make: withHistory },
  'MiB of picture': { counts: [4, 8, 16, 32], make: withPixels },
};

async function timed(run) {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

const anchors = readFileSync(new URL('../samples/test-root.pem', import.meta.url), 'utf8');
const validator = await createValidator({
  trust: { useDefault: false, lists: [{ name: 'bench', role: 'signer', pem: anchors }] },
});

/** Medians of both on one file; the other is left out once it took too long. */
async function measure(bytes, withOther) {
  const runs = { own: () => validator.validate(bytes, { now }) };
  if (withOther) runs.other = () => readIndependently('png', bytes, anchors);
  const times = { own: [], other: [] };
  for (let run = 0; run <= RUNS; run += 1) {
    for (const [name, go] of Object.entries(runs)) {
      const ms = await timed(go);
      if (run > 0) times[name].push(ms);
      if (ms > SLOWEST) delete runs[name];
    }
  }
  return { own: median(times.own), other: times.other.length > 0 ? median(times.other) : null };
}

const cell = (ms) => (ms === null || ms === undefined ? '–' : `${ms.toFixed(1)} ms`);
const ratio = (a, b) => (a && b ? (a / b).toFixed(2) : '–');

console.log(`Load ${loadavg()[0].toFixed(1)}; medians of ${RUNS} interleaved runs.`);
for (const [what, { counts, make }] of Object.entries(CURVES)) {
  console.log(`\n| ${what} | file, KiB | assay | grows by | other | grows by | ratio |\n|---|---|---|---|---|---|---|`);
  let before = {};
  for (const count of counts) {
    const bytes = make(count);
    const { state } = await validator.validate(bytes, { now });
    if (state !== 'trusted') throw new Error(`${count} ${what}: ${state}`);
    const times = await measure(bytes, before.other !== null);
    const cells = [cell(times.own), ratio(times.own, before.own), cell(times.other), ratio(times.other, before.other)];
    console.log(
      `| ${count} | ${(bytes.length / 1024).toFixed(0)} | ${cells.join(' | ')} | ${ratio(times.own, times.other)} |`,
    );
    before = times;
  }
}
await validator.dispose();
