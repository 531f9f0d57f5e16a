#!/usr/bin/env node
// `npm run lint`: clang-format, clang-tidy, prettier, eslint, tsc. `npm run lint -- --fix` lets the
// two formatters write. clang-tidy takes seconds per file, so a clean result is remembered per
// content of the file, of what it includes, of its flags and of .clang-tidy.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { build, capture, isMain, main, root, say, sha256, StepError } from './console.mjs';
import { configure } from './build.mjs';
import { setUp } from './setup.mjs';

/** Files of the working tree that git does not ignore. */
export function projectFiles(pattern) {
  const listed = spawnSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
  if (listed.status !== 0) throw new StepError('`git ls-files` failed: lint needs a git checkout.');
  return listed.stdout.split('\n').filter((path) => pattern.test(path) && existsSync(join(root, path)));
}

async function tool(name, command, args, advice) {
  const result = await capture(command, args, { log: `lint-${name}`, label: `lint: ${name}` });
  result.end(result.code === 0 ? '✓' : '✗');
  if (result.code === 0) return [];
  return [`${result.output.trimEnd().split('\n').slice(-60).join('\n')}\n${advice}`];
}

function clangFormat(fix) {
  const files = projectFiles(/^(src|bindings|tests)\/.*\.(cpp|h|c)$/);
  const args = fix ? ['-i', ...files] : ['--dry-run', '-Werror', ...files];
  return files.length === 0 ? [] : tool('clang-format', 'clang-format', args, 'To mend: npm run lint -- --fix');
}

const localTool = (name) => join(root, 'node_modules/.bin', name);

function prettier(fix) {
  const files = projectFiles(/^(web|extension|tests|cmake)\/.*\.(mjs|js|ts|css|html|json)$|^package\.json$/);
  const args = [fix ? '--write' : '--check', '--log-level', 'warn', '--ignore-unknown', ...files];
  return tool('prettier', localTool('prettier'), args, 'To mend: npm run lint -- --fix');
}

function eslint() {
  const files = projectFiles(/^(web|extension|tests|cmake)\/.*\.(mjs|js|ts)$/);
  const args = ['-c', 'cmake/eslint.config.mjs', '--max-warnings', '0', '--no-warn-ignored', ...files];
  return tool('eslint', localTool('eslint'), args, '');
}

async function typeScript() {
  const problems = [];
  for (const config of projectFiles(/(^|\/)tsconfig\.json$/)) {
    problems.push(...(await tool(`tsc ${config}`, localTool('tsc'), ['--noEmit', '-p', config], '')));
  }
  return problems;
}

// --- clang-tidy -------------------------------------------------------------------------------

// The analyzer explores this many states per function instead of 225,000: a third of the time.
const ANALYZER = ['-Xclang', '-analyzer-config', '-Xclang', 'max-nodes=20000'];
const includePattern = /^\s*#\s*include\s+"([^"]+)"/gm;

/** Contents of a file and of the project's headers it includes, directly or not. */
function closure(path, seen = new Map()) {
  if (seen.has(path) || !existsSync(join(root, path))) return seen;
  const text = readFileSync(join(root, path), 'utf8');
  seen.set(path, text);
  for (const [, name] of text.matchAll(includePattern)) closure(join('src', name), seen);
  return seen;
}

/** File -> compiler flags, from the clang build tree; only our own sources. */
function tidyJobs() {
  const database = JSON.parse(readFileSync(join(build, 'asan/compile_commands.json'), 'utf8'));
  const settings = readFileSync(join(root, '.clang-tidy'), 'utf8');
  return database
    .map(({ file, command }) => ({ path: relative(root, file), command }))
    .filter(({ path }) => /^(src|bindings)\/.*\.cpp$/.test(path))
    .map(({ path, command }) => {
      const contents = [...closure(path)].sort().map(([name, text]) => `${name}\n${text}`);
      const key = sha256([settings, ANALYZER.join(' '), command.replaceAll(root, ''), ...contents].join('\n'));
      return { path, remembered: join(build, 'lint', key) };
    });
}

async function clangTidy() {
  await configure('asan');
  const jobs = tidyJobs().filter(({ remembered }) => !existsSync(remembered));
  mkdirSync(join(build, 'lint'), { recursive: true });
  const problems = [];
  const total = jobs.length;
  let finished = 0;
  const extra = ANALYZER.map((flag) => `--extra-arg=${flag}`);
  const started = Date.now();
  const worker = async () => {
    for (let job = jobs.pop(); job; job = jobs.pop()) {
      const args = ['--quiet', '-p', 'build/asan', ...extra, job.path];
      const log = `tidy/${job.path.replaceAll('/', '_')}`;
      const result = await capture('clang-tidy', args, { log, quiet: true });
      if (result.code === 0) writeFileSync(job.remembered, '');
      else problems.push(result.output.replace(/^\d+ warnings? (and \d+ errors? )?generated\.\n/gm, '').trimEnd());
      finished += 1;
      if (finished % 25 === 0) say(`… lint: clang-tidy ${finished}/${total}`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  const took = ((Date.now() - started) / 1000).toFixed(1);
  say(
    `${problems.length ? '✗' : '✓'} lint: clang-tidy  ${took} s  ${total} files looked at, the others unchanged since a clean look`,
  );
  return problems;
}

/** Runs every linter; resolves to the list of what they found, one text per tool or file. */
export async function lint({ fix = false } = {}) {
  return [
    ...(await clangFormat(fix)),
    ...(await prettier(fix)),
    ...(await eslint()),
    ...(await typeScript()),
    ...(await clangTidy()),
  ];
}

if (isMain(import.meta.url)) {
  main(async () => {
    await setUp('test');
    const problems = await lint({ fix: process.argv.includes('--fix') });
    if (problems.length > 0) throw new StepError(problems.join('\n\n'));
    say('Nothing to complain about.');
  });
}
