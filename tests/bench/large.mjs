// node tests/bench/large.mjs [node] [chromium]: time and memory for files of 24 and 200 MB, beside
// @contentauth/c2pa-wasm in Node and @contentauth/c2pa-web in Chromium, on the same bytes with the same anchor.
// Interleaved runs; medians of the times, of the process's work (CPU, which other programs disturb less) and of the
// ratios within a run; the highest memory above what was there before, and that of the wasm instance (Node). "digest"
// is reading and one SHA-256 by the platform, the floor. Then every validator has to refuse each file with one byte
// changed in its middle. Linux only: memory comes from /proc.
import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openChromium } from './large-browser.mjs';
import { median } from './median.mjs';

const RUNS = 3;
const NAMES = ['own', 'ownMemory', 'other', 'digest'];
const now = '2026-11-23T00:00:00Z';
const here = fileURLToPath(new URL('.', import.meta.url));
const folder = join(here, '../../build/bench');

function openNode() {
  const children = new Map();
  async function child(name) {
    if (!children.has(name)) {
      const args = [name, join(folder, 'root.pem')];
      const started = fork(join(here, 'large-node.mjs'), args, { execArgv: ['--expose-gc'] });
      children.set(name, started);
      started.once('exit', (code) => code && console.error(`${name} died`));
      await once(started, 'message');
    }
    return children.get(name);
  }
  return {
    measure: async (name, path) => {
      const process = await child(name);
      const answer = once(process, 'message');
      process.send(path);
      return (await answer)[0];
    },
    close: () => children.forEach((process) => process.kill()),
  };
}

async function measureFile(host, { file }) {
  const results = Object.fromEntries(NAMES.map((name) => [name, []]));
  for (const name of NAMES) await host.measure(name, join(folder, `small-${file}`));
  for (let run = 0; run < RUNS; run += 1) {
    for (const name of NAMES) {
      const result = await host.measure(name, join(folder, file));
      if (result.state !== 'trusted') throw new Error(`${name} says ${result.state} of ${file}: ${result.codes}`);
      results[name].push(result);
    }
  }
  return results;
}

function row(title, results) {
  const cells = NAMES.map((name) => {
    const [ms, cpu] = ['ms', 'cpu'].map((field) => median(results[name].map((result) => result[field])));
    const megabytes = Math.max(...results[name].map((result) => result.megabytes));
    const wasm = Math.max(...results[name].map((result) => result.wasm ?? 0));
    return `${ms.toFixed(0)} ms, CPU ${cpu.toFixed(0)}, ${megabytes.toFixed(0)} MB${wasm > 0 ? ` (wasm ${wasm.toFixed(0)})` : ''}`;
  });
  const ratio = (one, two, field) => median(results[one].map((result, i) => result[field] / results[two][i][field]));
  const ratios = [
    ratio('own', 'other', 'ms'),
    ratio('ownMemory', 'other', 'ms'),
    ratio('own', 'digest', 'ms'),
    ratio('own', 'other', 'cpu'),
  ];
  return `| ${[title, ...cells, ...ratios.map((ratio) => ratio.toFixed(2))].join(' | ')} |`;
}

async function refuse(host, { file, fails }) {
  for (const name of NAMES.filter((one) => one !== 'digest')) {
    const { state, codes } = await host.measure(name, join(folder, `changed-${file}`));
    const refused = state === 'invalid' && codes.includes(fails);
    console.log(`${file}, a byte changed: ${name} says ${state}, ${codes.includes(fails) ? fails : codes.join(' ')}`);
    if (!refused && name.startsWith('own')) process.exitCode = 1;
  }
}

if (!existsSync(join(folder, 'index.json'))) {
  spawnSync(process.execPath, [join(here, 'large-files.mjs'), folder], { stdio: 'inherit' });
}
const files = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'));
const hosts = { node: openNode, chromium: () => openChromium(folder, now) };
const wanted = process.argv.slice(2).filter((name) => name in hosts);
for (const name of wanted.length > 0 ? wanted : Object.keys(hosts)) {
  const host = await hosts[name]();
  console.log(
    `\n| ${name} | file | in memory | other | digest | file/other | memory/other | file/digest | file/other, CPU |`,
  );
  console.log('|---|---|---|---|---|---|---|---|---|');
  for (const file of files) console.log(row(file.title, await measureFile(host, file)));
  console.log(`load ${loadavg()[0].toFixed(1)}`);
  for (const file of files) await refuse(host, file);
  await host.close();
}
