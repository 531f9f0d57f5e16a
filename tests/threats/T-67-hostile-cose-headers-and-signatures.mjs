// T-67: the algorithm comes from the protected header, fits the key, and is one of seven; everything else is refused
// before or by the check of the signature. The vectors of other projects run in tests/unit/crypto.
import { signed } from '../fixtures/catalog/kit.mjs';
import { signer } from '../fixtures/test-pki.mjs';
import { allKnown, known } from './kit.mjs';

const mismatch = {
  state: 'invalid',
  codes: ['claimSignature.mismatch'],
  absentCodes: ['claimSignature.validated'],
  shows: [/The signature does not check out/],
};
const unsupported = {
  state: 'invalid',
  codes: ['algorithm.unsupported'],
  absentCodes: ['claimSignature.validated'],
};

const build =
  (sign, by = signer()) =>
  () =>
    signed({ manifest: { signer: by, sign } });
const alg = (value) => ({ editProtected: (headers) => [[1, value], ...headers.slice(1)] });
const signature = (change) => ({
  editParts: (parts) => ({ ...parts, signature: change(Buffer.from(parts.signature)) }),
});

/** Algorithms that are registered, and not allowed here. */
const algorithms = { RS1: -65535, RS512: -259, A128GCM: 1, 'HSS-LMS': -46, none: 0 };

/** Values that are no signature for any key. */
const signatures = {
  'is empty': () => Buffer.alloc(0),
  'is all zeros': (s) => Buffer.alloc(s.length),
  'is all ones': (s) => Buffer.alloc(s.length, 0xff),
  'has a byte more': (s) => Buffer.concat([s, Buffer.alloc(1)]),
  'has a byte less': (s) => s.subarray(0, -1),
  'has a zero byte in front': (s) => Buffer.concat([Buffer.alloc(1), s]),
  'is twice as long': (s) => Buffer.concat([s, s]),
  'is reversed': (s) => Buffer.from(s).reverse(),
};

const keys = ['ES256', 'ES384', 'ES512', 'PS256', 'Ed25519'];

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-67',
  attacker: 'names an algorithm that is missing, unprotected, unknown or of another key, or writes odd signatures',
  answer: 'Unsupported or a mismatch; what the header calls critical and nobody knows is refused, too.',
  attacks: [
    ...Object.entries(algorithms).map(([name, value]) => ({
      title: `alg ${value} (${name})`,
      build: build(alg(value)),
      ...unsupported,
    })),
    ...keys.flatMap((name) =>
      Object.entries(signatures).map(([how, change]) => ({
        title: `an ${name} signature that ${how}`,
        build: build(signature(change), signer(name)),
        ...mismatch,
      })),
    ),
    ...allKnown(
      ['alg-missing', 'alg-unprotected', 'alg-unknown', 'alg-es256k', 'alg-text'].map((n) => `cose-${n}`),
      unsupported,
    ),
    ...allKnown(
      ['alg-fully-specified', 'alg-hmac'].map((n) => `cose-${n}`),
      unsupported,
    ),
    ...allKnown(['cose-alg-wrong-for-key', 'cose-alg-eddsa-over-ec'], { absentCodes: ['claimSignature.validated'] }),
    ...allKnown(
      ['signature-der', 'signature-order', 'ed25519-high-s', 'pss-flipped', 'pss-long'].map((n) => `cose-${n}`),
      mismatch,
    ),
    ...allKnown(
      ['alg-swapped-hash', 'crit-unknown', 'ed25519-flipped', 'pss-key-other-hash'].map((n) => `cose-${n}`),
      mismatch,
    ),
    {
      title: 'crit names a header that is known, but not there',
      build: build({ editProtected: (headers) => [...headers, [2, [99]]] }),
      ...mismatch,
    },
    {
      title: 'crit is empty',
      build: build({ editProtected: (headers) => [...headers, [2, []]] }),
      ...mismatch,
    },
    {
      title: 'crit is no list',
      build: build({ editProtected: (headers) => [...headers, [2, 'x5chain']] }),
      ...mismatch,
    },
    // The same signature in another form (n - s), and one without its tag: both are as good as the first.
    known('cose-signature-negated'),
    known('good-untagged'),
  ],
};
