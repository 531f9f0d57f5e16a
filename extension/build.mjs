#!/usr/bin/env node
// Bundles the extension into extension/dist, around the worker and wasm core that web/build.mjs made.
// Options: --package=FOLDER (default web/dist), --out=FOLDER, and --everywhere, which asks for all hosts
// at installation: for tests, where nobody can answer a permission prompt.
import { build } from 'esbuild';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { iconPng } from './icons.mjs';
import { chromiumManifest, ICON_SIZES } from './manifest.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '..');

/** The worker of the package and the chunks it imports, each once. */
function workerFiles(packageFolder) {
  const names = new Set(['worker.js']);
  for (const name of names) {
    const text = readFileSync(join(packageFolder, name), 'utf8');
    for (const [, chunk] of text.matchAll(/["']\.\/(shared-\w+\.js)["']/g)) names.add(chunk);
  }
  return [...names];
}

/** The published worker as it is: what a reviewer checks in the package is what runs here. */
function copyValidator(packageFolder, out) {
  if (!existsSync(join(packageFolder, 'worker.js'))) {
    throw new Error(`${packageFolder} holds no package: run \`node cmake/build.mjs\`, which makes it first.`);
  }
  mkdirSync(out, { recursive: true });
  for (const name of [...workerFiles(packageFolder), 'core.wasm', 'brotli.wasm', 'LICENSES.txt', 'trust']) {
    cpSync(join(packageFolder, name), join(out, name), { recursive: true });
  }
}

function writeStatic(out, everywhere) {
  for (const name of readdirSync(join(here, 'pages'))) cpSync(join(here, 'pages', name), join(out, name));
  mkdirSync(join(out, 'icons'), { recursive: true });
  for (const size of ICON_SIZES) writeFileSync(join(out, `icons/icon-${size}.png`), iconPng(size));
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const manifest = chromiumManifest({ version, everywhere });
  writeFileSync(join(out, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

export async function buildExtension({ packageFolder, out, everywhere = false }) {
  rmSync(out, { recursive: true, force: true });
  copyValidator(packageFolder, join(out, 'validator'));
  writeStatic(out, everywhere);
  await build({
    absWorkingDir: root,
    entryPoints: ['background', 'offscreen', 'panel', 'options'].map((name) => join(here, 'src', `${name}.ts`)),
    outdir: out,
    bundle: true,
    splitting: true,
    chunkNames: 'shared-[hash]',
    format: 'esm',
    platform: 'browser',
    target: 'chrome116',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { package: { type: 'string' }, out: { type: 'string' }, everywhere: { type: 'boolean' } },
  });
  await buildExtension({
    packageFolder: resolve(root, values.package ?? 'web/dist'),
    out: resolve(root, values.out ?? 'extension/dist'),
    everywhere: values.everywhere ?? false,
  });
}
