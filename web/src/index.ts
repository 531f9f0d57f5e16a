/** assay in a browser: validates Content Credentials in a module worker of its own. */
import { workerBackend } from './worker-backend.js';
import { EngineError, messageOf } from './errors.js';
import { errorOf } from './failures.js';
import { addressOf } from './input.js';
import { streamCore, type CompiledCore } from './stream-core.js';
import type { Validator, ValidatorOptions } from './types.js';
import { validatorOver } from './validator.js';

export * from './public.js';

export async function createValidator(options: ValidatorOptions = {}): Promise<Validator> {
  const wasm = typeof options.wasm === 'string' ? addressOf(options.wasm) : options.wasm;
  const { worker } = options;
  if (worker === false) {
    const { inPageBackend } = await import('./in-page.js').catch((error: unknown) => {
      const advice = 'Serve in-page.js beside index.js, from the same version of the package.';
      throw new EngineError(`The engine could not be loaded. ${advice} (${messageOf(error)})`, { cause: error });
    });
    return validatorOver(inPageBackend(wasm, options, errorOf));
  }
  const spawn = (): Worker => (worker === undefined ? startWorker() : openWorker(worker));
  return validatorOver(workerBackend(options, spawn, coreOfPage(wasm, worker)));
}

/** The core is on its way while the worker starts, unless only the worker knows where it is. */
function coreOfPage(
  wasm: ValidatorOptions['wasm'],
  worker: ValidatorOptions['worker'],
): (() => Promise<CompiledCore | undefined>) | undefined {
  if (wasm instanceof URL) return () => streamCore(wasm);
  if (wasm !== undefined || worker !== undefined) return undefined;
  return () => streamCore(new URL('./core.wasm', import.meta.url));
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
