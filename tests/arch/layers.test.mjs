// The layer table of CMakeLists.txt holds for every #include of the core, and docs/architecture.md shows it.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { files, includes, layers, occurrences, read, root } from './project.mjs';

const table = layers();
const core = files(/^src\/.*\.(cpp|h|def)$/);
const layerOf = (path) => dirname(path).replace(/^src\//, '');

test('a layer uses only layers above its own line, so the graph has no cycle', () => {
  const declared = new Set();
  for (const { folder, uses } of table) {
    for (const used of uses) assert.ok(declared.has(used), `${folder} uses ${used}, which is not declared before it`);
    declared.add(folder);
  }
});

test('every core file lies in a layer folder', () => {
  const folders = new Set(table.map(({ folder }) => folder));
  assert.ok(core.length > 0);
  assert.deepEqual(
    core.filter((path) => !folders.has(layerOf(path))),
    [],
  );
});

test('every #include "layer/file.h" exists and is an arrow of the table', () => {
  const uses = new Map(table.map(({ folder, uses }) => [folder, new Set([folder, ...uses])]));
  const wrong = core.flatMap((path) =>
    includes(read(path))
      .filter(({ system }) => !system)
      .filter(({ name }) => !existsSync(join(root, 'src', name)) || !uses.get(layerOf(path))?.has(dirname(name)))
      .map(({ line, name }) => `${path}:${line}: #include "${name}"`),
  );
  assert.deepEqual(wrong, []);
});

test('bindings see the core through its headers only', () => {
  const wrong = files(/^bindings\/.*\.(cpp|h)$/).flatMap((path) =>
    includes(read(path))
      .filter(
        ({ name, system }) =>
          !system && !existsSync(join(root, 'src', name)) && !existsSync(join(root, dirname(path), name)),
      )
      .map(({ line, name }) => `${path}:${line}: #include "${name}"`),
  );
  assert.deepEqual(wrong, []);
});

test('only crypto includes BearSSL and libsodium, only one file includes nlohmann/json', () => {
  const third = (path) => includes(read(path)).filter(({ name }) => /^(bearssl|sodium|nlohmann)/.test(name));
  const users = files(/^(src|bindings)\/.*\.(cpp|h)$/).flatMap((path) =>
    third(path).map(({ name }) => `${path}: ${name}`),
  );
  const allowed = /^src\/crypto\/[^/]+\.cpp: (bearssl|sodium)|^src\/codec\/json\/json\.cpp: nlohmann\/json\.hpp$/;
  assert.deepEqual(
    users.filter((user) => !allowed.test(user)),
    [],
  );
});

// The core does no I/O, starts no thread, reads no clock and draws no random number: what it needs it asks its host for.
test('the core includes nothing of the operating system', () => {
  const banned =
    /^(fstream|iostream|ostream|istream|filesystem|ctime|time\.h|thread|mutex|future|random|csignal|unistd\.h|sys\/.*)$/;
  const wrong = core.flatMap((path) =>
    includes(read(path))
      .filter(({ name, system }) => system && banned.test(name))
      .map(({ line, name }) => `${path}:${line}: #include <${name}>`),
  );
  assert.deepEqual(wrong, []);
  assert.deepEqual(
    occurrences(core, /\b(system_clock|steady_clock|getenv|std::rand|printf|fopen|throw|try)\b(?!.*\/\/)/).filter(
      isCode,
    ),
    [],
  );
});

const isCode = (line) => !/^[^:]+:\d+: (\/\/|\*|\/\*)/.test(line) && !/\/\/.*\b(throw|try)\b/.test(line);

test('docs/architecture.md shows the same table', () => {
  const rows = [...read('docs/architecture.md').matchAll(/^\| `([a-z/]+)` \| ([^|]*) \|/gm)];
  const shown = rows.map(([, folder, uses]) => ({
    folder,
    uses: uses
      .replaceAll('`', '')
      .split(/[\s,]+/)
      .filter((word) => word && word !== '–'),
  }));
  assert.deepEqual(shown, table);
});
