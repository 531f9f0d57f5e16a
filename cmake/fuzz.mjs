#!/usr/bin/env node
// `npm run fuzz -- TARGET SECONDS`: runs one libFuzzer target (all without arguments). New inputs
// stay in build/fuzz-corpus/<target>, crashing ones in build/fuzz-crashes/.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from './build.mjs';
import { build, capture, isMain, main, root, say, StepError } from './console.mjs';
import { setUp } from './setup.mjs';

const folder = join(root, 'tests/fuzz');

/** Names of the targets: tests/fuzz/<name>_fuzz.cpp. */
export const fuzzTargets = () =>
  existsSync(folder)
    ? readdirSync(folder)
        .map((file) => /^(.+)_fuzz\.cpp$/.exec(file)?.[1])
        .filter(Boolean)
        .sort()
    : [];

/**
 * Runs a compiled target; true when it found nothing. All seeds are tried before the seconds count: a short run
 * starts from `most` of them and keeps its inputs elsewhere.
 */
export async function fuzz(target, seconds, most) {
  const kept = join(build, most ? 'fuzz-smoke' : 'fuzz-corpus', target);
  const crashes = join(build, 'fuzz-crashes');
  mkdirSync(crashes, { recursive: true });
  if (!existsSync(kept)) {
    // Needs npm packages, which are not there yet when this file is read.
    const { writeSeeds } = await import('../tests/fuzz/seeds.mjs');
    writeSeeds(target, kept, process.env.ASSAY_CORPUS ?? join(root, '../shared/corpus'), most);
  }
  const dictionary = join(folder, `${target}.dict`);
  const args = [
    `-max_total_time=${seconds}`,
    '-timeout=60',
    '-rss_limit_mb=2048',
    '-print_final_stats=1',
    `-artifact_prefix=${crashes}/${target}-`,
    ...(existsSync(dictionary) ? [`-dict=${dictionary}`] : []),
    kept,
  ];
  const result = await capture(join(build, 'asan', `fuzz_${target}`), args, {
    label: `fuzz ${target} for ${seconds} s`,
    log: `fuzz-${target}`,
    progress: (line) => /^#(\d+)/.exec(line)?.[1],
  });
  const runs = /number_of_executed_units: (\d+)/.exec(result.output)?.[1];
  result.end(result.code === 0 ? '✓' : '✗', runs ? `${runs} runs` : '');
  if (result.code !== 0) say(`${result.output.split('\n').slice(-30).join('\n')}\nFull output: ${result.logPath}`);
  return result.code === 0;
}

if (isMain(import.meta.url)) {
  main(async () => {
    const [target, seconds = '60'] = process.argv.slice(2);
    const known = fuzzTargets();
    if (target && !known.includes(target)) {
      throw new StepError(`No fuzz target is called ${target}. There are: ${known.join(' ')}`);
    }
    if (!/^\d+$/.test(seconds)) throw new StepError('Usage: npm run fuzz -- TARGET SECONDS');
    await setUp('test');
    const wanted = target ? [target] : known;
    await compile(
      'asan',
      wanted.map((name) => `fuzz_${name}`),
    );
    let failures = 0;
    for (const name of wanted) failures += (await fuzz(name, Number(seconds))) ? 0 : 1;
    return failures === 0 ? 0 : 1;
  });
}
