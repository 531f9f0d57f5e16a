#!/usr/bin/env node
// `npm test`: prepares the machine, builds everything and runs every check; `npm test -- STAGE…`
// runs some of them. A stage that fails does not keep the others from running; the last line counts.
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { buildProduct, compile } from './build.mjs';
import { fuzzTargets, fuzz } from './fuzz.mjs';
import { build, capture, main, root, say, StepError } from './console.mjs';
import { lint } from './lint.mjs';
import { setUp } from './setup.mjs';

const FUZZ_SMOKE_SECONDS = 20;
// The slowest targets try about twenty inputs a second.
const FUZZ_SMOKE_SEEDS = 250;
const none = { passed: 0, failed: 0, skipped: 0 };
const add = (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped });

const corpus = process.env.ASSAY_CORPUS ?? join(root, '../shared/corpus');
const environment = existsSync(corpus) ? { ASSAY_CORPUS: corpus } : {};

// Why tests were skipped, each reason once.
const notices = new Set();
const note = (text, pattern) => [...text.matchAll(pattern)].forEach((match) => notices.add(match[1].trim()));

const sum = (text, pattern) => [...text.matchAll(pattern)].reduce((total, match) => total + Number(match[1]), 0);

/** Counts GoogleTest cases in the verbose output of ctest; a binary that died counts as one failure. */
function countUnitTests(output) {
  const binaries = sum(output, /(\d+) tests? failed out of/g);
  const cases = sum(output, /\[ {2}FAILED {2}\] (\d+) tests?[,.]/g);
  return {
    passed: sum(output, /\[ {2}PASSED {2}\] (\d+) tests?\./g),
    failed: Math.max(binaries, cases),
    skipped: sum(output, /\[ {2}SKIPPED \] (\d+) tests?[,.]/g),
  };
}

async function unitTests(preset) {
  await compile(preset);
  const label = `unit tests (${preset})`;
  const args = ['--preset', preset, '--verbose', '--parallel', '2', '--timeout', '300'];
  const result = await capture('ctest', args, {
    label,
    log: `unit-${preset}`,
    // Emscripten's terminal takes colours, which would hide the counts.
    env: { ...environment, GTEST_COLOR: 'no' },
    progress: (line) => /^(\d+\/\d+) Test/.exec(line.trim())?.[1],
  });
  const counts = countUnitTests(result.output);
  note(result.output, /: Skipped\n(?:\d+: )?(.+)/g);
  if (result.code !== 0 && counts.failed === 0) counts.failed = 1;
  result.end(result.code === 0 ? '✓' : '✗', describe(counts));
  if (result.code !== 0) showFailures(result, /\[ {2}FAILED|Failure$|error: |ERROR: |runtime error|\*\*\*/);
  return counts;
}

function showFailures(result, pattern) {
  const lines = result.output.split('\n');
  const shown = lines.filter((line) => pattern.test(line));
  say([...new Set(shown)].slice(0, 40).join('\n'));
  say(`Full output: ${result.logPath}`);
}

const describe = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;

function testFiles(folder) {
  const path = join(root, 'tests', folder);
  if (!existsSync(path)) return [];
  const names = readdirSync(path, { recursive: true });
  return names.filter((name) => name.endsWith('.test.mjs')).map((name) => join('tests', folder, name));
}

/** Test files run beside each other, as many as there are processors, unless a browser is to have the machine. */
async function nodeTests(folder, atOnce = availableParallelism()) {
  const files = testFiles(folder);
  if (files.length === 0) return none;
  const args = ['--test', '--test-reporter=tap', `--test-concurrency=${atOnce}`, ...files.sort()];
  const result = await capture(process.execPath, args, {
    label: `tests/${folder}`,
    log: `node-${folder}`,
    env: environment,
  });
  const count = (word) => sum(result.output, new RegExp(`^# ${word} (\\d+)$`, 'gm'));
  note(result.output, /# SKIP (.+)/g);
  const counts = { passed: count('pass'), failed: count('fail') + count('cancelled'), skipped: count('skipped') };
  if (result.code !== 0 && counts.failed === 0) counts.failed = 1;
  result.end(result.code === 0 ? '✓' : '✗', describe(counts));
  if (result.code !== 0) showFailures(result, /^\s*not ok |^\s*error: |^\s*(expected|actual): |AssertionError/);
  return counts;
}

async function lintStage() {
  const problems = await lint();
  for (const problem of problems) say(problem);
  return { ...none, passed: problems.length === 0 ? 1 : 0, failed: problems.length };
}

async function fuzzStage() {
  await compile('asan');
  const targets = fuzzTargets();
  const counts = { ...none };
  const worker = async () => {
    for (let target = targets.pop(); target; target = targets.pop()) {
      if (await fuzz(target, FUZZ_SMOKE_SECONDS, FUZZ_SMOKE_SEEDS)) counts.passed += 1;
      else counts.failed += 1;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return counts;
}

async function checkedStage() {
  await compile('wasm', ['assay-core-checked']);
  return nodeTests('checked');
}

async function productStage() {
  await buildProduct();
  return none;
}

// In this order: what fails fastest first, what needs the product after the product.
const STAGES = {
  build: productStage,
  arch: () => nodeTests('arch'),
  fixtures: () => nodeTests('fixtures'),
  package: () => nodeTests('web'),
  corpus: () => nodeTests('corpus'),
  threats: () => nodeTests('threats'),
  tamper: () => nodeTests('tamper'),
  browser: () => nodeTests('browser', 1),
  extension: () => nodeTests('extension', 1),
  lint: lintStage,
  native: () => unitTests('asan'),
  fuzz: fuzzStage,
  agreement: () => nodeTests('agreement'),
  ceilings: () => nodeTests('ceilings'),
  checked: checkedStage,
  wasm: () => unitTests('wasm'),
};

async function runStage(name) {
  const started = Date.now();
  try {
    return { name, counts: await STAGES[name](), ms: Date.now() - started };
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    say(error.message);
    return { name, counts: { ...none, failed: 1 }, ms: Date.now() - started };
  }
}

main(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !(name in STAGES));
  if (unknown) throw new StepError(`No stage is called ${unknown}. There are: ${Object.keys(STAGES).join(' ')}`);
  const started = Date.now();
  await setUp('test');
  const results = [{ name: 'set-up', counts: none, ms: Date.now() - started }];
  for (const name of wanted.length > 0 ? wanted : Object.keys(STAGES)) results.push(await runStage(name));

  say('');
  for (const { name, counts, ms } of results) {
    say(`${name.padEnd(10)} ${(ms / 1000).toFixed(1).padStart(7)} s   ${counts === none ? '' : describe(counts)}`);
  }
  const total = results.map(({ counts }) => counts).reduce(add);
  for (const reason of notices) say(`skipped: ${reason}`);
  if (!existsSync(corpus)) {
    say(`No corpus at ${corpus}: the tests that read it were skipped. ASSAY_CORPUS names another place.`);
  }
  say(`${((Date.now() - started) / 1000).toFixed(0)} s in all; logs: ${join(build, 'logs')}`);
  say(describe(total));
  return total.failed === 0 ? 0 : 1;
});
