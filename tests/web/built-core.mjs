// The wasm core as it was built, without the package around it: for tests that drive an engine by themselves.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { load, root } from './bundle.mjs';

export const { Engine, EngineError, bytesSource, drive, noSignal } = await load(
  'engine',
  'errors',
  'drive',
  'sources',
  'abort',
);

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

/** The report on a file from a host that knows nothing beside it and leaves all hashing to the core. */
export async function reportAlone(engine, bytes, { now, whenOpen = () => {} }) {
  const session = await engine.open({ size: bytes.length, now });
  try {
    whenOpen();
    await drive(session, {
      source: bytesSource(bytes),
      hasher: () => Promise.resolve(null),
      resolver: () => Promise.resolve('notAllowed'),
      signal: noSignal(),
    });
    return session.report('json');
  } finally {
    session.close();
  }
}
