// T-38: a carrier that says it holds credentials, and holds none that can be read. That is broken, never absent.
import assert from 'node:assert/strict';
import { extractStore, replaceStore } from '../fixtures/edit.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { box, superbox, uuid } from '../fixtures/jumbf.mjs';
import { storeBox } from '../fixtures/manifest.mjs';
import { known } from './kit.mjs';

const broken = {
  state: 'invalid',
  absentCodes: ['claimSignature.validated', 'assertion.dataHash.match'],
  shows: [/Invalid Content Credentials/, /Signed by Nobody/],
  hides: [/No Content Credentials found/],
  check: ({ facets, statuses }) => {
    assert.notEqual(facets.presence, 'none');
    assert.ok(statuses.some(({ kind }) => kind === 'failure'));
  },
};

const storeOf = (format) => extractStore(format, signed({ format }));

/** The carrier whole, what is in it cut at each of these places. */
const cut = ['jpeg', 'png'].flatMap((format) => {
  const { length } = storeOf(format);
  // The store's own head, of 46 bytes, is what makes it C2PA's at all.
  const places = Array.from({ length: Math.floor((length - 64) / 64) }, (_, i) => 64 * (i + 1));
  return places.map((place) => ({
    title: `the store of a ${format} cut off at ${place}`,
    before: () => signed({ format }),
    edit: (bytes) => replaceStore(format, bytes, extractStore(format, bytes).subarray(0, place)),
    ...broken,
  }));
});

const inPng = (title, store) => ({
  title,
  before: () => signed({ format: 'png' }),
  edit: (bytes) => replaceStore('png', bytes, store(extractStore('png', bytes))),
  ...broken,
});

const empty = superbox({ type: uuid.manifest, label: 'urn:c2pa:00000000-0000-4000-8000-000000000000' }, []);
const compressed = (content) =>
  superbox({ type: uuid.compressed, label: 'urn:c2pa:00000000-0000-4000-8000-000000000000' }, [box('brob', content)]);

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-38',
  attacker: 'damages the store until it holds no manifest, so that the file looks as if it had none',
  answer: 'Refused: there are credentials, and they cannot be read or lack their parts. Never “no credentials”.',
  attacks: [
    ...cut,
    inPng('nothing in the carrier', () => Buffer.alloc(0)),
    inPng('seven bytes in the carrier', () => Buffer.alloc(7)),
    inPng('zeros in the carrier', (store) => Buffer.alloc(store.length)),
    inPng('noise in the carrier', (store) => store.map((_, i) => (i * 167) & 0xff)),
    inPng('a box of another kind in the carrier', () => box('free', Buffer.alloc(100))),
    inPng('a superbox that is no store', () => superbox({ type: uuid.cbor, label: 'c2pa' }, [])),
    inPng('a store of another label', (store) =>
      Buffer.from(store.toString('latin1').replace('c2pa\0', 'cXpa\0'), 'latin1'),
    ),
    inPng('a store without manifests', () => storeBox([])),
    inPng('a store with an empty manifest', () => storeBox([empty])),
    inPng('a store with free boxes only', () => storeBox([box('free', Buffer.alloc(1000))])),
    inPng('a compressed manifest that is no stream', () => storeBox([compressed(Buffer.alloc(100, 0x5a))])),
    inPng('a compressed manifest of nothing', () => storeBox([compressed(Buffer.alloc(0))])),
    ...['store-cut-short-jpeg', 'store-cut-short-png', 'store-garbage-jpeg', 'store-garbage-png'].map((name) =>
      known(name, { title: name, shows: broken.shows }),
    ),
    known('compressed-garbage', { shows: broken.shows }),
  ],
};
