#!/usr/bin/env node
// Builds what people use: the wasm core, the npm package in web/dist, the extension in
// extension/dist. `node cmake/build.mjs native` (or asan, wasm) builds a whole CMake preset
// instead. What is up to date is skipped.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build, buildErrors, isMain, main, ninjaProgress, onPath, root, run, say, sha256, stamp } from './console.mjs';
import { setUp } from './setup.mjs';

// ccache compares paths relative to the checkout, so that a second clone reuses what the first compiled.
const CCACHE = { CCACHE_BASEDIR: root, CCACHE_NOHASHDIR: '1', CCACHE_COMPILERCHECK: 'content' };

/** Configures a preset unless that was done for the same presets, caller and environment. */
export async function configure(preset) {
  const launcher = onPath('ccache')
    ? ['-DCMAKE_C_COMPILER_LAUNCHER=ccache', '-DCMAKE_CXX_COMPILER_LAUNCHER=ccache']
    : [];
  // CMake remembers the folder it found; `--fresh` forgets it when somebody chooses another.
  const sources = ['BEARSSL_SOURCE_DIR', 'LIBSODIUM_SOURCE_DIR'].map((name) => process.env[name] ?? '');
  const presets = readFileSync(join(root, 'CMakePresets.json'));
  const done = stamp(`configure-${preset}`, [sha256(presets), root, ...launcher, ...sources].join('\n'));
  if (done.current && existsSync(join(build, preset, 'build.ninja'))) return;
  await run(`configure ${preset}`, 'cmake', ['--preset', preset, '--fresh', ...launcher], {
    log: `configure-${preset}`,
    advice: 'If a tool or source is missing, `node cmake/setup.mjs` names it.',
  });
  done.set();
}

/** Builds targets of a preset (all when none are named). */
export async function compile(preset, targets = [], label = `compile ${preset}`) {
  await configure(preset);
  // -k 0: every complaint at once, not the first one per run.
  const args = ['--build', '--preset', preset, ...targets.flatMap((name) => ['--target', name]), '--', '-k', '0'];
  await run(label, 'cmake', args, {
    log: `compile-${preset}`,
    env: CCACHE,
    excerpt: buildErrors,
    progress: ninjaProgress,
    done: (output) => (output.includes('no work to do') ? 'up to date' : ''),
    advice: 'The first error above is the one to look at.',
  });
}

/** Size and time of every file below the given paths: changes when any of them does. */
function fingerprint(paths) {
  const entries = [];
  const visit = (path) => {
    if (!existsSync(path)) return;
    const info = statSync(path);
    if (info.isDirectory()) {
      for (const name of readdirSync(path).sort()) {
        if (name !== 'dist' && name !== 'node_modules') visit(join(path, name));
      }
    } else {
      entries.push(`${path} ${info.size} ${info.mtimeMs}`);
    }
  };
  for (const path of paths) visit(join(root, path));
  return sha256(entries.join('\n'));
}

async function bundle(folder, inputs) {
  const script = join(root, folder, 'build.mjs');
  if (!existsSync(script)) return;
  const done = stamp(`bundle-${folder}`, fingerprint(inputs));
  if (done.current && existsSync(join(root, folder, 'dist'))) return;
  await run(`bundle ${folder}`, process.execPath, [script], {
    log: `bundle-${folder}`,
    advice: 'The first error above is the one to look at.',
  });
  done.set();
}

const CORE_FILES = ['build/wasm/assay-core.mjs', 'build/wasm/assay-core.wasm'];
const WEB_INPUTS = ['web', 'package.json', 'package-lock.json', 'build/trust', ...CORE_FILES];

/** Everything that ships. */
export async function buildProduct() {
  await compile('wasm', ['assay-core'], 'compile the core to wasm');
  await bundle('web', WEB_INPUTS);
  await bundle('extension', [...WEB_INPUTS, 'extension']);
}

if (isMain(import.meta.url)) {
  main(async () => {
    const presets = process.argv.slice(2);
    await setUp(presets.some((preset) => preset !== 'wasm') ? 'test' : 'start');
    for (const preset of presets) await compile(preset);
    if (presets.length === 0) await buildProduct();
    say('Built.');
  });
}
