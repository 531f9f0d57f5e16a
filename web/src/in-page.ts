/** What a validator without a worker needs; pages that use one never load it. */
import { inPlaceBackend } from './in-place.js';
import type { WasmSource } from './load.js';
import { webPlatform } from './platform-web.js';
import type { ValidatorOptions } from './types.js';
import type { Backend } from './validator.js';

export const inPageBackend = (wasm: WasmSource | undefined, options: ValidatorOptions): Backend =>
  inPlaceBackend(webPlatform(wasm), options);
