/**
 * What a validator without a worker needs, in a script of its own: pages that use a worker never load it, and what they
 * load is one file. The two share no classes, so errors are handed over as a worker's are.
 */
import { EngineError, SourceError } from './errors.js';
import { failureOf, type Failure } from './failures.js';
import { inPlaceBackend } from './in-place.js';
import type { WasmSource } from './load.js';
import { webPlatform } from './platform-web.js';
import type { ValidatorOptions } from './types.js';
import type { Backend } from './validator.js';

type ErrorOf = (failure: Failure) => Error;

export function inPageBackend(wasm: WasmSource | undefined, options: ValidatorOptions, errorOf: ErrorOf): Backend {
  const backend = inPlaceBackend(webPlatform(wasm), options);
  const over = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof EngineError || error instanceof SourceError)) throw error;
      throw Object.assign(errorOf(failureOf(error)), { cause: error });
    }
  };
  return {
    render: (...request) => over(() => backend.render(...request)),
    openStream: async (...request) => {
      const stream = await over(() => backend.openStream(...request));
      return {
        check: (segment) => over(() => stream.check(segment)),
        report: () => over(() => stream.report()),
        end: () => over(() => stream.end()),
        close: () => {
          stream.close();
        },
      };
    },
    warmUp: () => over(() => backend.warmUp()),
    dispose: () => {
      backend.dispose();
    },
  };
}
