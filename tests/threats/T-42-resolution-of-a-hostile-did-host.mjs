// T-42: an identity whose issuer names the host of its keys. Nothing is asked of it unless the host allows it, and never
// of this machine or a private network; and a key from there makes nobody known.
import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { actions } from '../fixtures/assertions.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { aggregatedIdentity } from '../fixtures/identity.mjs';
import { signer } from '../fixtures/test-pki.mjs';
import { known } from './kit.mjs';

const about =
  (issuer, more = {}) =>
  () =>
    signed({
      manifest: (layout) => {
        const binding = layout.dataHash();
        return { binding, assertions: [actions(), aggregatedIdentity({ about: [binding], issuer, ...more })] };
      },
    });

const unproven = {
  state: 'trusted',
  identityTrust: ['root'],
  absentCodes: ['cawg.ica.credential_valid', 'cawg.identity.trusted', 'cawg.identity.well-formed'],
  hides: [/example_photographer/],
};

const quiet = (report, _, { fetched, asked }) => {
  assert.deepEqual(fetched, []);
  assert.deepEqual(asked, []);
  assert.deepEqual(report.identities[0].verified, []);
  assert.equal(report.signer.name, 'Example Press (TEST)');
};

/** Hosts that nothing may be asked of, even where everything is allowed. */
const never = {
  'this machine': 'did:web:localhost',
  'this machine, with a port': 'did:web:localhost%3A8080',
  'this machine by number': 'did:web:127.0.0.1',
  'a private network': 'did:web:10.0.0.1',
  'the metadata of a cloud': 'did:web:169.254.169.254:latest',
  'a name of the intranet': 'did:web:printer',
  'a user before the host': 'did:web:user%40evil.example',
  'a path that leads up': 'did:web:evil.example:..:..:admin',
  'a slash in the host': 'did:web:evil.example%2Fadmin',
  'a question in the host': 'did:web:evil.example%3Fq=1',
  'a line break in the host': 'did:web:evil.example%0d%0aHost',
  'no host': 'did:web:',
  'another method': 'did:evil:evil.example',
  'a web address': 'https://evil.example/',
};

const host = 'https://aggregator.example/.well-known/did.json';
const { key } = signer('Ed25519');
const document = (id, publicKeyJwk) => () =>
  Response.json({
    '@context': ['https://www.w3.org/ns/did/v1'],
    id,
    verificationMethod: [{ id: `${id}#1`, type: 'JsonWebKey2020', controller: id, publicKeyJwk }],
    assertionMethod: [`${id}#1`],
  });
const jwkOf = (own) => createPublicKey(own).export({ format: 'jwk' });

const answers = {
  'nobody there': undefined,
  'a page': () => new Response('<!doctype html>'),
  'an empty document': () => Response.json({}),
  'the document of somebody else': document('did:web:evil.example', jwkOf(key)),
  'another key': document('did:web:aggregator.example', jwkOf(signer('ES256').key)),
  'a redirect to this machine': () => new Response(null, { status: 302, headers: { location: 'https://127.0.0.1/' } }),
  'an answer without end': () => new Response(new Uint8Array(11 << 20)),
};

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-42',
  attacker: 'names a host for the keys of an identity, to have it asked or to answer as it likes',
  answer:
    'Nothing is resolved by default; where it is allowed, only public https hosts are asked. The identity stays unproven until a document holds its key, and the signer is untouched.',
  attacks: [
    ...['did:web:aggregator.example', ...Object.values(never)].map((issuer) => ({
      title: `${issuer}, by default`,
      build: about(issuer),
      ...unproven,
      check: quiet,
    })),
    ...Object.entries(never).map(([what, issuer]) => ({
      title: `${what}, where the host allows everything`,
      build: about(issuer),
      web: {},
      ...unproven,
      check: quiet,
    })),
    ...Object.entries(answers).map(([what, answer]) => ({
      title: `a host that answers with ${what}`,
      build: about('did:web:aggregator.example'),
      web: answer ? { [host]: answer } : {},
      ...unproven,
      check: (report, _, { asked, fetched }) => {
        assert.deepEqual(asked[0], { host: 'aggregator.example', resource: 'didDocument' });
        assert.deepEqual([...new Set(fetched)], [host]);
        assert.deepEqual(report.identities[0].verified, []);
      },
    })),
    {
      title: 'a host that answers with the very key, which makes nobody known',
      build: about('did:web:aggregator.example'),
      web: { [host]: document('did:web:aggregator.example', jwkOf(key)) },
      state: 'trusted',
      identityTrust: ['root'],
      codes: ['cawg.ica.credential_valid'],
      absentCodes: ['cawg.identity.trusted'],
      shows: [/not recognised: the signature is good/],
      check: ({ identities: [identity] }) => assert.equal(identity.state, 'wellFormed'),
    },
    ...['identity-ica-did-web', 'identity-ica-status-unreachable', 'identity-ica-schema'].map((name) => known(name)),
    known('credential-proof-jcs-fetched-key', { shows: [/the issuer’s key would have to be fetched/] }),
  ],
};
