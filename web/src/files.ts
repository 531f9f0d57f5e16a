import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A file to check, or a path that could not be looked into. */
export interface Found {
  path: string;
  url: URL;
  error?: unknown;
}

/**
 * The files that paths stand for: a folder stands for all files in it, in the order of their names. Links
 * to folders are not followed, so a loop of links cannot keep the walk going.
 */
export class Files implements AsyncIterable<Found> {
  readonly #paths: readonly string[];

  constructor(paths: readonly string[]) {
    this.#paths = paths;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Found, void, undefined> {
    // A stack, deepest entry last: folders may be nested as deeply as the disk allows.
    const stack = this.#paths.map((path) => ({ path, given: true })).reverse();
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const { path, given } = next;
      const url = pathToFileURL(path);
      try {
        const isFolder = given ? (await stat(path)).isDirectory() : path.endsWith('/');
        if (!isFolder) yield { path, url };
        else stack.push(...(await this.#inside(path)).reverse());
      } catch (error) {
        yield { path, url, error };
      }
    }
  }

  async #inside(folder: string): Promise<{ path: string; given: boolean }[]> {
    const entries = await readdir(folder, { withFileTypes: true });
    const names = entries
      .filter(
        (entry) => !entry.name.startsWith('.') && (entry.isFile() || entry.isDirectory() || entry.isSymbolicLink()),
      )
      .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
      .sort();
    const files: string[] = [];
    for (const name of names) {
      const path = join(folder, name);
      const isLinkToFolder = !name.endsWith('/') && (await stat(path).catch(() => null))?.isFile() !== true;
      if (!isLinkToFolder) files.push(path);
    }
    return files.map((path) => ({ path, given: false }));
  }
}
