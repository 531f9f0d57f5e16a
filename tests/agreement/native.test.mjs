// The native build and the wasm core give the same report, to the letter: 32 and 64 bits, two C libraries, with and
// without SIMD. The native build runs under AddressSanitizer and UndefinedBehaviorSanitizer. Every fourth file of the
// catalogue and of the corpus and some of the tamper matrix; ASSAY_WHOLE_CORPUS=1 takes all files and ten times the
// mutants.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { assets, present, read } from '../corpus/corpus.mjs';
import { catalog } from '../fixtures/catalog.mjs';
import { anchors } from '../fixtures/catalog/anchors.mjs';
import { bases } from '../tamper/bases.mjs';
import { Lab } from '../tamper/lab.mjs';
import { STAGES } from '../tamper/stages.mjs';
import { builtCore, Engine, reportAlone } from '../web/built-core.mjs';
import { root } from '../web/bundle.mjs';

const native = join(root, 'build/asan/bindings/cli/assay');
const now = '2026-11-23T00:00:00Z';
const whole = Boolean(process.env.ASSAY_WHOLE_CORPUS);
const EACH = whole ? 1 : 4;
/** Every so many mutants of a stage. */
const STEPS = whole
  ? { store: 997, structure: 17, content: 199, splice: 13 }
  : { store: 9973, structure: 167, content: 1999, splice: 131 };
const HAVOC = whole ? 3000 : 300;
/** Larger files take long under the sanitizers and show nothing new. */
const LARGEST = 2 * 1024 * 1024;

let folder;
let engine;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-agreement-'));
  writeFileSync(join(folder, 'signers.pem'), anchors().root);
  writeFileSync(join(folder, 'clocks.pem'), anchors()['tsa-root']);
  engine = new Engine(await builtCore(), [
    { name: 'signers.pem', role: 'signer', bytes: Buffer.from(anchors().root) },
    { name: 'clocks.pem', role: 'timestamp', bytes: Buffer.from(anchors()['tsa-root']) },
  ]);
});

after(() => rmSync(folder, { recursive: true, force: true }));

/** Neither host knows anything beside the file. */
const inWasm = (bytes) => reportAlone(engine, bytes, { now });

/** Compares the reports of many files; how many there were. */
async function compare(files) {
  const paths = new Map();
  for (const { name, bytes } of files) {
    const path = join(folder, String(paths.size));
    writeFileSync(path, bytes);
    paths.set(path, { name, bytes });
  }
  const lists = ['--trust', join(folder, 'signers.pem'), '--trust-tsa', join(folder, 'clocks.pem')];
  const child = spawn(native, ['--now', now, ...lists, ...paths.keys()], { stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (data) => (errors += data));
  const ended = new Promise((resolve) => child.once('close', resolve));
  let compared = 0;
  for await (const line of createInterface({ input: child.stdout, crlfDelay: Infinity })) {
    const { file } = JSON.parse(line);
    const { name, bytes } = paths.get(file);
    const start = line.indexOf(',"report":') + ',"report":'.length;
    assert.equal(line.slice(start, -1), await inWasm(bytes), name);
    rmSync(file);
    compared += 1;
  }
  assert.equal(await ended, 0, errors.slice(0, 4000));
  assert.equal(compared, paths.size);
  return compared;
}

const sampled = (all) => all.filter((_, i) => i % EACH === 0);

const options = { skip: existsSync(native) ? false : 'the native build is not there: run `npm test -- native`' };

test('the catalogue', options, async () => {
  const files = sampled(catalog)
    .map(({ name, build }) => ({ name, bytes: build() }))
    .filter(({ bytes }) => Buffer.isBuffer(bytes));
  assert.ok((await compare(files)) > 200);
});

test('the corpus', options, async (context) => {
  if (!present) return context.skip('no corpus: only files of our own are compared');
  const files = sampled(assets())
    .filter(({ size }) => size <= LARGEST)
    .map(({ file }) => ({ name: file, bytes: read(file) }));
  assert.ok((await compare(files)) > 100);
});

test('a sample of the tamper matrix', options, async () => {
  const prepared = await bases();
  const lab = await Lab.open(prepared);
  const all = prepared.map(({ name }) => lab.base(name));
  const files = [];
  for (const [stage, { jobs, mutants }] of Object.entries(STAGES)) {
    for (const job of jobs(all, { step: STEPS[stage] ?? 1, mutants: HAVOC })) {
      for (const { title, bytes } of mutants(job, lab.base(job.base), all))
        files.push({ name: `${job.base} ${title}`, bytes });
    }
  }
  lab.dispose();
  assert.ok((await compare(files)) > 300);
});
