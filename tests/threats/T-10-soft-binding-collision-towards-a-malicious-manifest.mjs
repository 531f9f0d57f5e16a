// T-10: a record made for somebody else's picture, to be found for it by watermark or fingerprint. Nothing is looked up
// here; a host that did so hands in one record beside the file, which never outranks the one inside.
import assert from 'node:assert/strict';
import { actions, createdAction, sourceType } from '../fixtures/assertions.mjs';
import { base, insert, otherBase, signed } from '../fixtures/catalog/kit.mjs';
import { xmpSegment } from '../fixtures/jpeg.mjs';
import { signer, unlistedSigner } from '../fixtures/test-pki.mjs';

const soft = {
  label: 'c2pa.soft-binding',
  cbor: { alg: 'com.example.wm', blocks: [{ scope: {}, value: Buffer.alloc(4) }], pad: Buffer.alloc(0) },
};
const lie = actions([{ ...createdAction, digitalSourceType: sourceType.trained }]);

/** A record that says of another file that it was generated. */
function evil(by) {
  let store;
  signed({
    base: otherBase.jpeg,
    manifest: { name: 'evil', signer: by, assertions: [lie, soft] },
    editAsset: (asset, _, s) => ((store = s), asset),
  });
  return store;
}

const signers = {
  'a listed signer': () => signer('Ed25519'),
  'a signer on no list': unlistedSigner,
};

const address = 'https://credentials.example/evil.c2pa';
const pointing = (bytes) =>
  insert(
    bytes,
    20,
    xmpSegment(
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
        `<rdf:Description xmlns:dcterms="http://purl.org/dc/terms/" dcterms:provenance="${address}"/></rdf:RDF></x:xmpmeta>`,
    ),
  );

const perSigner = Object.entries(signers).flatMap(([whose, by]) => [
  {
    title: `the record of ${whose} for a picture without one`,
    build: () => ({ bytes: base.jpeg, sidecar: evil(by()) }),
    state: 'invalid',
    codes: ['assertion.dataHash.mismatch'],
    shows: [/These credentials do not match this file/, /Signed by Nobody/],
    hides: [/generative AI/, /Unlisted/],
  },
  {
    title: `the record of ${whose} for a picture that has its own`,
    before: signed,
    edit: (bytes) => ({ bytes, sidecar: evil(by()) }),
    state: 'trusted',
    codes: ['assertion.dataHash.match'],
    shows: [/Signed by Example Press/, /the record is inside the file/],
    hides: [/generative AI/, /Unlisted/],
    check: ({ facets, manifests }) => {
      assert.equal(facets.presence, 'embedded');
      assert.equal(manifests.length, 1);
    },
  },
  {
    title: `the record of ${whose} for a picture whose own was changed`,
    before: signed,
    edit: (bytes) => ({ bytes: Buffer.concat([bytes, Buffer.alloc(1)]), sidecar: evil(by()) }),
    state: 'invalid',
    codes: ['assertion.dataHash.mismatch'],
    hides: [/generative AI/],
    check: ({ facets }) => assert.equal(facets.presence, 'embedded'),
  },
  {
    title: `the record of ${whose} where a signed picture points`,
    build: () => signed({ base: pointing(base.jpeg) }),
    web: { [address]: () => new Response(evil(by())) },
    state: 'trusted',
    shows: [/the record is inside the file/],
    hides: [/generative AI/],
    check: ({ asset }, _, { fetched }) => {
      assert.equal(asset.alsoPointsTo, address);
      assert.deepEqual(fetched, []);
    },
  },
  {
    title: `the record of ${whose} where an unsigned picture points`,
    build: () => pointing(base.jpeg),
    web: { [address]: () => new Response(evil(by())) },
    state: 'invalid',
    codes: ['assertion.dataHash.mismatch'],
    shows: [/These credentials do not match this file/],
    hides: [/generative AI/],
  },
]);

/** Of several records none is picked. */
const several = [
  ['an evil one in front of the good one', (good, bad) => Buffer.concat([bad, good])],
  ['the good one in front of an evil one', (good, bad) => Buffer.concat([good, bad])],
  ['fifty evil ones', (_, bad) => Buffer.concat(Array.from({ length: 50 }, () => bad))],
].map(([title, joined]) => ({
  title: `several records handed in at once: ${title}`,
  build: () => {
    let good;
    signed({ editAsset: (asset, _, s) => ((good = s), asset) });
    return { bytes: base.jpeg, sidecar: joined(good, evil(signer('Ed25519'))) };
  },
  state: 'invalid',
  hides: [/generative AI/, /captured by/, /vouched for by/],
}));

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-10',
  section: '4.2.2.8',
  attacker: 'publishes a record that a watermark or fingerprint finds for somebody else’s picture',
  answer:
    'What was found elsewhere never outranks the record inside the file and does not match a file it was not made for; of several none is picked.',
  attacks: [...perSigner, ...several],
};
