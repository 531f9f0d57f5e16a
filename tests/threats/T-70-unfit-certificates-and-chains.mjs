// T-70: the profile of the signer's certificate and the path to an anchor, by RFC 5280. The suites of other projects
// (docs/pki-suites.md) run in tests/unit/pki.
import * as der from '../fixtures/der.mjs';
import { intermediate, under, unknownExtension } from '../fixtures/catalog/certificates.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { extensionOid } from '../fixtures/oids.mjs';
import { certificate, testKey } from '../fixtures/pki.mjs';
import { issuing, root, signer } from '../fixtures/test-pki.mjs';
import { allKnown, known } from './kit.mjs';

const unfit = {
  state: 'invalid',
  codes: ['signingCredential.invalid'],
  absentCodes: ['signingCredential.trusted'],
  shows: [/The signing certificate may not be used for Content Credentials/],
};
const unusable = {
  state: 'invalid',
  codes: ['signingCredential.invalid', 'claimSignature.mismatch'],
  absentCodes: ['signingCredential.trusted'],
};
const untrusted = {
  state: 'valid',
  codes: ['signingCredential.untrusted', 'claimSignature.validated'],
  absentCodes: ['signingCredential.trusted'],
  shows: [/signer not recognised/, /it could be anyone's/],
};

const chainOf = (title, chain, expected, more = {}) => ({
  title,
  build: () => {
    const list = chain();
    return signed({ manifest: { signer: { alg: 'ES256', key: list[0].key, chain: list } } });
  },
  ...expected,
  ...more,
});

const withCa = (options, leaf) => () => {
  const ca = intermediate(options);
  return [under(ca, leaf), ca];
};

/** A CA under the issuing one, whose path length is 0, or under an anchor that is the issuing one. */
const below = () => {
  const second = certificate({ key: 'es384', subject: { CN: 'assay TEST second CA' }, issuer: issuing(), ca: true });
  return [under(second), second];
};

const stranger = (n) => certificate({ key: 'es384', subject: { CN: `unrelated ${n}` }, ca: true });

const policyConstraints = () => ({
  oid: extensionOid.policyConstraints,
  critical: true,
  value: der.sequence(der.implicitPrimitive(0, Buffer.from([0]))),
});

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-70',
  attacker: 'signs with a certificate that must not sign, or with a chain that must not lead to an anchor',
  answer: 'Invalid where the certificate is unfit; untrusted, and the name anyone’s, where no path holds.',
  attacks: [
    ...allKnown(
      ['missing', 'any', 'any-only'].map((n) => `certificate-eku-${n}`),
      unfit,
    ),
    // Not even a key can be taken from these, so that the signature is not verified either.
    ...allKnown(['certificate-eku-empty', 'certificate-curve', 'certificate-rsa-1024'], unusable),
    ...allKnown(
      ['none', 'encipherment', 'non-repudiation', 'cert-sign'].map((n) => `certificate-usage-${n}`),
      unfit,
    ),
    ...allKnown(
      ['ca', 'no-aki', 'version-1', 'unique-id'].map((n) => `certificate-${n}`),
      unfit,
    ),
    ...allKnown(
      ['signed-sha1', 'rsa-sha1-signed'].map((n) => `certificate-${n}`),
      unfit,
    ),
    known('certificate-signature-flipped', untrusted),
    known('certificate-critical-unknown', unfit),
    known('certificate-algorithms-differ', { state: 'invalid' }),
    known('certificate-trailing', { state: 'invalid' }),
    ...allKnown(['certificate-expired', 'certificate-not-yet'], {
      shows: [/Signed outside the certificate's validity, with no recognised time-stamp/],
    }),
    ...allKnown(
      ['missing', 'path-length', 'ca-signature-flipped', 'loop'].map((n) => `chain-${n}`),
      untrusted,
    ),
    ...allKnown(
      ['same-name-root', 'same-name-ca', 'tsa-root'].map((n) => `chain-${n}`),
      untrusted,
    ),
    ...allKnown(
      ['not-permitted', 'excluded', 'mail-excluded'].map((n) => `chain-names-${n}`),
      untrusted,
    ),
    ...allKnown(
      ['ca-without-usage', 'ca-without-constraints', 'ca-false', 'ca-critical-unknown', 'ca-sha1', 'leaf-as-ca'].map(
        (n) => `chain-${n}`,
      ),
      untrusted,
    ),
    known('chain-ca-expired', { state: 'invalid', codes: ['claimSignature.outsideValidity'] }),
    known('chain-self-signed', untrusted),
    known('chain-reversed'),
    known('chain-hundred', { state: 'invalid' }),
    // Unusual and in order: a stray certificate changes nothing, names that fit pass.
    ...allKnown(['chain-extra', 'chain-same-name-ca-both', 'chain-names-permitted', 'chain-names-mail-permitted']),
    chainOf('the issuing CA is the anchor, and its path length of 0 counts', below, untrusted, { trust: ['issuing'] }),
    chainOf(
      'a CA whose serial, names and key are those of the true one, signed by nobody',
      withCa({ issuer: undefined, issuerName: root().subject }),
      untrusted,
    ),
    chainOf(
      'a critical constraint on policies that the leaf does not have',
      withCa({ extensions: [policyConstraints()] }),
      untrusted,
    ),
    chainOf(
      'an unknown critical extension in both',
      withCa({ extensions: [unknownExtension(true)] }, { extensions: [unknownExtension(true)] }),
      unfit,
    ),
    chainOf(
      'an issuer that names another key as its own',
      withCa({ ski: Buffer.alloc(20, 7) }, { key: testKey('es256') }),
      {
        // A key identifier is a hint (RFC 5280 4.2.1.1); the signature decides.
        state: 'trusted',
      },
    ),
    chainOf('300 certificates', () => [...signer().chain, ...Array.from({ length: 298 }, (_, i) => stranger(i))], {
      state: 'invalid',
      absentCodes: ['signingCredential.trusted'],
    }),
    chainOf(
      'fifteen unrelated certificates between leaf and issuer',
      () => {
        const [leaf, ca] = signer().chain;
        return [leaf, ...Array.from({ length: 14 }, (_, i) => stranger(i)), ca];
      },
      { state: 'trusted' },
    ),
  ],
};
