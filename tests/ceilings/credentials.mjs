// Limits of certificates, revocation answers and time-stamps.
import { generateKeyPairSync } from 'node:crypto';
import { ingredient } from '../fixtures/assertions.mjs';
import { simpleManifest } from '../fixtures/asset.mjs';
import { goodStamp, stampTime } from '../fixtures/catalog/good.mjs';
import { openedFrom } from '../fixtures/catalog/ingredients.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { authority, expired } from '../fixtures/catalog/time.mjs';
import { ocspResponse } from '../fixtures/ocsp.mjs';
import { certificate, rfc822Name } from '../fixtures/pki.mjs';
import {
  issuing,
  ocspCertificate,
  root,
  signer,
  signerCertificate,
  tsa,
  tsaCertificate,
} from '../fixtures/test-pki.mjs';
import { timeStampToken } from '../fixtures/timestamp.mjs';

/** @typedef {import('./kit.mjs').Entry} Entry */

const count = (length, make) => Array.from({ length }, (_, i) => make(i));
const unrelated = (i) => certificate({ key: 'es384', subject: { CN: `unrelated ${i}` }, ca: true });
const bulk = { oid: '1.3.6.1.4.1.55555.9', value: Buffer.alloc(3000) };
const sizeOf = (chain) => chain.reduce((sum, { der }) => sum + der.length, 0);
const smallCa = (options) =>
  certificate({ key: 'es384', subject: { CN: 'assay TEST small CA' }, issuer: root(), ca: true, ...options });

/** Signed by whom, with what beside the signature. */
const by = (make, sign) => () => signed({ manifest: { signer: make(), sign: sign?.() } });
const withChain = (...more) => ({ ...signer(), chain: [...signer().chain, ...more] });

const refused = { below: /** @type {const} */ ('invalid'), says: 'signingCredential.invalid' };
const unlisted = { below: /** @type {const} */ ('valid'), says: 'signingCredential.untrusted' };

const largeLeaf = () => signer('ES256', { extensions: [bulk] });
const underLarge = () => signer('ES256', { issuer: smallCa({ extensions: [bulk] }) });
const underNames = () =>
  signer('ES256', {
    issuer: smallCa({
      nameConstraints: { permitted: count(3, (i) => rfc822Name(i === 0 ? 'press.example' : `press${i}.example`)) },
    }),
    altNames: count(4, (i) => rfc822Name(`camera${i}@press.example`)),
  });
/** Issuers of the right name and key identifier, and another key each, in front of the true one. */
function amongFalseIssuers(length) {
  const [leaf, issuer] = signer().chain;
  const falseIssuer = (i) => {
    const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    return certificate({ key, subject: issuer.subject, ski: issuer.keyId, serial: i + 1, issuer: root(), ca: true });
  };
  return { ...signer(), chain: [leaf, ...count(length, falseIssuer), issuer] };
}
const policies = count(6, (i) => `1.3.6.1.4.1.55555.2.${i}`);

/** @type {Entry[]} */
const certificates = [
  {
    limit: 'x5chainCertificates',
    title: 'a signature',
    file: by(() => withChain(...count(3, unrelated))),
    needed: 5,
    ...refused,
  },
  {
    limit: 'certificateBytes',
    title: 'a signer',
    file: by(largeLeaf),
    needed: () => largeLeaf().chain[0].der.length,
    ...refused,
  },
  {
    limit: 'certificateBytes',
    title: 'an issuer',
    file: by(underLarge),
    needed: () => underLarge().chain[1].der.length,
    ...refused,
  },
  { limit: 'x5chainBytes', title: 'a signature', file: by(signer), needed: () => sizeOf(signer().chain), ...refused },
  // The issuing authority and the root.
  { limit: 'pathNodes', title: 'a signer', file: by(signer), needed: 2, ...unlisted },
  { limit: 'nameComparisons', title: 'an issuer', file: by(underNames), needed: 3 * 4, ...unlisted },
  {
    limit: 'certificatePolicies',
    title: 'a signer',
    file: by(() => signer('ES256', { policies })),
    needed: 6,
    ...refused,
  },
  {
    limit: 'certificatePolicies',
    title: 'an issuer',
    file: by(() => signer('ES256', { issuer: smallCa({ policies }), policies: policies.slice(0, 1) })),
    needed: 6,
    ...unlisted,
  },
  // The claim, the signer's certificate against ten false issuers and the true one, and that one's: beside six that
  // each manifest may ask for.
  {
    limit: 'signatureChecks',
    title: 'a picture',
    file: by(() => amongFalseIssuers(10)),
    needed: 1 + 10 + 1 + 1 - 6,
    below: 'invalid',
    says: 'general.error',
  },
];

const camera = signer('ES256', { ocspUrl: 'http://ocsp.example/' });
const single = (more) => ({
  certificate: camera.chain[0],
  issuer: issuing(),
  status: /** @type {const} */ ('good'),
  thisUpdate: '2025-06-02T00:00:00Z',
  nextUpdate: '2025-06-09T00:00:00Z',
  ...more,
});
const elsewhere = (i) => single({ certificate: signerCertificate({ serial: 100 + i }) });
const response = (responses, more = {}) => ocspResponse({ responses, responder: ocspCertificate(), ...more });
const revokedSingle = () => single({ status: 'revoked', revokedAt: '2025-01-01T00:00:00Z' });

/** Answers stapled to a time-stamped signature. */
const stapled = (ocsp) =>
  by(
    () => camera,
    () => ({ ocsp: ocsp(), timeStamps: [goodStamp()] }),
  );
const threeAnswers = (last) => () => [...count(2, (i) => response([elsewhere(i)])), response([last])];
const unknown = { below: /** @type {const} */ ('trusted'), says: 'signingCredential.ocsp.skipped' };
const lengths = (list) => list.reduce((sum, { length }) => sum + length, 0);
const manySingles = () => [response([...count(5, elsewhere), single()])];
const manyResponders = () => [response([single()], { certificates: [ocspCertificate(), ...count(4, unrelated)] })];

/** @type {Entry[]} */
const revocation = [
  { limit: 'ocspAnswers', title: 'stapled answers', file: stapled(threeAnswers(single())), needed: 3, ...unknown },
  {
    limit: 'ocspAnswers',
    title: 'stapled answers of which the last is bad',
    file: stapled(threeAnswers(revokedSingle())),
    needed: 3,
    state: 'invalid',
    below: 'trusted',
    better: 'who staples it could as well leave it out',
    says: 'signingCredential.ocsp.skipped',
  },
  {
    limit: 'ocspBytes',
    title: 'stapled answers',
    file: stapled(threeAnswers(single())),
    needed: () => lengths(threeAnswers(single())()),
    ...unknown,
  },
  { limit: 'ocspSingleResponses', title: 'a stapled answer', file: stapled(manySingles), needed: 6, ...unknown },
  { limit: 'x5chainCertificates', title: 'a stapled answer', file: stapled(manyResponders), needed: 5, ...unknown },
];

const longTsa = () => ({ key: tsa().key, chain: [...tsa().chain, ...count(4, unrelated)] });
const largeTsa = () => authority({ extensions: [bulk] });
const stampOf = (make, more) => ({ version: 2, token: { tsa: make(), genTime: stampTime }, ...more });
/** A signer whose certificate expired since: the time-stamp keeps the record valid. */
const rescued = (make, more) => by(expired, () => ({ timeStamps: [stampOf(make, more)] }));
const late = { below: /** @type {const} */ ('invalid'), says: 'claimSignature.outsideValidity' };

/** Three time-stamp assertions, of which the last is about the parent. */
const stampedLater = () =>
  signed({
    earlier: (layout) => [simpleManifest(layout, { name: 'original', signer: expired() })],
    manifest: (_, [first]) => {
      const parent = ingredient({ manifest: first });
      const token = (message) => timeStampToken({ message, tsa: tsa(), genTime: stampTime });
      const messages = [Buffer.from('one'), Buffer.from('two'), first.parts.signature];
      const stamps = messages.map((message, i) => ({
        label: i === 0 ? 'c2pa.time-stamp' : `c2pa.time-stamp__${i}`,
        cbor: { [first.label]: token(message) },
      }));
      return { assertions: [openedFrom(parent), parent, ...stamps] };
    },
  });

/** @type {Entry[]} */
const times = [
  { limit: 'x5chainCertificates', title: 'a time-stamp', file: rescued(longTsa), needed: 5, ...late },
  {
    limit: 'certificateBytes',
    title: 'a time-stamp',
    file: rescued(largeTsa),
    needed: () => tsaCertificate({ extensions: [bulk] }).der.length,
    ...late,
  },
  {
    limit: 'timestampTokens',
    title: 'a header',
    file: by(signer, () => ({ timeStamps: [stampOf(tsa, { count: 3 })] })),
    needed: 3,
    below: 'trusted',
  },
  {
    limit: 'timestampTokens',
    title: 'time-stamp assertions',
    file: stampedLater,
    needed: 3,
    ...late,
    below: 'trusted',
  },
];

export const credentials = [...certificates, ...revocation, ...times];
