// The core as wasm with every access to memory and every growth of the stack checked (T-16, T-78): the catalogue, the
// hostile files of the corpus and files that hold as many of something as 64 KB can. Its reports are those of the core
// that is shipped, to the letter.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { before, test } from 'node:test';
import { atMost, CURVES } from '../ceilings/growing.mjs';
import { promises } from '../ceilings/promises.mjs';
import { assets, present, read } from '../corpus/corpus.mjs';
import { catalog } from '../fixtures/catalog.mjs';
import { builtCore, Engine, reportAlone } from '../web/built-core.mjs';

const now = '2026-11-23T00:00:00Z';

/** Larger files take long under the checks and show nothing new. */
const LARGEST = 256 * 1024;
const EACH = process.env.ASSAY_WHOLE_CORPUS ? 1 : 4;

// With its assertions the tool chain's glue insists on a CommonJS host.
globalThis.require = createRequire(import.meta.url);
globalThis.__dirname = import.meta.dirname;

let engines;

before(async () => {
  const cores = await Promise.all(['assay-core', 'assay-core-checked'].map((name) => builtCore(name)));
  engines = cores.map((core) => new Engine(core, []));
});

async function compare(files) {
  for (const { name, bytes } of files) {
    const [shipped, checked] = await Promise.all(engines.map((engine) => reportAlone(engine, bytes, { now })));
    assert.equal(checked, shipped, name);
  }
  return files.length;
}

const sampled = (all) => all.filter((_, i) => i % EACH === 0);

test('the catalogue', async () => {
  const files = sampled(catalog)
    .map(({ name, build }) => ({ name, bytes: build() }))
    .filter(({ bytes }) => Buffer.isBuffer(bytes));
  assert.ok((await compare(files)) > 200);
});

test('the corpus', async (context) => {
  if (!present) return context.skip('no corpus: only files of our own are checked');
  const files = sampled(assets().filter(({ size }) => size <= LARGEST)).map(({ file }) => ({
    name: file,
    bytes: read(file),
  }));
  assert.ok((await compare(files)) > 50);
});

test('64 KB of anything, and files that promise more than they hold', async () => {
  const files = CURVES.map(({ what, make, counts }) => ({ name: what, bytes: atMost(64 * 1024, make, counts) }));
  await compare([...files, ...promises().map(({ what, bytes }) => ({ name: what, bytes }))]);
});
