// Gives tests a module of the extension's source, bundled in memory.
import { build } from 'esbuild';
import { join } from 'node:path';
import { root } from '../browser/server.mjs';

export async function load(path) {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'extension/src', path)],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'node20',
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}
