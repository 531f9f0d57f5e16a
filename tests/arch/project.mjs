// The project's files and its layer table, as the checks of this folder read them.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Paths of the working tree that git does not ignore. */
export function files(pattern = /./) {
  const listed = spawnSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
  if (listed.status !== 0) throw new Error(`git ls-files: ${listed.stderr}`);
  return listed.stdout.split('\n').filter((path) => path && pattern.test(path) && existsSync(join(root, path)));
}

export const read = (path) => readFileSync(join(root, path), 'utf8');

/** The assay_layer lines of CMakeLists.txt in order: [{folder, uses}]. */
export function layers() {
  const text = read('CMakeLists.txt').replace(/#.*$/gm, '');
  return [...text.matchAll(/assay_layer\(([^)]*)\)/g)].map(([, words]) => {
    const [folder, ...uses] = words.trim().split(/\s+/);
    return { folder, uses };
  });
}

/** [{line, name, system}] of the #include lines of a C++ text. */
export function includes(text) {
  return text.split('\n').flatMap((line, index) => {
    const match = /^\s*#\s*include\s+(?:"([^"]+)"|<([^>]+)>)/.exec(line);
    return match ? [{ line: index + 1, name: match[1] ?? match[2], system: match[2] !== undefined }] : [];
  });
}

/** Every place a pattern matches in the given files, as "path:line: text". */
export function occurrences(paths, pattern) {
  return paths.flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((text, index) => (pattern.test(text) ? [`${path}:${index + 1}: ${text.trim()}`] : [])),
  );
}
