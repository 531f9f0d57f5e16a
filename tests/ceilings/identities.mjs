// Limits of identity statements and of the names that came along.
import { gzipSync } from 'node:zlib';
import { createPublicKey } from 'node:crypto';
import { actions } from '../fixtures/assertions.mjs';
import { oldStyle } from '../fixtures/catalog/good.mjs';
import { x509 } from '../fixtures/catalog/identity-kit.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import {
  asJwt,
  creativeWork,
  credential,
  credentialBox,
  credentialStore,
  credentialUri,
} from '../fixtures/credential.mjs';
import { aggregatedIdentity, verifiedIdentity } from '../fixtures/identity.mjs';
import { boxHash } from '../fixtures/jumbf.mjs';
import { signer } from '../fixtures/test-pki.mjs';

/** @typedef {import('./kit.mjs').Entry} Entry */

const count = (length, make) => Array.from({ length }, (_, i) => make(i));
const label = (i) => (i === 0 ? 'cawg.identity' : `cawg.identity__${i}`);
const below = /** @type {const} */ ('trusted');

/** Statements about the hard binding. */
export const stating = (statements) => () =>
  signed({
    manifest: (layout) => {
      const binding = layout.dataHash();
      return { assertions: [actions(), ...statements(binding)], binding };
    },
  });

export const aggregated = (o) => (binding) => aggregatedIdentity({ about: [binding], ...o });
const named = (i) => ({ ...verifiedIdentity, username: `person_${i}` });
const withPeople = (credential) => {
  credential.credentialSubject.verifiedIdentities = count(4, named);
  return credential;
};

export const did = 'did:web:aggregator.example';
const listUrl = 'https://aggregator.example/status';
const aggregator = () => signer('Ed25519').key;
const didDocument = () =>
  Buffer.from(
    JSON.stringify({
      '@context': 'https://www.w3.org/ns/did/v1',
      id: did,
      verificationMethod: [
        {
          id: `${did}#1`,
          type: 'JsonWebKey2020',
          controller: did,
          publicKeyJwk: createPublicKey(aggregator()).export({ format: 'jwk' }),
        },
      ],
      assertionMethod: [`${did}#1`],
    }),
  );
const LIST_BYTES = 16384;
const statusList = () => {
  const encodedList = `u${gzipSync(Buffer.alloc(LIST_BYTES)).toString('base64url')}`;
  const subject = { type: 'BitstringStatusList', statusPurpose: 'revocation', encodedList };
  return Buffer.from(
    asJwt({ issuer: did, validFrom: '2026-01-01T00:00:00Z', credentialSubject: subject }, aggregator()),
  );
};
const withStatus = (credential) => {
  credential.credentialStatus = {
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '7',
    statusListCredential: listUrl,
  };
  return credential;
};
export const answers = { 'https://aggregator.example/.well-known/did.json': didDocument(), [listUrl]: statusList() };

/** @type {Entry[]} */
const statements = [
  {
    limit: 'identityStatements',
    title: 'statements by certificate',
    file: stating((binding) => count(3, (i) => x509({ label: label(i) })(binding)[0])),
    needed: 3,
    below,
    shown: /"identities":[^\]].*cawg\.identity__2.*"attached":/,
  },
  {
    limit: 'identityResources',
    title: 'documents of two aggregators',
    file: stating((binding) =>
      count(2, (i) => aggregated({ label: label(i), issuer: `did:web:number${i}.example` })(binding)),
    ),
    needed: 2,
    below,
    shown: /"network":.*number1\.example/,
  },
  {
    limit: 'verifiedIdentities',
    title: 'one credential',
    file: stating((binding) => [aggregated({ issuer: did, credential: withPeople })(binding)]),
    issuers: [did],
    answers,
    needed: 4,
    below,
    shown: /person_3/,
  },
  {
    limit: 'statusListInflatedBytes',
    title: 'one list',
    file: stating((binding) => [aggregated({ issuer: did, credential: withStatus })(binding)]),
    needed: LIST_BYTES,
    answers,
    below,
    says: 'cawg.ica.revocation.unavailable',
  },
];

/** @type {Entry[]} */
const names = [
  {
    limit: 'attachedNames',
    title: 'stated names',
    file: () =>
      signed({
        manifest: {
          assertions: [actions(), { label: 'stds.exif', json: { 'tiff:Artist': count(5, (i) => `Artist ${i}`) } }],
        },
      }),
    needed: 5,
    below,
    shown: /"subject":"Artist 4"/,
  },
  {
    limit: 'attachedNames',
    title: 'references to credentials',
    file: () => {
      const made = count(5, (i) => credentialBox(`did:example:${i}`, credential({ subject: `did:example:${i}` })));
      const references = made.map((box, i) => ({ url: credentialUri(`did:example:${i}`), hash: boxHash(box) }));
      return signed({
        manifest: {
          ...oldStyle(),
          assertions: [actions(undefined, { version: 1 }), creativeWork({ references })],
          extraBoxes: [credentialStore(made)],
        },
      });
    },
    needed: 5,
    below: 'invalid',
    says: 'general.error',
  },
];

export const identities = [...statements, ...names];
