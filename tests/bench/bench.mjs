#!/usr/bin/env node
// `npm run bench [-- RUNS]`: assay beside every other validator, in Chromium and in Node, in one run over the same
// files. Prints the tables and writes them into docs/performance.md, with a plot. Takes about fifteen minutes; an idle
// machine gives the times, a busy one still the ratios.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { buildProduct } from '../../cmake/build.mjs';
import { main, root, say, StepError } from '../../cmake/console.mjs';
import { setUp } from '../../cmake/setup.mjs';
import { plot } from './plot.mjs';
import { table } from './table.mjs';

const RUNS = 9;
const BEGIN = '<!-- begin: measured -->';
const END = '<!-- end: measured -->';

let said = performance.now();

/** Shows how far it is: on one line of a terminal, elsewhere a line every half minute. */
function progress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text.slice(0, 78)}`);
  else if (text !== '' && performance.now() - said > 30_000) {
    said = performance.now();
    console.error(`… ${text}`);
  }
}

/** The tables that another script of this folder prints. */
async function printed(script, ...args) {
  progress(script);
  const child = spawn(process.execPath, [join(root, 'tests/bench', script), ...args]);
  let text = '';
  child.stdout.on('data', (data) => (text += data));
  child.stderr.pipe(process.stderr);
  const code = await new Promise((ended) => child.once('close', ended));
  if (code !== 0) throw new StepError(`tests/bench/${script} ended with ${code}.\n${text}`);
  return text
    .split('\n')
    .filter((line) => line.startsWith('|') || line === '')
    .join('\n')
    .trim();
}

const machine = ({ runs, chromium, packages }) =>
  [
    `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.versions.node}, Chromium ${chromium}.`,
    Object.entries(packages)
      .map(([name, version]) => `\`${name}\` ${version}`)
      .join(', ')
      .concat('.'),
    `Medians of ${runs} interleaved runs.`,
    `Load at the start ${loadAtStart.toFixed(1)}, at the end ${loadavg()[0].toFixed(1)}.`,
  ].join(' ');

const loadAtStart = loadavg()[0];

function write(text) {
  const path = join(root, 'docs/performance.md');
  const page = readFileSync(path, 'utf8');
  const [before, after] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (before < 0 || after < before) throw new StepError(`${path} has lost its lines "${BEGIN}" and "${END}".`);
  writeFileSync(path, `${page.slice(0, before)}${BEGIN}\n\n${text}\n\n${page.slice(after)}`);
}

await main(async () => {
  const runs = Number(process.argv[2] ?? RUNS);
  if (!Number.isInteger(runs) || runs < 1) throw new StepError('Usage: npm run bench [-- RUNS]');
  await setUp('test');
  await buildProduct();
  const { measureChromium } = await import('./chromium.mjs');
  const { measureNode } = await import('./node.mjs');
  const { versions } = await import('./validators.mjs');
  const { manyFiles, warmFiles } = await import('./files.mjs');
  const options = { runs, say: progress, singles: warmFiles(), many: manyFiles() };
  const { version, rows } = await measureChromium(options);
  const inNode = await measureNode(options);
  const large = await printed('large.mjs');
  const scaling = await printed('scaling.mjs');
  progress('');
  const text = [
    machine({ runs, chromium: version, packages: versions() }),
    `### Chromium\n\n${table(rows)}`,
    '![Ratios](performance.svg)',
    `### Node, warm\n\n${table(inNode)}`,
    `### Large files\n\n${large}`,
    `### Growth\n\n${scaling}`,
  ].join('\n\n');
  say(text);
  write(text);
  writeFileSync(join(root, 'docs/performance.svg'), plot(rows));
  return 0;
});
