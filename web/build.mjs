#!/usr/bin/env node
// Bundles the npm package and the demo page into web/dist: JavaScript (esbuild), types (tsc), the wasm
// core, and the trust lists if there are any. Options: --core=FOLDER (default build/wasm) and
// --out=FOLDER (default web/dist), which tests use.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({ options: { core: { type: 'string' }, out: { type: 'string' } } });
const core = resolve(root, values.core ?? 'build/wasm');
const destination = resolve(root, values.out ?? 'web/dist');
// Built beside its place and moved there when complete: whoever uses the old one is not left without files.
const out = join(root, `build/web-${process.pid}`);

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

function fail(text) {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

/** The trust lists the package carries, as build/trust/trust.json describes them; none is fine. */
function trustLists() {
  const description = join(root, 'build/trust/trust.json');
  if (!existsSync(description)) return [];
  return JSON.parse(readFileSync(description, 'utf8')).lists.map((list) => {
    const bytes = readFileSync(join(root, 'build/trust', list.file));
    if (sha256(bytes) !== list.sha256)
      fail(`${list.file} is not what build/trust/trust.json says. Remove build/trust.`);
    return { ...list, bytes };
  });
}

/** What only the build knows, as the module `assay:built`. File names stay literal so that bundlers find them. */
function builtModule(version, brotli, lists) {
  const entries = lists.map(
    ({ name, role, issued, sha256: digest, file }) =>
      `{name:${JSON.stringify(name)},role:${JSON.stringify(role)},issued:${JSON.stringify(issued ?? '')},` +
      `sha256:${JSON.stringify(digest)},url:new URL(${JSON.stringify(`./trust/${file}`)},import.meta.url)}`,
  );
  return [
    `export const version=${JSON.stringify(version)};`,
    `export const brotliSha256=${JSON.stringify(sha256(brotli))};`,
    `export const brotliUrl=new URL('./brotli.wasm',import.meta.url);`,
    `export const installedLists=[${entries.join(',')}];`,
  ].join('\n');
}

/** Emscripten's glue without its own idea of where the wasm lies: load.ts hands over a checked module. */
function glueModule(path) {
  const text = readFileSync(path, 'utf8');
  const own = /new URL\("assay-core\.wasm",\s*import\.meta\.url\)\.(toString\(\)|href)/g;
  const glue = text.replace(own, '"assay-core.wasm"');
  if (/new URL\([^)]*\.wasm/.test(glue)) fail('The glue looks for its wasm in a way web/build.mjs does not know.');
  if (/\bnew Function\b|\beval\(/.test(glue)) fail('The glue contains eval: is DYNAMIC_EXECUTION=0 set?');
  return glue;
}

/** The modules that only the build knows, by name. */
function modules(contents) {
  return {
    name: 'assay',
    setup(use) {
      use.onResolve({ filter: /^assay:/ }, ({ path }) => ({ path, namespace: 'assay' }));
      use.onLoad({ filter: /.*/, namespace: 'assay' }, ({ path }) => ({
        contents: contents[path],
        loader: 'js',
      }));
    },
  };
}

const entries = (names) => Object.fromEntries(names.map(([name, path]) => [name, join(root, 'web', path)]));
const only = (list) => list.filter(([, path]) => existsSync(join(root, 'web', path)));

/** `name` as a script that others import as it stands: bundled once, whoever uses it. */
const apart = (name) => ({
  name: `apart-${name}`,
  setup(use) {
    use.onResolve({ filter: new RegExp(`/${name}\\.js$`) }, ({ importer, path }) => {
      const folder = dirname(importer);
      if (join(folder, path) !== join(root, 'web/src', `${name}.js`)) return undefined;
      return { path: `${folder === join(root, 'web/demo') ? '..' : '.'}/${name}.js`, external: true };
    });
  },
});

/**
 * Three scripts that share nothing, so that each is one file: a page loads index.js and worker.js at once, and in-page.js
 * instead of the worker. Chunks stay beside the entries: they resolve ./worker.js and ./core.wasm from where they are.
 */
async function bundle(plugin) {
  const common = {
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    legalComments: 'none',
    outdir: out,
    plugins: [plugin],
    logLevel: 'warning',
  };
  const browser = {
    ...common,
    chunkNames: 'shared-[hash]',
    platform: 'browser',
    target: ['chrome109', 'firefox115', 'safari16.4'],
  };
  const elements = [
    ['words', 'src/words.ts'],
    ['element', 'src/element/index.ts'],
    ['element-define', 'src/element/define.ts'],
    ['demo/main', 'demo/main.ts'],
  ];
  const node = [
    ['node', 'src/node.ts'],
    ['cli', 'src/cli.ts'],
  ];
  const [index, inPage] = [apart('index'), apart('in-page')];
  await Promise.all([
    build({ ...browser, entryPoints: entries([['index', 'src/index.ts']]), plugins: [plugin, inPage] }),
    build({ ...browser, entryPoints: entries([['in-page', 'src/in-page.ts']]) }),
    build({ ...browser, entryPoints: entries([['worker', 'src/worker.ts']]) }),
    build({ ...browser, entryPoints: entries(only(elements)), plugins: [plugin, index] }),
    build({
      ...common,
      entryPoints: entries(only(node)),
      chunkNames: 'node-[hash]',
      platform: 'node',
      target: 'node20',
    }),
  ]);
}

function writeTypes() {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const types = ['--declaration', '--emitDeclarationOnly', '--noEmit', 'false', '--rootDir', 'web/src'];
  const result = spawnSync(
    process.execPath,
    [tsc, '-p', 'web/tsconfig.types.json', ...types, '--outDir', join(out, 'types')],
    { cwd: root, encoding: 'utf8' },
  );
  if (result.status !== 0) fail(result.stdout + result.stderr);
}

/** The licence texts of what is in the package: of the unpacked sources, of Debian's packages and of npm's. */
function licences() {
  const deps = join(root, 'build/deps');
  const names = existsSync(deps) ? readdirSync(deps).sort() : [];
  const inSources = names.flatMap((name) =>
    ['LICENSE', 'LICENSE.txt', 'COPYING'].map((file) => ({ name, path: join(deps, name, file) })),
  );
  const inDebian = ['nlohmann-json3-dev', 'emscripten'].map((name) => ({
    name,
    path: `/usr/share/doc/${name}/copyright`,
  }));
  const inModules = [{ name: 'brotli-dec-wasm', path: join(root, 'node_modules/brotli-dec-wasm/LICENSE-MIT.txt') }];
  return [...inSources, ...inDebian, ...inModules]
    .filter(({ path }) => existsSync(path))
    .map(({ name, path }) => `${name}\n${'='.repeat(name.length)}\n\n${readFileSync(path, 'utf8').trim()}\n`)
    .join('\n\n');
}

function copyDemo() {
  const demo = join(root, 'web/demo');
  if (!existsSync(join(demo, 'index.html'))) return;
  mkdirSync(join(out, 'demo'), { recursive: true });
  for (const file of ['index.html', 'demo.css', 'icon.svg']) cpSync(join(demo, file), join(out, 'demo', file));
  const samples = join(root, 'tests/samples');
  if (existsSync(samples)) cpSync(samples, join(out, 'demo/samples'), { recursive: true });
}

const glue = join(core, 'assay-core.mjs');
if (!existsSync(glue))
  fail(`${relative(root, glue)} is missing: run \`node cmake/build.mjs\`, which compiles it first.`);
const wasm = readFileSync(join(core, 'assay-core.wasm'));
const brotli = readFileSync(join(root, 'node_modules/brotli-dec-wasm/pkg/brotli_dec_wasm_bg.wasm'));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const lists = trustLists();

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, 'trust'), { recursive: true });
writeFileSync(join(out, 'core.wasm'), wasm);
writeFileSync(join(out, 'brotli.wasm'), brotli);
for (const { file, bytes } of lists) writeFileSync(join(out, 'trust', file), bytes);
const metadata = lists.map(({ bytes: _bytes, source: _source, ...list }) => list);
writeFileSync(join(out, 'trust/trust.json'), `${JSON.stringify({ lists: metadata }, null, 2)}\n`);
writeFileSync(join(out, 'LICENSES.txt'), licences());

await bundle(
  modules({
    'assay:built': builtModule(version, brotli, lists),
    'assay:core': `export const coreSha256=${JSON.stringify(sha256(wasm))};`,
    'assay:glue': glueModule(glue),
  }),
);
writeTypes();
copyDemo();
rmSync(destination, { recursive: true, force: true });
renameSync(out, destination);
