// T-08: somebody's picture is made to look like a signed one, whose record a lookup by watermark or fingerprint then
// finds. Nothing is looked up here; a host that did so hands the record in like any other that stands beside a file.
import { createHash } from 'node:crypto';
import { actions } from '../fixtures/assertions.mjs';
import { base, flip, otherBase, signed } from '../fixtures/catalog/kit.mjs';
import { encodeJpeg, jpegParts } from '../fixtures/jpeg.mjs';
import { paint, scenes } from '../fixtures/scene.mjs';
import { known } from './kit.mjs';

const softBinding = (value = Buffer.alloc(4)) => ({
  label: 'c2pa.soft-binding',
  cbor: { alg: 'com.example.wm', blocks: [{ scope: {}, value }], pad: Buffer.alloc(0) },
});
const marked = { assertions: [actions(), softBinding()] };

/** The record that a lookup would find, and the file that it was made for without its store. */
function recovered(manifest = marked) {
  let store;
  const asset = signed({ manifest, editAsset: (a, _, s) => ((store = s), a) });
  return { asset, store };
}

const reencoded = () => encodeJpeg(paint({ ...scenes.noon, width: 64, height: 40 }), { quality: 60 });
const cropped = () => encodeJpeg(paint({ ...scenes.noon, width: 56, height: 40 }));

const noMatch = {
  state: 'invalid',
  codes: ['assertion.dataHash.mismatch', 'claimSignature.validated'],
  absentCodes: ['assertion.dataHash.match'],
  shows: [/These credentials do not match this file/, /Signed by Nobody/],
  hides: [/watermark|fingerprint|similar/i, /captured by/],
  check: ({ facets }) => {
    if (facets.content !== 'mismatch') throw new Error(facets.content);
  },
};

const found = (title, bytes, expected = noMatch) => ({
  title,
  build: () => ({ bytes: bytes(), sidecar: recovered().store }),
  ...expected,
});

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-08',
  section: '4.2.2.6',
  attacker: 'makes a picture that a watermark or fingerprint takes for a signed one, whose record is then found',
  answer:
    'A soft binding vouches for nothing: only the hard binding decides, and it does not match. Without a hard binding a record is refused.',
  attacks: [
    {
      title: 'a record made to stand beside the very bytes it was found for',
      build: () => {
        const hash = createHash('sha256').update(base.jpeg).digest();
        const binding = (layout) => layout.dataHash({ exclusions: [], fields: { hash } });
        return { bytes: base.jpeg, sidecar: recovered((layout) => ({ ...marked, binding: binding(layout) })).store };
      },
      state: 'trusted',
      codes: ['assertion.dataHash.match'],
      shows: [/the record came beside the file/],
    },
    // Its exclusion says that the store stood inside: where there is none, other bytes are left out (T-37).
    found('a record that was inside the file, found for what is left of it', () => base.jpeg),
    found('the record found for the same picture, encoded again', reencoded),
    found('the record found for a part of the picture', cropped),
    found('the record found for another picture of the same fingerprint', () => otherBase.jpeg),
    found('the record found for a picture in another format', () => base.png),
    {
      title: 'the signed file with one bit of its picture changed, the watermark still there',
      before: () => recovered().asset,
      edit: (bytes) => flip(bytes, jpegParts(bytes).find(({ name }) => name === 'SOS').start + 60),
      ...noMatch,
    },
    {
      title: 'a record that matches by its soft binding only',
      build: () => signed({ manifest: { binding: null, ...marked } }),
      state: 'invalid',
      codes: ['claim.hardBindings.missing'],
      shows: [/Signed by Nobody/],
    },
    {
      title: 'a soft binding under a label of a hard one',
      build: () => signed({ manifest: { binding: { ...softBinding(), label: 'c2pa.hash.data' } } }),
      state: 'invalid',
      codes: ['assertion.dataHash.mismatch'],
      absentCodes: ['assertion.dataHash.match'],
    },
    {
      title: 'a soft binding that is only gathered',
      build: () =>
        signed({ manifest: { binding: null, assertions: [actions(), { ...softBinding(), gathered: true }] } }),
      state: 'invalid',
      codes: ['claim.hardBindings.missing'],
    },
    known('soft-binding-good', { hides: [/watermark matches|fingerprint matches|possible match/i] }),
    known('binding-soft-only', { shows: [/Signed by Nobody/] }),
  ],
};
