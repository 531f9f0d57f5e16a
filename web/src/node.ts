/** assay in Node: the same API, working in the calling thread; `file:` addresses are read from disk. */
import { pathToFileURL } from 'node:url';
import { inPlaceBackend, type OpenSpecial } from './in-place.js';
import { nodePlatform } from './platform-node.js';
import { fileSource } from './source-file.js';
import type { Validator, ValidatorOptions } from './types.js';
import { validatorOver } from './validator.js';

export * from './public.js';

const openFile: OpenSpecial = (input, options) => {
  const url =
    input instanceof URL ? input : typeof input === 'string' && input.startsWith('file:') ? new URL(input) : null;
  return url?.protocol === 'file:' ? fileSource(url, options.type) : null;
};

export function createValidator(options: ValidatorOptions = {}): Promise<Validator> {
  const wasm = typeof options.wasm === 'string' ? new URL(options.wasm, pathToFileURL('./')) : options.wasm;
  return Promise.resolve(validatorOver(inPlaceBackend(nodePlatform(wasm), options, openFile)));
}
