#!/usr/bin/env node
// `npm run size`: bytes that a page loads to validate, raw and compressed, against the budget of docs/performance.md,
// and who they belong to: layers, libraries, the largest functions (`npm run size -- total` leaves that out).
// A page loads the wasm core, the module, its worker and what these import.
import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { buildProduct, compile } from './build.mjs';
import { isMain, main, root, say, StepError } from './console.mjs';
import { setUp } from './setup.mjs';
import { attribute } from './size-layers.mjs';

const ENTRIES = ['index.js', 'worker.js'];
const LARGEST = 25;
export const BUDGET = { raw: 750_000, brotli: 272_000 };

const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  }).length;

function readBuilt(name) {
  const path = join(root, 'web/dist', name);
  if (!existsSync(path)) throw new StepError(`${path} is not there: run \`npm run build\`.`);
  return readFileSync(path);
}

/** The entries and every chunk they import at once, each once; what is imported when a file needs it is not loaded. */
function loadedModules() {
  const names = new Set(ENTRIES);
  for (const name of names) {
    const imports = readBuilt(name)
      .toString()
      .matchAll(/(?:from|import) ?["']\.\/(shared-[^"']+\.js)["']/g);
    for (const [, chunk] of imports) names.add(chunk);
  }
  return [...names];
}

/** [{name, raw, gzip, brotli}] of what a page loads, the total last. */
export function measure() {
  const rows = ['core.wasm', ...loadedModules()].map((name) => {
    const bytes = readBuilt(name);
    return { name, raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotli(bytes) };
  });
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  return [...rows, { name: 'total', raw: sum('raw'), gzip: sum('gzip'), brotli: sum('brotli') }];
}

const cell = (value) => String(value).padStart(10);

function sayTotal() {
  const rows = measure();
  say(`${''.padEnd(20)}${['raw', 'gzip', 'brotli'].map(cell).join('')}`);
  for (const row of rows) say(`${row.name.padEnd(20)}${[row.raw, row.gzip, row.brotli].map(cell).join('')}`);
  const total = rows.at(-1);
  say(`${'budget'.padEnd(20)}${[BUDGET.raw, '', BUDGET.brotli].map(cell).join('')}`);
  return total.raw <= BUDGET.raw && total.brotli <= BUDGET.brotli;
}

function sayOwners() {
  const { owners, largest, data } = attribute(LARGEST);
  say(`\n${'code of the core'.padEnd(20)}${['bytes', 'functions'].map(cell).join('')}`);
  for (const { name, bytes, functions } of owners) say(`${name.padEnd(20)}${[bytes, functions].map(cell).join('')}`);
  say(`${'data'.padEnd(20)}${cell(data)}`);
  say('\nlargest functions');
  for (const { name, owner, bytes } of largest) say(`${cell(bytes)}  ${owner.padEnd(20)}${name}`);
}

if (isMain(import.meta.url)) {
  main(async () => {
    await setUp('start');
    await buildProduct();
    const kept = sayTotal();
    if (process.argv[2] !== 'total') {
      await compile('wasm', ['assay-core-named'], 'link the core with names');
      sayOwners();
    }
    return kept ? 0 : 1;
  });
}
