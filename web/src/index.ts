/** assay in a browser: validates Content Credentials in a module worker of its own. */
import { workerBackend } from './client.js';
import { inPlaceBackend } from './in-place.js';
import { webPlatform } from './platform-web.js';
import type { Validator, ValidatorOptions } from './types.js';
import { validatorOver } from './validator.js';

export * from './public.js';

export function createValidator(options: ValidatorOptions = {}): Promise<Validator> {
  const wasm = typeof options.wasm === 'string' ? new URL(options.wasm, globalThis.document?.baseURI) : options.wasm;
  const { worker } = options;
  const backend =
    worker === false
      ? inPlaceBackend(webPlatform(wasm), options)
      : workerBackend(options, () =>
          // Written out, so that bundlers find the script.
          worker === undefined
            ? new Worker(new URL('./worker.js', import.meta.url), { type: 'module', name: 'assay' })
            : new Worker(worker, { type: 'module', name: 'assay' }),
        );
  return Promise.resolve(validatorOver(backend));
}
