// What the npm package promises about itself (supply-chain list of the threat model).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { read } from './project.mjs';

const manifest = JSON.parse(read('package.json'));
const lock = JSON.parse(read('package-lock.json'));

test('no runtime dependency and no script that runs on installation', () => {
  for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundleDependencies']) {
    assert.equal(manifest[kind], undefined, kind);
  }
  for (const hook of ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish']) {
    assert.equal(manifest.scripts[hook], undefined, hook);
  }
});

test('at most a dozen development packages, each at an exact version', () => {
  const tools = Object.entries(manifest.devDependencies);
  assert.ok(tools.length <= 12, `${tools.length} development dependencies`);
  for (const [name, version] of tools) assert.match(version, /^\d+\.\d+\.\d+$/, name);
});

test('the lock file pins contents and names no place to fetch them from', () => {
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === '') continue;
    assert.ok(entry.integrity, `${path} has no integrity`);
    assert.equal(entry.resolved, undefined, path);
  }
});

test('package, core and change log agree on the version', () => {
  assert.match(read('CMakeLists.txt'), /file\(READ "\$\{CMAKE_CURRENT_SOURCE_DIR\}\/package.json" ASSAY_PACKAGE\)/);
  assert.equal(lock.version, manifest.version);
  assert.match(
    read('CHANGELOG.md'),
    new RegExp(`^## \\[(Unreleased|${manifest.version.replaceAll('.', '\\.')})\\]`, 'm'),
  );
});

test('only listed files are published', () => {
  assert.ok(manifest.files.length > 0);
  const outside = manifest.files.filter(
    (entry) => !/^(web\/(dist|schema)|extension\/dist|LICENSE|CHANGELOG\.md)/.test(entry),
  );
  assert.deepEqual(outside, []);
});
