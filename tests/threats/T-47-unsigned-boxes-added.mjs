// T-47: what nothing refers to is ignored, and a note gives its place and length, so that no bytes hide in silence.
import assert from 'node:assert/strict';
import { brotliCompressSync } from 'node:zlib';
import { ingredient } from '../fixtures/assertions.mjs';
import { openedFrom, original } from '../fixtures/catalog/ingredients.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { credentialBox, credentialStore } from '../fixtures/credential.mjs';
import * as jumbf from '../fixtures/jumbf.mjs';
import { manifestLabel } from '../fixtures/manifest.mjs';
import { known } from './kit.mjs';
import { appended, boxChanged, prepended, redescribed } from './without-key.mjs';

const secret = Buffer.from('planted without a key');
const plain = jumbf.box('zzzz', secret);

/** What is added, and as what it is noted. */
const boxes = {
  'a box of unknown type': [plain, 'unknownBox'],
  'a superbox of unknown type': [
    jumbf.superbox({ type: Buffer.alloc(16, 0x77), label: 'org.example.unknown' }, [plain]),
    'unknownBox',
  ],
  'a filled free box': [jumbf.box('free', secret), 'padding'],
  'a skip box': [jumbf.box('skip', secret), 'unknownBox'],
  'a bare CBOR box': [jumbf.cborBox({ note: 'planted' }), 'unknownBox'],
  'a bare JSON box': [jumbf.jsonBox({ note: 'planted' }), 'unknownBox'],
  'a UUID box': [jumbf.uuidBox(Buffer.alloc(16, 5), secret), 'unknownBox'],
  'a data-box store': [
    jumbf.superbox({ type: jumbf.uuid.dataBoxes, label: 'c2pa.databoxes' }, [
      jumbf.superbox({ type: jumbf.uuid.cbor, label: 'c2pa.data' }, [
        jumbf.cborBox({ 'dc:format': 'text/plain', data: secret }),
      ]),
    ]),
    'dataBoxes',
  ],
  'a credential store': [
    credentialStore([
      credentialBox('did:example:somebody', { credentialSubject: { id: 'did:example:somebody', name: 'planted' } }),
    ]),
    'credentials',
  ],
};

const compressed = (manifest) =>
  jumbf.superbox({ type: jumbf.uuid.compressed, label: manifestLabel('active') }, [
    jumbf.box('brob', brotliCompressSync(manifest)),
  ]);

const noted = (kind, atLeast) => (report) => {
  const found = report.uncovered.filter((gap) => gap.kind === kind);
  assert.ok(found.length > 0, `no ${kind} among ${report.uncovered.map((gap) => gap.kind).join(' ')}`);
  assert.ok(
    found.some(({ length }) => length >= atLeast),
    `${kind} is noted as ${found[0].length} bytes`,
  );
};

const ignored = (kind, length) => ({
  state: 'trusted',
  codes: ['assertion.dataHash.match', 'claimSignature.validated'],
  shows: [/Note .*\(\d+ bytes at \d+ of the record\)/],
  hides: [/planted|did:example/],
  check: noted(kind, length),
});

const inManifest = Object.entries(boxes).flatMap(([what, [box, kind]]) =>
  Object.entries({ 'in front of the others': prepended, 'behind the others': appended }).map(([where, put]) => ({
    title: `${what} in the manifest, ${where}`,
    edit: boxChanged([''], put(box)),
    ...ignored(kind, secret.length),
  })),
);

const inStore = ['a box of unknown type', 'a superbox of unknown type', 'a UUID box'].flatMap((what) =>
  Object.entries({ 'in front of the manifests': prepended, 'behind the manifests': appended }).map(([where, put]) => ({
    title: `${what} in the store, ${where}`,
    edit: boxChanged([], put(boxes[what][0])),
    ...ignored('unknownBox', secret.length),
  })),
);

// Boxes whose own hash nobody takes: there is room in them, too.
const around = {
  'the signature box': ['', 'c2pa.signature'],
  'the claim box': ['', 'c2pa.claim.v2'],
  'the assertion store': ['', 'c2pa.assertions'],
};

const withPrivate = (type, label) =>
  redescribed(jumbf.description({ type, label, privateBox: jumbf.box('zzzz', secret) }));

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-47',
  attacker: 'adds boxes to the store or to a manifest that nothing signed refers to',
  answer: 'They are ignored and shown nowhere; a note gives the place and the length of each.',
  attacks: [
    ...inManifest,
    ...inStore,
    ...Object.entries(around).map(([what, path]) => ({
      title: `a filled free box in ${what}`,
      edit: boxChanged(path, appended(jumbf.box('free', secret))),
      ...ignored('padding', secret.length),
    })),
    {
      title: 'a free box of zeros, which hides nothing',
      edit: boxChanged([''], appended(jumbf.box('free', Buffer.alloc(64)))),
      state: 'trusted',
      check: (report) => assert.ok(report.uncovered.every(({ kind }) => kind === 'manifestStore')),
    },
    {
      title: 'a private box in the description of the manifest',
      edit: boxChanged([''], withPrivate(jumbf.uuid.manifest, manifestLabel('active'))),
      ...ignored('description', secret.length),
    },
    {
      title: 'a private box in the description of the store',
      edit: boxChanged([], withPrivate(jumbf.uuid.store, 'c2pa')),
      ...ignored('description', secret.length),
    },
    {
      title: 'a private box in the description of the signature box',
      edit: boxChanged(['', 'c2pa.signature'], withPrivate(jumbf.uuid.signature, 'c2pa.signature')),
      ...ignored('description', secret.length),
    },
    {
      title: 'a private box in the description of the claim box',
      edit: boxChanged(['', 'c2pa.claim.v2'], withPrivate(jumbf.uuid.claim, 'c2pa.claim.v2')),
      ...ignored('description', secret.length),
    },
    {
      title: 'a private box in the description of the assertion store',
      edit: boxChanged(['', 'c2pa.assertions'], withPrivate(jumbf.uuid.assertions, 'c2pa.assertions')),
      ...ignored('description', secret.length),
    },
    {
      title: 'a box in a manifest that is stored compressed',
      build: () =>
        signed({
          format: 'png',
          manifest: { extraBoxes: [plain] },
          editManifests: ([manifest]) => [compressed(manifest)],
        }),
      ...ignored('unknownBox', secret.length),
    },
    {
      title: 'a box in the manifest of an ingredient, whose hash covers all of it',
      before: () =>
        signed({
          earlier: (layout) => [original(layout)],
          manifest: (_, [first]) => {
            const parent = ingredient({ manifest: first });
            return { assertions: [openedFrom(parent), parent] };
          },
        }),
      edit: boxChanged([manifestLabel('original')], appended(plain)),
      state: 'invalid',
      codes: ['ingredient.manifest.mismatch'],
      hides: [/planted/],
    },
    known('credential-unreferenced'),
    known('credential-injected'),
    known('credential-label-beside'),
  ],
};
