// The validators that are measured, as files for a page: assay as it is built, the others installed in build/bench and
// bundled as a page would have them.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { build } from 'esbuild';
import { dist, root } from '../browser/server.mjs';

const here = join(root, 'tests/bench');
const folder = join(root, 'build/bench/peers');

export const names = ['assay', 'c2pa-web', 'c2pa-wasm', 'c2pa-ts'];
/** Which of them can be given trust lists. */
export const listed = ['assay', 'c2pa-web', 'c2pa-wasm'];

const wasm = {
  'c2pa-web': '@contentauth/c2pa-web/dist/resources/c2pa_bg.wasm',
  'c2pa-wasm': '@contentauth/c2pa-wasm/pkg/c2pa_bg.wasm',
};

function install() {
  mkdirSync(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(here, 'peers', file), join(folder, file));
  const done = join(folder, 'node_modules/.package-lock.json');
  if (existsSync(done) && statSync(done).mtimeMs > statSync(join(here, 'peers/package-lock.json')).mtimeMs) return;
  // Not `npm ci`: npm leaves optional packages of other systems out of a lock file without addresses, then misses them.
  const { status } = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error(`The other validators could not be installed in ${folder}: see npm's message.`);
}

async function bundled(name) {
  const { outputFiles } = await build({
    entryPoints: [join(here, 'pages', `${name}.js`)],
    nodePaths: [join(folder, 'node_modules')],
    external: ['/index.js'],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    logLevel: 'error',
  });
  return Buffer.from(outputFiles[0].contents);
}

export function versions() {
  const { dependencies } = JSON.parse(readFileSync(join(here, 'peers/package.json'), 'utf8'));
  return dependencies;
}

/** Path on the server → bytes. */
export async function pageFiles() {
  install();
  const files = {};
  for (const file of readdirSync(dist, { recursive: true })) {
    const path = join(dist, file);
    if (statSync(path).isFile() && ['.js', '.wasm', '.json', '.pem'].includes(extname(path)))
      files[`/${file}`] = readFileSync(path);
  }
  for (const name of names) files[`/peers/${name}.js`] = await bundled(name);
  for (const [name, path] of Object.entries(wasm)) {
    files[`/peers/${name}.wasm`] = readFileSync(join(folder, 'node_modules', path));
  }
  return files;
}

/** Where Node finds a peer. */
export const nodeModule = (path) => join(folder, 'node_modules', path);
