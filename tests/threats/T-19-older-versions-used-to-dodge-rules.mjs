// T-19: constructs of older versions, used because newer rules would refuse. The newest rules hold for every record
// what is merely deprecated is read and told apart.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { actions, createdAction } from '../fixtures/assertions.mjs';
import { goodStamp, oldStyle } from '../fixtures/catalog/good.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { uuid } from '../fixtures/jumbf.mjs';
import { film } from '../fixtures/mp4.mjs';
import { signer } from '../fixtures/test-pki.mjs';
import { known } from './kit.mjs';

const old = (more = {}) => ({ ...oldStyle(), ...more });

/** An old record is read by the rules of today, and the report says that it is old. */
const marked = ({ manifests: [{ claimVersion, assertions }] }) => {
  assert.equal(claimVersion, 1);
  assert.ok(assertions.every(({ origin }) => origin === 'listed'));
};

const bmffOfVersion1 = (layout) => ({
  label: 'c2pa.hash.bmff',
  cbor: {
    exclusions: [{ xpath: '/uuid' }, { xpath: '/ftyp' }, { xpath: '/mfra' }],
    alg: 'sha256',
    hash: createHash('sha256').update(layout.bytes).digest(),
    name: 'jumbf manifest',
  },
});

const refused = (title, manifest, codes, more = {}) => ({
  title,
  build: () => signed({ manifest, ...more }),
  state: 'invalid',
  codes,
  shows: [/Signed by Nobody/],
});

const weak = ['md5', 'sha1'];

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-19',
  attacker: 'writes a record in the manner of an older version, whose rules were weaker',
  answer:
    'The newest rules hold for every record: weak algorithms and withdrawn bindings are refused, what is only old is told to be so.',
  attacks: [
    {
      title: 'a claim of version 1, with nothing else wrong',
      build: () => signed({ manifest: old() }),
      state: 'trusted',
      check: marked,
    },
    {
      title: 'a manifest of the oldest type',
      build: () => signed({ manifest: old({ type: uuid.legacyManifest }) }),
      state: 'trusted',
      check: marked,
    },
    {
      title: 'a time-stamp in the oldest header',
      build: () => signed({ manifest: old({ sign: { x5chain: 'unprotected', timeStamps: [goodStamp(1)] } }) }),
      state: 'trusted',
      check: marked,
    },
    ...weak.map((alg) => refused(`a claim of version 1 that names ${alg}`, old({ alg }), ['algorithm.unsupported'])),
    ...weak.map((alg) =>
      refused(`a data hash of version 1 with ${alg}`, (layout) => old({ binding: layout.dataHash({ alg }) }), [
        'algorithm.unsupported',
      ]),
    ),
    refused(
      'a BMFF hash of version 1 as the only binding of a film',
      (l) => old({ binding: bmffOfVersion1(l) }),
      ['claim.hardBindings.missing'],
      { format: 'mp4', base: film },
    ),
    refused('a claim of version 1 without a hard binding', old({ binding: null }), ['claim.hardBindings.missing']),
    refused(
      'an expired signer without a time-stamp, in a record of version 1',
      () => old({ signer: signer('ES256', { notAfter: '2022-01-01T00:00:00Z' }) }),
      ['claimSignature.outsideValidity'],
    ),
    refused(
      'a signer whose certificate is made with SHA-1',
      () => old({ signer: signer('ES256', { signature: 'ecdsa-sha1' }) }),
      ['signingCredential.invalid'],
    ),
    refused(
      'a claim of version 2 with the list of version 1 beside its own',
      { claim: { assertions: [], created_assertions: [] } },
      ['claim.malformed'],
    ),
    refused('a claim of version 1 under the label of version 2', old({ claimLabel: 'c2pa.claim.v2' }), [
      'claim.malformed',
    ]),
    {
      title: 'a manifest of the withdrawn time-stamp type, which counts for nothing',
      build: () => signed({ manifest: { type: uuid.timeStamp } }),
      state: 'invalid',
      hides: [/vouched for by/],
    },
    {
      title: 'a certificate chain in the unprotected header of a claim of version 2',
      build: () => signed({ manifest: { sign: { x5chain: 'unprotected' } } }),
      state: 'trusted',
    },
    {
      title: 'actions of version 1 that begin with neither created nor opened',
      build: () =>
        signed({
          manifest: old({
            assertions: [actions([{ ...createdAction, action: 'c2pa.color_adjustments' }], { version: 1 })],
          }),
        }),
      state: 'trusted',
      check: marked,
    },
    ...['claim-alg-md5', 'claim-alg-sha1', 'data-hash-alg-md5', 'data-hash-alg-sha1', 'binding-bmff-v1-only'].map(
      (name) => known(name),
    ),
    known('redaction-old-ingredient', { state: 'invalid', codes: ['ingredient.claimSignature.missing'] }),
  ],
};
