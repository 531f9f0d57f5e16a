// T-03: whole records, and single parts of them, on assets they were not made for.
import { actions, createdAction } from '../fixtures/assertions.mjs';
import { base, insert, otherBase, signed } from '../fixtures/catalog/kit.mjs';
import { embed } from '../fixtures/embed.mjs';
import { encodeJpeg, xmpSegment } from '../fixtures/jpeg.mjs';
import { bmffHash, film } from '../fixtures/mp4.mjs';
import { paint, scenes } from '../fixtures/scene.mjs';
import { signer } from '../fixtures/test-pki.mjs';
import { wavOf } from '../fixtures/wav.mjs';
import { known } from './kit.mjs';
import { boxAt, boxChanged, signatureExchanged } from './without-key.mjs';

const third = encodeJpeg(paint({ ...scenes.dawn, width: 64, height: 40 }));
const sound = wavOf(Buffer.alloc(64));

/** Signed assets that have nothing in common, each with actions of its own. */
const assets = {
  'a JPEG': { format: 'jpeg', base: base.jpeg },
  'another JPEG': { format: 'jpeg', base: otherBase.jpeg, by: signer('ES384') },
  'a PNG': { format: 'png', base: base.png, by: signer('Ed25519') },
  'another PNG': { format: 'png', base: otherBase.png },
  'a JPEG with a box hash': { format: 'jpeg', base: third, binding: (layout) => layout.boxesHash() },
  'a film': { format: 'mp4', base: film, binding: (layout) => bmffHash(layout) },
  'a sound': { format: 'wav', base: sound },
};

const description = (name) => actions([{ ...createdAction, description: `made for ${name}` }]);

/** The signed asset and its store. */
function made(name) {
  const { format, base: bytes, by = signer(), binding } = assets[name];
  let store;
  const manifest = (layout) => ({
    name,
    signer: by,
    assertions: [description(name)],
    ...(binding ? { binding: binding(layout) } : {}),
  });
  const asset = signed({ format, base: bytes, manifest, editAsset: (a, _, s) => ((store = s), a) });
  return { asset, store };
}

const pairs = (names) => names.flatMap((from) => names.filter((to) => to !== from).map((to) => [from, to]));

const elsewhere = {
  state: 'invalid',
  absentCodes: [
    'assertion.dataHash.match',
    'assertion.boxesHash.match',
    'assertion.bmffHash.match',
    'ingredient.manifest.validated',
  ],
  shows: [
    /These credentials do not match this file/,
    /Either the file changed after signing, or the credentials were copied from another file/,
    /Nothing in it can be attributed to the signer it names/,
  ],
  hides: [/vouched for by/, /Recorded with/, /captured by/, /made for/],
};

/** What is reported of the record's binding on a file it was not made for. */
const mismatchOf = (name) =>
  ({
    'a JPEG with a box hash': ['assertion.boxesHash.mismatch', 'assertion.boxesHash.unknownBox'],
    'a film': ['assertion.bmffHash.mismatch'],
  })[name] ?? ['assertion.dataHash.mismatch'];

const stores = pairs(Object.keys(assets)).map(([from, to]) => ({
  title: `the record of ${from} in ${to}`,
  before: () => made(to).asset,
  edit: () => embed(assets[to].format, assets[to].base, made(from).store).bytes,
  ...elsewhere,
  codes: ['claimSignature.validated'],
  anyCodes: mismatchOf(from),
}));

const sidecars = pairs(['a JPEG', 'another JPEG', 'a PNG', 'a film', 'a sound']).map(([from, to]) => ({
  title: `the record of ${from} beside ${to}, as a file of its own`,
  build: () => ({ bytes: assets[to].base, sidecar: made(from).store }),
  ...elsewhere,
  codes: ['claimSignature.validated'],
  anyCodes: mismatchOf(from),
}));

const address = 'https://credentials.example/copied.c2pa';
const pointing = insert(
  otherBase.jpeg,
  20,
  xmpSegment(
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
      `<rdf:Description xmlns:dcterms="http://purl.org/dc/terms/" dcterms:provenance="${address}"/></rdf:RDF></x:xmpmeta>`,
  ),
);
const remote = {
  title: 'a picture that points to the record of another one, which the host allows to fetch',
  build: () => pointing,
  web: { [address]: () => new Response(made('a JPEG').store) },
  ...elsewhere,
  codes: ['claimSignature.validated', 'assertion.dataHash.mismatch'],
};

/** Parts of one picture's record in the place of another's; a claim and a signature alone bind nothing. */
const parts = {
  claim: { path: ['', 'c2pa.claim.v2'], code: 'claimSignature.mismatch', shows: /The signature does not check out/ },
  signature: {
    path: ['', 'c2pa.signature'],
    code: 'claimSignature.mismatch',
    shows: /The signature does not check out/,
  },
  'actions assertion': {
    path: ['', 'c2pa.assertions', 'c2pa.actions.v2'],
    code: 'assertion.hashedURI.mismatch',
    shows: /The signed record was changed or breaks the rules/,
  },
  'hard binding': {
    path: ['', 'c2pa.assertions', 'c2pa.hash.data'],
    code: 'assertion.hashedURI.mismatch',
    shows: /Invalid Content Credentials/,
  },
  'whole assertion store': {
    path: ['', 'c2pa.assertions'],
    code: 'assertion.hashedURI.mismatch',
    shows: /Invalid Content Credentials/,
  },
};

const pictures = Object.keys(assets).slice(0, 4);
const swaps = pairs(pictures).flatMap(([from, to]) =>
  Object.entries(parts).map(([part, { path, code, shows }]) => {
    const { format } = assets[to];
    const taken = () => boxAt(made(from).asset, path, { format: assets[from].format });
    return {
      title: `the ${part} of ${from} in the record of ${to}`,
      before: () => made(to).asset,
      edit: (bytes) =>
        (part === 'signature' ? signatureExchanged(taken(), format) : boxChanged(path, taken, format))(bytes),
      state: 'invalid',
      codes: [code],
      shows: [shows, /Nothing in it can be attributed to the signer it names/],
      hides: elsewhere.hides,
    };
  }),
);

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-03',
  section: '4.2.2.1',
  attacker: 'copies a record, or single parts of one, from another asset: into it, beside it, or as what it points to',
  answer: 'Refused: the record does not match this file. Whether the file or the record came second is left open.',
  attacks: [
    ...stores,
    ...sidecars,
    remote,
    ...swaps,
    ...['claim-title-edited', 'claim-swapped', 'cose-signature-of-other-claim'].map((name) => known(name)),
    ...['mp4-changed', 'zip-changed', 'structured-edited', 'text-edited', 'html-edited'].map((name) => known(name)),
    known('compressed-data-hash-changed'),
    known('assertion-planted-first', { shows: [/Invalid Content Credentials/] }),
    known('assertion-planted-last', { shows: [/Invalid Content Credentials/] }),
  ],
};
