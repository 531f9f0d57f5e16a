// T-41: what a record must hold itself, put where nobody has to look: into cloud data, or behind an external reference.
import { actions, ingredient } from '../fixtures/assertions.mjs';
import { openedFrom, original } from '../fixtures/catalog/ingredients.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import * as jumbf from '../fixtures/jumbf.mjs';
import { known } from './kit.mjs';

const location = { url: 'https://cloud.example/data', alg: 'sha256', hash: Buffer.alloc(32, 5) };
const good = { label: 'org.example.big', size: 1000, location, content_type: 'application/cbor' };
const cloud = (fields, label = 'c2pa.cloud-data') => ({ label, cbor: { ...good, ...fields } });

const refused = (title, assertion, codes, more = {}) => ({
  title,
  build: () => signed({ manifest: { assertions: [actions(), assertion], ...more } }),
  state: 'invalid',
  codes,
  shows: [/Signed by Nobody/],
});

const hidden = (label) => [
  refused(
    `the hard binding ${label}, in the place of the record’s own`,
    cloud({ label }),
    ['assertion.cloud-data.hardBinding', 'claim.hardBindings.missing'],
    { binding: null },
  ),
  refused(`the hard binding ${label}, beside the record’s own`, cloud({ label }), ['assertion.cloud-data.hardBinding']),
];

const fields = {
  'no label': { label: undefined },
  'no size': { size: undefined },
  'no location': { location: undefined },
  'a negative size': { size: -1 },
  'a size that is text': { size: 'large' },
};

/** Fields that the rules of today do not ask for; without them there is nothing to fetch. */
const tolerated = {
  'no type of content': { content_type: undefined },
  'a location without address': { location: { alg: 'sha256', hash: Buffer.alloc(32) } },
  'a location without hash': { location: { url: location.url, alg: 'sha256' } },
};

const malformed = 'assertion.cloud-data.malformed';
const silent = (_, __, { fetched, asked }) => {
  if (fetched.length + asked.length > 0) throw new Error(`asked for ${fetched.join()}`);
};

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-41',
  attacker: 'hides hard binding, actions or ingredients in data kept elsewhere, which nobody fetches',
  answer:
    'Refused: those have to stand in the record itself. Other data kept elsewhere is not fetched, whatever the host allows.',
  attacks: [
    ...['c2pa.hash.data', 'c2pa.hash.bmff.v3', 'c2pa.hash.boxes', 'c2pa.hash.collection.data'].flatMap(hidden),
    ...['c2pa.actions', 'c2pa.actions.v2', 'c2pa.ingredient', 'c2pa.ingredient.v3', 'c2pa.cloud-data'].map((label) =>
      refused(`${label} in cloud data`, cloud({ label }), [malformed]),
    ),
    ...Object.entries(fields).map(([what, more]) => refused(`cloud data with ${what}`, cloud(more), [malformed])),
    {
      title: 'actions in cloud data alone',
      build: () => signed({ manifest: { assertions: [cloud({ label: 'c2pa.actions.v2' })] } }),
      state: 'invalid',
      codes: [malformed],
    },
    {
      title: 'actions in the cloud data of an update',
      build: () =>
        signed({
          earlier: (layout) => [original(layout)],
          manifest: (_, [first]) => {
            const parent = ingredient({ manifest: first });
            const assertions = [openedFrom(parent), parent, cloud({ label: 'c2pa.actions.v2' })];
            return { type: jumbf.uuid.update, binding: null, assertions };
          },
        }),
      state: 'invalid',
      anyCodes: [malformed, 'assertion.cloud-data.actions'],
    },
    {
      title: 'sound cloud data, where the host allows everything',
      build: () => signed({ manifest: { assertions: [actions(), cloud({})] } }),
      web: {},
      state: 'trusted',
      check: silent,
    },
    ...Object.entries(tolerated).map(([what, more]) => ({
      title: `cloud data with ${what}`,
      build: () => signed({ manifest: { assertions: [actions(), cloud(more)] } }),
      state: 'trusted',
      check: silent,
    })),
    ...['good', 'no-url', 'hash-without-alg', 'alg-without-hash', 'hard-binding', 'actions'].map((name) =>
      known(`external-${name}`, { title: `external reference: ${name}` }),
    ),
    ...['binding-cloud-data', 'cloud-data-actions', 'cloud-data-ingredient', 'cloud-data-malformed'].map((name) =>
      known(name),
    ),
    known('update-cloud-actions'),
  ],
};
