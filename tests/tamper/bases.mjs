// The files that get tampered with: every carrier and hard binding, each with an ingredient, a JSON, a CBOR and an
// embedded-file assertion, salts, a time-stamp and, where our own writer signs, a stapled revocation answer.
import { actions, assertionReference, ingredient } from '../fixtures/assertions.mjs';
import { Layout, simpleManifest } from '../fixtures/asset.mjs';
import { fragmentedStream } from '../fixtures/bmff.mjs';
import { oldStyle, goodStamp, thumbnail } from '../fixtures/catalog/good.mjs';
import { openedFrom, original } from '../fixtures/catalog/ingredients.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { uuid } from '../fixtures/jumbf.mjs';
import { storeBox } from '../fixtures/manifest.mjs';
import { merkleHash, withProofs } from '../fixtures/mp4.mjs';
import { ocspResponse } from '../fixtures/ocsp.mjs';
import { signIndependently } from '../fixtures/sign-independent.mjs';
import { issuing, ocspCertificate, root, signer, tsa, tsaRoot } from '../fixtures/test-pki.mjs';
import { media, noise } from './media.mjs';
import { film, fragment, fragmentedMovie } from './video.mjs';

/**
 * What is validated together, and which file of it is tampered with while the others stay as they are.
 * @typedef {object} Base
 * @property {string} name
 * @property {'asset' | 'sidecar' | 'stream'} given what the files are: an asset; an asset and the store beside it; an
 *   initialisation segment and its segments
 * @property {Buffer[]} files
 * @property {number} at the number of the file to tamper with
 * @property {string | null} carrier how that file carries the store (regions.mjs); `bare`: it is the store; null: the
 *   store is in another file
 */

export const clock = '2026-11-23T00:00:00Z';
export const lists = () => [
  { name: 'tamper root', role: 'signer', pem: root().pem },
  { name: 'tamper time root', role: 'timestamp', pem: tsaRoot().pem },
];

// Media data in blocks of this many bytes, and the hashes of their tree that the assertion has.
const BLOCK = 64;
const ROW = 2;

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
    const binding = more.binding ? { binding: more.binding(layout) } : {};
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
  return [bytes, store];
}

/**
 * A film whose media data are bound by a tree; the assertion has a row of it, and boxes have the proofs. The store comes
 * last, so that the film need not say anew where its pictures are.
 */
const treed = () =>
  ours('mp4-merkle', 'mp4', withProofs(film(2, noise(200, 7)), BLOCK, ROW), {
    ...full({ binding: (layout) => merkleHash(layout, BLOCK, ROW) }),
    embed: { boxPlace: 'end' },
  });

/** An initialisation segment and three segments, bound by the root of a tree. */
function fragmented() {
  const spec = full();
  const layout = new Layout('mp4', { bytes: Buffer.alloc(0), range: { start: 0, length: 0 } });
  const before = spec.earlier(layout);
  const store = (binding) =>
    storeBox([...before, simpleManifest(layout, { ...spec.manifest(layout, before), binding })].map((m) => m.bytes));
  const { init, segments } = fragmentedStream(3, { row: 1, store, movie: fragmentedMovie(), fragment });
  return [init, ...segments];
}

/** The same files once for each of them that is to be tampered with. @returns {Base[]} */
const each = (given, files, parts) => parts.map(([name, carrier], at) => ({ name, given, files, at, carrier }));

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
  return { name, given: 'asset', files: [bytes], at: 0, carrier: name };
}

/** A file of our own writer. */
const ours = (name, carrier, base, spec) => ({
  name,
  given: 'asset',
  files: [signed({ format: carrier, base, ...spec })],
  at: 0,
  carrier,
});
const png = media.png.make;
const jpeg = media.jpeg.make;

/** @returns {Promise<Base[]>} in an order that never changes */
export async function bases() {
  const others = [];
  for (const name of ['webp', 'gif', 'tiff', 'svg', 'wav', 'mp3', 'mp4', 'avif', 'heic'])
    others.push(await independent(name));
  return [
    // No two files show the same picture.
    ours('png', 'png', png(1), full()),
    ours('png-v1', 'png', png(2), old()),
    ours('jpeg', 'jpeg', jpeg(1), full()),
    ours('jpeg-v1', 'jpeg', jpeg(2), old()),
    ours('jpeg-boxes', 'jpeg', jpeg(3), full({ binding: (layout) => layout.boxesHash() })),
    ours('jpeg-segments', 'jpeg', jpeg(4), { ...full(), embed: { chunkSize: 2000 } }),
    ours('jpeg-update', 'jpeg', jpeg(5), updated()),
    ...each('sidecar', beside(), [
      ['sidecar-asset', null],
      ['sidecar', 'bare'],
    ]),
    ...others,
    treed(),
    ...each('stream', fragmented(), [
      ['fragmented-init', 'mp4'],
      ['fragmented-1', null],
      ['fragmented-2', null],
      ['fragmented-3', null],
    ]),
  ];
}
