// node tests/bench/warm.mjs [FILE…]: how long one validation takes when everything is loaded, beside
// @contentauth/c2pa-wasm on the same bytes, in Node. Interleaved runs; medians and their ratio. The other validator
// reads its trust anchors anew for every file, hence once with one anchor and once with the official list.
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createValidator } from '../../web/dist/node.js';
import { readIndependently } from '../fixtures/sign-independent.mjs';
import { corpus, now, present } from '../corpus/corpus.mjs';
import { median } from './median.mjs';

const RUNS = 15;
const samples = new URL('../samples/', import.meta.url).pathname;
const standard = present
  ? ['jpeg/rs-C.jpg', 'jpeg/rs-CA.jpg', 'png/gen-fmt_png.png'].map((file) => join(corpus, file)).filter(existsSync)
  : [];
const given = process.argv.slice(2);
const files =
  given.length > 0
    ? given
    : standard.length > 0
      ? standard
      : ['trusted.jpg', 'trusted.png'].map((f) => join(samples, f));
const anchors = readFileSync(join(samples, 'test-root.pem'), 'utf8');
const official = present ? readFileSync(join(corpus, 'trust/official/C2PA-TRUST-LIST.pem'), 'utf8') : anchors;

async function timed(run) {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

const lists = [{ name: 'list', role: 'signer', pem: official }];
const validator = await createValidator({ trust: { useDefault: false, lists } });

console.log(
  '| file | KiB | assay, official list | other, one anchor | other, official list | ratio | ratio, same list |',
);
console.log('|---|---|---|---|---|---|---|');
for (const file of files) {
  const bytes = readFileSync(file);
  const format = file.endsWith('.png') ? 'png' : 'jpeg';
  const runs = {
    own: () => validator.validate(bytes, { now }),
    other: () => readIndependently(format, bytes, anchors),
    listed: () => readIndependently(format, bytes, official),
  };
  const times = { own: [], other: [], listed: [] };
  for (let run = 0; run < RUNS + 2; run += 1) {
    for (const name of Object.keys(runs)) {
      const ms = await timed(runs[name]);
      if (run >= 2) times[name].push(ms);
    }
  }
  const [own, other, listed] = [median(times.own), median(times.other), median(times.listed)];
  const cells = [own, other, listed].map((ms) => `${ms.toFixed(2)} ms`);
  const ratios = [own / other, own / listed].map((ratio) => ratio.toFixed(2));
  console.log(`| ${basename(file)} | ${(bytes.length / 1024).toFixed(0)} | ${[...cells, ...ratios].join(' | ')} |`);
}
await validator.dispose();
