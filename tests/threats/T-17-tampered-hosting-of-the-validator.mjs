// T-17: whoever serves the package serves another core or list. What is checked here is the core's own digest and the
// lists that hosts give; the package's files and lists: tests/web/engine.test.mjs, tests/web/package.test.mjs.
import { readFileSync } from 'node:fs';
import { flip, signed } from '../fixtures/catalog/kit.mjs';

const core = () => readFileSync(new URL('../../web/dist/core.wasm', import.meta.url));
const emptyModule = Buffer.from('0061736d01000000', 'hex');

const cores = {
  'one bit changed at the end': () => flip(core(), core().length - 1),
  'one bit changed in the middle': () => flip(core(), core().length >> 1),
  'cut short': () => core().subarray(0, core().length - 100),
  'a section added': () => Buffer.concat([core(), Buffer.from([0, 2, 1, 0x78])]),
  'another module': () => emptyModule,
  nothing: () => Buffer.alloc(0),
  'a page that says not found': () => Buffer.from('<!doctype html><title>404</title>'),
};

const list = (pem) => () => ({ trust: { useDefault: false, lists: [{ name: 'own', role: 'signer', pem }] } });

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-17',
  attacker: 'serves another core or another trust list in the place of the package’s',
  answer:
    'The core is not started unless its digest is the package’s; a list that cannot be read is refused, never taken for an empty one.',
  attacks: [
    ...Object.entries(cores).map(([what, bytes]) => ({
      title: `the core: ${what}`,
      options: () => ({ wasm: bytes() }),
      refuses: /The wasm core is not the file this package was built with/,
      state: 'none',
    })),
    { title: 'a list that is no list', options: list('not a certificate'), refuses: /own/, state: 'none' },
    {
      title: 'a list that holds another root of the same name',
      build: signed,
      trust: ['unlisted-root'],
      state: 'valid',
      codes: ['signingCredential.untrusted'],
    },
  ],
};
