#!/usr/bin/env node
// `npm start`: prepares the machine, builds, and validates the shipped samples; `npm start -- FILE…`
// the given files, with every option of the command line tool.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { buildProduct } from './build.mjs';
import { main, root, say, StepError } from './console.mjs';
import { setUp } from './setup.mjs';

const SAMPLES = 'tests/samples';
const EXIT_UNUSABLE = 2;

// The test root vouches for the samples only; nothing trusts it by default.
function sampleArguments() {
  const media = readdirSync(join(root, SAMPLES)).filter((name) => /\.(jpe?g|png)$/.test(name));
  const anchors = ['--trust', '--trust-tsa'].map((option) => [
    option,
    option === '--trust' ? 'test-root.pem' : 'test-tsa-root.pem',
  ]);
  const given = anchors
    .map(([option, file]) => [option, `${SAMPLES}/${file}`])
    .filter(([, path]) => existsSync(join(root, path)))
    .map(([option, path]) => `${option}=${path}`);
  return [...given, ...media.sort().map((name) => `${SAMPLES}/${name}`)];
}

main(async () => {
  const files = process.argv.slice(2);
  await setUp('start');
  await buildProduct();
  const tool = join(root, JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).bin.assay);
  const options = files.length > 0 ? files : sampleArguments();
  // npm runs scripts in the checkout; the user's paths are relative to where npm was called.
  const cwd = files.length > 0 ? (process.env.INIT_CWD ?? root) : root;
  say(`\n$ assay ${options.join(' ')}\n`);
  const result = spawnSync(process.execPath, [tool, ...options], { cwd, stdio: 'inherit' });
  if (result.status === null || result.status > 3)
    throw new StepError(`${relative(root, tool)} stopped: ${result.error ?? result.signal ?? result.status}`);
  if (files.length > 0) return result.status;
  say('\nThese are the samples in tests/samples. Your own: npm start -- FILE…   In a browser: npm run web');
  return result.status === EXIT_UNUSABLE ? 1 : 0;
});
