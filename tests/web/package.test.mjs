// What `npm pack` would publish: exactly the files that belong, and they work where they are installed.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { dist, root } from './bundle.mjs';
import { folder, now } from './samples.mjs';

const npm = (args, cwd) => execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const ALLOWED = [
  /^(package\.json|README\.md|LICENSE[^/]*|CHANGELOG\.md)$/,
  /^web\/dist\/(index|in-page|worker|words|element|element-define|node|cli|shared-\w+|node-\w+)\.js$/,
  /^web\/dist\/((core|brotli)\.wasm|LICENSES\.txt)$/,
  /^web\/dist\/trust\/[\w-]+\.(pem|json)$/,
  /^web\/dist\/types\/(element\/)?[\w-]+\.d\.ts$/,
  /^web\/schema\/assay-report-1\.schema\.json$/,
];

test('the package holds what it should and nothing else', () => {
  const [{ files, size }] = JSON.parse(npm(['pack', '--dry-run', '--json', '--ignore-scripts'], root));
  const strange = files.map((file) => file.path).filter((path) => !ALLOWED.some((pattern) => pattern.test(path)));
  assert.deepEqual(strange, []);
  for (const path of ['web/dist/core.wasm', 'web/dist/worker.js', 'web/dist/types/index.d.ts']) {
    assert.ok(
      files.some((file) => file.path === path),
      path,
    );
  }
  assert.ok(size < 1_000_000, `${size} bytes`);
});

test('no runtime dependency, no install script, exact development versions, a dozen at most', () => {
  assert.equal(manifest.dependencies, undefined);
  for (const name of ['preinstall', 'install', 'postinstall', 'prepare'])
    assert.equal(manifest.scripts[name], undefined);
  const versions = Object.values(manifest.devDependencies);
  assert.ok(versions.length <= 12);
  for (const version of versions) assert.match(version, /^\d+\.\d+\.\d+$/);
});

test('the lock file names no host to download from', () => {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  for (const [path, entry] of Object.entries(lock.packages)) assert.equal(entry.resolved, undefined, path);
});

test('nothing that is shipped evaluates text, and no path of a build machine is in it', () => {
  for (const name of readdirSync(dist).filter((file) => file.endsWith('.js'))) {
    const text = readFileSync(join(dist, name), 'utf8');
    assert.doesNotMatch(
      text,
      /\beval\(|new Function\b|\.innerHTML\b|\.outerHTML\b|insertAdjacentHTML|document\.write\b/,
      name,
    );
    assert.ok(!text.includes(root), name);
  }
  assert.ok(!readFileSync(join(dist, 'core.wasm')).includes(root));
});

test('each trust list of the package has the digest that its description states', async () => {
  const { lists } = JSON.parse(readFileSync(join(dist, 'trust/trust.json'), 'utf8'));
  const { createHash } = await import('node:crypto');
  for (const { file, sha256, role, issued } of lists) {
    assert.equal(
      createHash('sha256')
        .update(readFileSync(join(dist, 'trust', file)))
        .digest('hex'),
      sha256,
    );
    assert.match(role, /^(signer|timestamp)$/);
    assert.match(issued, /^\d{4}-\d{2}-\d{2}/);
  }
});

const CONSUMER = `import { createValidator, EngineError, type Report } from 'assay';
import { badgeWords } from 'assay/words';
import schema from 'assay/schema.json' with { type: 'json' };
const validator = await createValidator({ trust: { lists: [{ name: 'mine', role: 'signer', pem: '' }] } });
const report: Report = await validator.validate(new Blob([]), { signal: AbortSignal.timeout(1), now: new Date() });
export const words: string = report.signer?.name ?? badgeWords(report.headline);
export const isEngine = (error: unknown): boolean => error instanceof EngineError;
// @ts-expect-error a name without the proof is not a signer
report.signer = report.attached[0];
// @ts-expect-error roles are few
void createValidator({ trust: { lists: [{ name: 'mine', role: 'everything', pem: '' }] } });
export default schema;
`;

test('installed from its tarball it runs, from Node, from the command line and for TypeScript', () => {
  const place = mkdtempSync(join(tmpdir(), 'assay-package-'));
  try {
    const [{ filename }] = JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', place], root));
    writeFileSync(join(place, 'package.json'), '{"type":"module"}');
    npm(['install', '--offline', '--no-audit', '--ignore-scripts', join(place, filename)], place);
    writeFileSync(
      join(place, 'use.mjs'),
      `import { createValidator } from 'assay';
       import { readFileSync } from 'node:fs';
       const validator = await createValidator();
       const report = await validator.validate(readFileSync(${JSON.stringify(join(folder, 'trusted.jpg'))}), { now: '${now}' });
       console.log(report.state, import.meta.resolve('assay/core.wasm').endsWith('core.wasm'), import.meta.resolve('assay/worker').endsWith('worker.js'));`,
    );
    assert.equal(execFileSync(process.execPath, ['use.mjs'], { cwd: place, encoding: 'utf8' }), 'valid true true\n');
    const tool = spawnSync(join(place, 'node_modules/.bin/assay'), [join(folder, 'no-credentials.jpg')], {
      encoding: 'utf8',
    });
    assert.equal(tool.status, 3);
    writeFileSync(join(place, 'use.ts'), CONSUMER);
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2022,dom'];
    const types = spawnSync(process.execPath, [tsc, ...flags, 'use.ts'], { cwd: place, encoding: 'utf8' });
    assert.equal(types.stdout, '');
    assert.ok(existsSync(join(place, 'node_modules/assay/web/dist/trust')));
  } finally {
    rmSync(place, { recursive: true });
  }
});
