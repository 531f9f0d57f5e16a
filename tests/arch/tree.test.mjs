// What may stand in the repository: places, sizes, words, and tests that somebody runs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { files, layers, occurrences, read } from './project.mjs';

const TOP_LEVEL = [
  'CMakeLists.txt CMakePresets.json package.json package-lock.json',
  'README.md LICENSE CONTRIBUTING.md SECURITY.md CHANGELOG.md',
  'cmake src bindings web extension tests docs',
  '.ci .clang-format .clang-tidy .githooks .gitattributes .github .gitignore .npmrc .prettierignore',
];

test('the top level holds nothing unexpected', () => {
  const allowed = new Set(TOP_LEVEL.join(' ').split(' '));
  const found = new Set(files().map((path) => path.split('/')[0]));
  assert.deepEqual(
    [...found].filter((name) => !allowed.has(name)),
    [],
  );
});

test('files stay short enough to do one thing', () => {
  const limits = [
    [/^(src|bindings)\/.*\.(cpp|h)$/, 400],
    [/^(web|extension|cmake)\/.*\.(ts|mjs|js)$/, 400],
    [/^tests\/.*\.(cpp|h|mjs)$/, 450],
  ];
  const long = limits.flatMap(([pattern, limit]) =>
    files(pattern)
      .map((path) => ({ path, lines: read(path).split('\n').length - 1 }))
      .filter(({ lines }) => lines > limit)
      .map(({ path, lines }) => `${path}: ${lines} lines, at most ${limit}`),
  );
  assert.deepEqual(long, []);
});

// The words are put together here so that this file does not contain them.
const joined = (...words) => words.map((parts) => parts.join('.').replaceAll('.', '\\.')).join('|');

test("no package registry and no path of somebody's machine is written down", () => {
  const registries = joined(
    ['registry', 'npmjs'],
    ['deb', 'debian', 'org'],
    ['security', 'debian', 'org'],
    ['pypi', 'org'],
    ['npm', 'pkg'],
  );
  const homes = ['home', 'root', 'tmp', 'work', 'Users'].map((folder) => `/${folder}/[A-Za-z0-9.]`).join('|');
  const text = files(/\.(cpp|h|def|c|ts|mjs|js|json|md|css|html|cmake|txt|yml|svg)$|^\.[a-z-]+$|^\.ci\//);
  const pattern = new RegExp(`${registries}|(^|[\\s"'\`(=])(${homes})`);
  assert.deepEqual(occurrences(text, pattern), []);
});

test('text never becomes markup or code in the page and the extension (T-14)', () => {
  const scripts = files(/^(web|extension)\/.*\.(ts|js|mjs)$/);
  const markup =
    /\.(innerHTML|outerHTML|srcdoc)\b|insertAdjacentHTML|setHTMLUnsafe|document\.write|\beval\(|new Function\b|DOMParser\b/;
  assert.deepEqual(
    occurrences(
      scripts.filter((path) => !path.endsWith('build.mjs')),
      markup,
    ),
    [],
  );
  const pages = files(/^(web|extension)\/.*\.html$/);
  assert.deepEqual(occurrences(pages, /<script(?![^>]*\ssrc=)|\son[a-z]+\s*=|["']\s*javascript:|\sstyle=/i), []);
});

test('every unit test lies where CMake looks for it', () => {
  const folders = new Set(layers().map(({ folder }) => `tests/unit/${folder}`));
  const sources = files(/^tests\/unit\/.*\.cpp$/);
  const lost = sources.filter((path) => !/_test\.cpp$/.test(path) || !folders.has(path.replace(/\/[^/]*$/, '')));
  assert.deepEqual(lost, []);
});

test('every fuzz target is compiled and run', () => {
  const sources = files(/^tests\/fuzz\/.*\.cpp$/);
  assert.deepEqual(
    sources.filter((path) => !/^tests\/fuzz\/[a-z0-9_]+_fuzz\.cpp$/.test(path)),
    [],
  );
  assert.deepEqual(
    sources.filter((path) => !read(path).includes('LLVMFuzzerTestOneInput')),
    [],
  );
  assert.match(read('cmake/FuzzTargets.cmake'), /GLOB sources .*tests\/fuzz\/\*_fuzz\.cpp/);
  const targets = sources.map((path) => path.replace(/^.*\/|_fuzz\.cpp$/g, ''));
  const fuzzing = /^## Fuzzing$(.*?)^## /ms.exec(read('docs/reliability.md'))[1];
  const listed = [...fuzzing.matchAll(/^\| `([a-z0-9_]+)`/gm)].map(([, name]) => name);
  assert.deepEqual(listed.sort(), targets.sort());
});

test('every node test lies in a folder that `npm test` runs', () => {
  const stages = [...read('cmake/test.mjs').matchAll(/nodeTests\('([a-z-]+)'/g)].map(([, folder]) => folder);
  const tests = files(/^tests\/.*\.test\.[a-z]+$/);
  assert.deepEqual(
    tests.filter((path) => !path.endsWith('.test.mjs') || !stages.includes(path.split('/')[1])),
    [],
  );
});

test('the build scripts that run before `npm ci` import nothing from npm', () => {
  const scripts = files(/^cmake\/.*\.mjs$/).filter((path) => path !== 'cmake/eslint.config.mjs');
  assert.deepEqual(occurrences(scripts, /^import .*from '(?!node:|\.\/)/), []);
});
