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
      : workerBackend(options, () => (worker === undefined ? startWorker() : openWorker(worker)));
  return Promise.resolve(validatorOver(backend));
}

function startWorker(): Worker {
  try {
    // Written out in one expression, so that bundlers find the script.
    return new Worker(new URL('./worker.js', import.meta.url), { type: 'module', name: 'assay' });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return openWorker(new URL('./worker.js', import.meta.url));
  }
}

interface ScriptUrlPolicy {
  createScriptURL(url: string): string;
}

/** Pages that enforce Trusted Types take script addresses from a policy only; ours is named `assay`. */
let policy: ScriptUrlPolicy | undefined;

function scriptUrl(url: string): string {
  const factory = (
    globalThis as { trustedTypes?: { createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy } }
  ).trustedTypes;
  try {
    policy ??= factory?.createPolicy('assay', { createScriptURL: (text) => text });
  } catch {
    // The page does not list the name. If it does not enforce the types either, the plain address does.
  }
  return policy?.createScriptURL(url) ?? url;
}

const openWorker = (address: string | URL): Worker =>
  new Worker(scriptUrl(String(address)), { type: 'module', name: 'assay' });
