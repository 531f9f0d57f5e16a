// Seeds made of the test authority's certificates, and paths of public suites.
import { createHash, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The values of a file of vectors by their names. */
export function vectors(name) {
  const lines = readFileSync(new URL(`../vectors/${name}.txt`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  return new Map(lines.map((line) => line.split(' ')).map(([key, value]) => [key, Buffer.from(value, 'base64')]));
}

/** Every leaf and every issuer of the test authority with the others that its path needs. */
function ownChains() {
  const pki = vectors('pki');
  const chain = (...names) => names.map((name) => pki.get(name));
  const starting = (prefix) => [...pki.keys()].filter((name) => name.startsWith(prefix));
  return [
    ...starting('leaf').map((leaf) => chain(leaf, 'issuing', 'root')),
    ...starting('issuing').map((issuer) => chain('leaf_email_name', issuer, 'root')),
    ...starting('issuing').map((issuer) => chain('leaf', issuer, 'root')),
    chain('leaf_below_sub', 'sub_issuing', 'issuing', 'root'),
    chain('loop_leaf', 'loop_a', 'loop_b', 'root'),
    chain('leaf', 'cross_issuing', 'issuing', 'fake_root', 'root'),
  ];
}

const pemBlocks = (text) =>
  [...text.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END/g)].map(([, body]) => Buffer.from(body, 'base64'));

/** Paths of the public suites, where they are laid out (tests/vectors/README.md). */
function publicChains(suites) {
  const found = [];
  const limbo = join(suites, 'x509-limbo/limbo.json');
  if (existsSync(limbo)) {
    for (const one of JSON.parse(readFileSync(limbo, 'utf8')).testcases) {
      found.push([one.peer_certificate, ...one.untrusted_intermediates, ...one.trusted_certs].flatMap(pemBlocks));
    }
  }
  const pkits = join(suites, 'boringssl/pki/testdata/nist-pkits');
  if (existsSync(pkits)) {
    const cases = readFileSync(join(pkits, 'pkits_testcases-inl.h'), 'utf8');
    for (const [, names] of cases.matchAll(/certs\[\] = \{([^}]+)\}/g)) {
      const path = [...names.matchAll(/"([^"]+)"/g)].map(([, name]) => join(pkits, 'certs', `${name}.crt`));
      found.push(path.reverse().map((file) => readFileSync(file)));
    }
  }
  // The longest chains of the suites test the limit on a path's length, not what is in it.
  return found.filter((chain) => chain.length < 12 && chain.every(({ length }) => length < 4096));
}

/** Certification paths, leaf first. */
export const chains = () => [...ownChains(), ...publicChains(process.env.ASSAY_VECTORS ?? '')];

/** A list of trusted services: what is trusted now, what was, what never was. */
export function trustLists() {
  const pki = vectors('pki');
  const pem = (name) => `-----BEGIN CERTIFICATE-----\n${pki.get(name).toString('base64')}\n-----END CERTIFICATE-----\n`;
  const state = (status, since, ...names) => ({
    ServiceStatus: `https://example.org/status/${status}`,
    StatusStartingTime: since,
    ServiceDigitalIdentity: { X509Certificates: names.map((name) => ({ val: pki.get(name).toString('base64') })) },
  });
  const services = [
    { ServiceInformation: state('trusted', '2024-01-01T00:00:00Z', 'root', 'fake_root') },
    {
      ServiceInformation: state('withdrawn', '2025-06-01T00:00:00Z', 'tsa_root'),
      ServiceHistory: [state('trusted', '2025-01-01T00:00:00Z'), state('trusted', '2024-01-01T00:00:00Z', 'tsa_root')],
    },
    {
      ServiceInformation: { ...state('trusted', 'never', 'root'), ServiceDigitalIdentity: { X509Certificates: [{}] } },
    },
  ];
  const list = {
    LoTE: {
      ListAndSchemeInformation: {
        ListIssueDateTime: '2026-01-01T00:00:00Z',
        NextUpdate: '2027-01-01T00:00:00Z',
        SchemeName: [{ lang: 'en', value: 'Trusted for a test' }],
      },
      TrustedEntitiesList: [{ TrustedEntityServices: services }],
    },
  };
  const digest = createHash('sha256').update(pki.get('leaf')).digest('base64');
  return [JSON.stringify(list), pem('root') + pem('issuing'), `# words\n${digest}\n${pem('leaf')}`].map((text) =>
    Buffer.from(text),
  );
}

/** Keys of each kind as DIDs and in a DID document. */
export function decentralizedIdentifiers() {
  const pki = vectors('pki');
  const certificates = ['root', 'leaf', 'leaf_rsa_2048', 'leaf_ed25519'].map((name) => pki.get(name));
  const keys = certificates.map((der) => new X509Certificate(der).publicKey.export({ format: 'jwk' }));
  const methods = keys.map((publicKeyJwk, i) => ({ id: `#${i}`, type: 'JsonWebKey', publicKeyJwk }));
  const [inline, ...listed] = methods;
  const references = [inline, '#1', 'did:web:a#2', '#3', '#absent'];
  const document = { id: 'did:web:a', verificationMethod: listed, assertionMethod: references };
  const identifiers = keys.map((key) => `did:jwk:${Buffer.from(JSON.stringify(key)).toString('base64url')}`);
  return [JSON.stringify(document), ...identifiers].map((text) => Buffer.from(text));
}
