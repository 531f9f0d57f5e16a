// The files that get tampered with: every carrier and hard binding, each with an ingredient, a JSON, a CBOR and an
// embedded-file assertion, salts, a time-stamp and, where our own writer signs, a stapled revocation answer.
import { actions, assertionReference, ingredient } from '../fixtures/assertions.mjs';
import { oldStyle, goodStamp, thumbnail } from '../fixtures/catalog/good.mjs';
import { openedFrom, original } from '../fixtures/catalog/ingredients.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { uuid } from '../fixtures/jumbf.mjs';
import { ocspResponse } from '../fixtures/ocsp.mjs';
import { signIndependently } from '../fixtures/sign-independent.mjs';
import { issuing, ocspCertificate, root, signer, tsa, tsaRoot } from '../fixtures/test-pki.mjs';
import { media } from './media.mjs';

/**
 * @typedef {object} Base
 * @property {string} name
 * @property {string} carrier how the store is stored: a key of carriers in regions.mjs
 * @property {Buffer} bytes
 * @property {Buffer} [sidecar] a store beside the file instead of in it
 */

export const clock = '2026-11-23T00:00:00Z';
export const lists = () => [
  { name: 'tamper root', role: 'signer', pem: root().pem },
  { name: 'tamper time root', role: 'timestamp', pem: tsaRoot().pem },
];

const camera = signer('ES256', { ocspUrl: 'http://ocsp.example/' });

const notRevoked = () =>
  ocspResponse({
    responder: ocspCertificate(),
    responses: [
      {
        certificate: camera.chain[0],
        issuer: issuing(),
        status: 'good',
        thisUpdate: '2025-06-02T00:00:00Z',
        nextUpdate: '2025-06-09T00:00:00Z',
      },
    ],
  });

// With a little room to spare, as real writers leave it: padding is the dullest place to look at.
const proofs = () => ({ ocsp: [notRevoked()], timeStamps: [goodStamp()], reserve: 3500 });
const note = { label: 'org.assay.note', json: { text: 'noted' } };
const numbers = { label: 'org.assay.numbers', cbor: { list: [1, 2, 3], text: 'cbor' } };

/** The parent's manifest; like a real one it is bound to the parent's bytes, not to these. */
const earlier = (layout) => {
  const binding = layout.dataHash({ fields: { hash: layout.hashBytes(Buffer.from('the original')) } });
  return [original(layout, { binding, sign: { reserve: 1500 } })];
};

/** An edited picture with everything in it. */
const full = (more = {}) => ({
  earlier,
  manifest: (layout, [first]) => {
    const parent = ingredient({ manifest: first });
    const assertions = [openedFrom(parent), parent, note, numbers, thumbnail()];
    const binding = more.boxes ? { binding: layout.boxesHash() } : {};
    return { signer: camera, assertions, sign: proofs(), ...binding };
  },
});

/** As written in the days of claim version 1: certificates in the unprotected header. */
const old = () => {
  const { assertions, ...style } = oldStyle();
  return {
    manifest: {
      ...style,
      signer: camera,
      assertions: [...assertions, note, numbers],
      sign: { ...style.sign, ...proofs() },
    },
  };
};

/** A standard manifest and an update over it. */
const updated = () => ({
  earlier: (layout) => [original(layout, { sign: proofs() })],
  manifest: (_, [first]) => {
    const parent = ingredient({ manifest: first });
    const steps = [
      { action: 'c2pa.opened', parameters: { ingredients: [assertionReference(parent)] } },
      { action: 'c2pa.edited.metadata' },
    ];
    return { type: uuid.update, binding: null, assertions: [actions(steps), parent, note], sign: proofs() };
  },
});

/** The store taken out of the file; what is left is the asset it stands beside. */
function beside() {
  const spec = full();
  const apart = { embed: { editSegments: () => [] } };
  const binding = (layout) => layout.dataHash({ exclusions: [] });
  let store;
  const bytes = signed({
    ...spec,
    ...apart,
    manifest: (layout, earlier) => ({ ...spec.manifest(layout, earlier), binding: binding(layout) }),
    editStore: (made) => (store = made),
    lengthIsFree: true,
  });
  return { bytes, sidecar: store };
}

const stamps = [{ version: 2, token: { tsa: tsa(), genTime: '2025-06-01T12:00:00Z' } }];

async function independent(name) {
  const { type, make } = media[name];
  const common = { signer: signer(), timeStamps: stamps, reserve: 2500 };
  const created = [
    { action: 'c2pa.created', digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture' },
  ];
  const first = { ...common, format: 'jpeg', picture: media.jpeg.make(0), title: 'first.jpg', actions: created };
  const parent = { format: 'jpeg', asset: await signIndependently(first), title: 'first.jpg', label: 'first' };
  const bytes = await signIndependently({
    ...common,
    mediaType: type,
    picture: make(1),
    title: name,
    parent,
    thumbnail: media.jpeg.make(2),
    actions: [{ action: 'c2pa.opened', parameters: { ingredientIds: ['first'] } }],
    assertions: [{ label: 'org.assay.note', data: { text: 'noted' } }],
  });
  return { name, carrier: name, bytes };
}

/** @param {number} scene so that no two files show the same picture */
const ours = (name, carrier, scene, spec) => ({
  name,
  carrier,
  bytes: signed({ format: carrier, base: media[carrier].make(scene), ...spec }),
});

/** @returns {Promise<Base[]>} in an order that never changes */
export async function bases() {
  const others = [];
  for (const name of ['webp', 'gif', 'tiff', 'svg', 'wav', 'mp3', 'mp4', 'avif', 'heic'])
    others.push(await independent(name));
  return [
    ours('png', 'png', 1, full()),
    ours('png-v1', 'png', 2, old()),
    ours('jpeg', 'jpeg', 1, full()),
    ours('jpeg-v1', 'jpeg', 2, old()),
    ours('jpeg-boxes', 'jpeg', 3, full({ boxes: true })),
    ours('jpeg-segments', 'jpeg', 4, { ...full(), embed: { chunkSize: 2000 } }),
    ours('jpeg-update', 'jpeg', 5, updated()),
    { name: 'sidecar', carrier: 'none', ...beside() },
    ...others,
  ];
}
