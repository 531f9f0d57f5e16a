// T-20: whatever a file names elsewhere would tell its owner who looks at it and when. Nothing is asked of the network
// unless the host allows it, and then no more than it was asked for. What the host's own fetch sends: tests/web/resources.test.mjs.
import assert from 'node:assert/strict';
import { actions, createdAction } from '../fixtures/assertions.mjs';
import { goodStamp } from '../fixtures/catalog/good.mjs';
import { base, insert, signed } from '../fixtures/catalog/kit.mjs';
import { aggregatedIdentity } from '../fixtures/identity.mjs';
import { xmpSegment } from '../fixtures/jpeg.mjs';
import { signer } from '../fixtures/test-pki.mjs';
import { known } from './kit.mjs';

const tracker = 'https://tracker.example';

const pointing = (address, bytes = base.jpeg) =>
  insert(
    bytes,
    20,
    xmpSegment(
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
        `<rdf:Description xmlns:dcterms="http://purl.org/dc/terms/" dcterms:provenance="${address}"/></rdf:RDF></x:xmpmeta>`,
    ),
  );

const reference = (path) => ({ url: `${tracker}/${path}`, alg: 'sha256', hash: Buffer.alloc(32, 5) });

/** Everything that has room for an address. */
const places = {
  'an ingredient’s address': {
    label: 'c2pa.ingredient.v3',
    cbor: { relationship: 'componentOf', 'dc:title': 'part.jpg', informationalURI: `${tracker}/info` },
  },
  'cloud data': {
    label: 'c2pa.cloud-data',
    cbor: { label: 'org.example.big', size: 1000, location: reference('cloud'), content_type: 'application/cbor' },
  },
  'an external reference': {
    label: 'c2pa.external-reference',
    cbor: { label: 'org.example.data', location: reference('external') },
  },
  'an asset reference': {
    label: 'c2pa.asset-ref',
    cbor: { references: [{ reference: { uri: `${tracker}/asset` }, description: 'a copy' }] },
  },
  'a context of metadata': {
    label: 'c2pa.metadata',
    json: { '@context': { tiff: `${tracker}/tiff/` }, 'tiff:Artist': 'somebody' },
  },
};

const icon = (url) => ({ claim: { claim_generator_info: { name: 'x', icon: { url, hash: Buffer.alloc(32) } } } });
const camera = () => signer('ES256', { ocspUrl: `${tracker}/ocsp` });

const silent = (report, _, { fetched, asked }) => {
  assert.deepEqual(fetched, []);
  assert.deepEqual(asked, []);
  for (const { outcome } of report.network) assert.equal(outcome, 'notAllowed');
};

const everything = (binding) => [
  actions([{ ...createdAction, softwareAgent: { name: 'agent', icon: reference('icon') } }]),
  ...Object.values(places),
  aggregatedIdentity({ about: [binding], issuer: 'did:web:tracker.example' }),
];

const all = () =>
  signed({
    base: pointing(`${tracker}/store`),
    manifest: (layout) => {
      const binding = layout.dataHash();
      return { signer: camera(), binding, assertions: everything(binding), sign: { timeStamps: [goodStamp()] } };
    },
  });

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-20',
  attacker: 'names addresses of a tracker in every place of a record and a file that has room for one',
  answer:
    'Nothing is fetched by default, and it is said what stayed unchecked; a host that allows it is asked by name, for nothing but what counts.',
  attacks: [
    ...Object.entries(places).map(([what, assertion]) => ({
      title: what,
      build: () => signed({ manifest: { assertions: [actions(), assertion] } }),
      state: 'trusted',
      check: silent,
    })),
    {
      title: 'the generator’s icon',
      build: () => signed({ manifest: icon(`${tracker}/icon.svg`) }),
      state: 'trusted',
      check: silent,
    },
    {
      title: 'the record itself, elsewhere',
      build: () => pointing(`${tracker}/store`),
      state: 'none',
      codes: ['manifest.inaccessible'],
      shows: [/not fetched, because that was not allowed/],
      check: silent,
    },
    {
      title: 'whether the certificate was withdrawn',
      build: () => signed({ manifest: { signer: camera() } }),
      state: 'trusted',
      codes: ['signingCredential.ocsp.skipped'],
      shows: [/Not checked .*whether the certificate was withdrawn/],
      check: silent,
    },
    { title: 'all of them in one file', build: all, identityTrust: ['root'], state: 'trusted', check: silent },
    {
      title: 'all of them in one file, and a host that allows everything',
      build: all,
      identityTrust: ['root'],
      web: {},
      state: 'trusted',
      check: ({ network }, _, { fetched, asked }) => {
        const hosts = asked.map(({ host, resource }) => `${resource} ${host}`).sort();
        assert.deepEqual([...new Set(hosts)], ['didDocument tracker.example', 'ocsp tracker.example']);
        assert.deepEqual([...new Set(fetched)].sort(), [`${tracker}/.well-known/did.json`, `${tracker}/ocsp`]);
        for (const { outcome } of network) assert.equal(outcome, 'failed');
      },
    },
    ...['cloud-data-good', 'external-good', 'identity-ica-schema', 'identity-ica-status-unreachable'].map((name) =>
      known(name, { check: silent }),
    ),
  ],
};
