// The wasm core as it was built, without the package around it: for tests that drive an engine by themselves.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './bundle.mjs';

/** Makes instances from one compiled module, as the package does. @param {string} [name] of the build */
export async function builtCore(name = 'assay-core') {
  const path = join(root, 'build/wasm', name);
  const { default: createCore } = await import(pathToFileURL(`${path}.mjs`));
  const wasm = await WebAssembly.compile(readFileSync(`${path}.wasm`));
  return () =>
    createCore({
      instantiateWasm: (imports, done) => {
        void WebAssembly.instantiate(wasm, imports).then((instance) => done(instance, wasm));
        return {};
      },
    });
}
