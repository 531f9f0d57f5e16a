// T-40: a file that points to its record elsewhere: to have somebody asked, in the clear, or behind the firewall. The
// rules of the host's fetch one by one: tests/web/resources.test.mjs; the extension's: tests/extension/fetch.test.mjs.
import assert from 'node:assert/strict';
import { base, insert, signed } from '../fixtures/catalog/kit.mjs';
import { xmpSegment } from '../fixtures/jpeg.mjs';
import { known } from './kit.mjs';

const pointing = (address) =>
  insert(
    base.jpeg,
    20,
    xmpSegment(
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
        `<rdf:Description xmlns:dcterms="http://purl.org/dc/terms/" dcterms:provenance="${address}"/></rdf:RDF></x:xmpmeta>`,
    ),
  );

const good = 'https://credentials.example/a.c2pa';

/** Those that nothing may ever be asked of, even where the host allows everything. */
const never = {
  'in the clear': 'http://credentials.example/a.c2pa',
  'this machine by name': 'https://localhost/a.c2pa',
  'this machine by number': 'https://127.0.0.1/a.c2pa',
  'this machine in other digits': 'https://2130706433/a.c2pa',
  'this machine in hexadecimal': 'https://0x7f.1/a.c2pa',
  'this machine in version 6': 'https://[::1]/a.c2pa',
  'a version 4 address in version 6': 'https://[::ffff:10.0.0.1]/a.c2pa',
  'a private network': 'https://192.168.1.1/a.c2pa',
  'another private network': 'https://10.0.0.8:8443/a.c2pa',
  'the metadata of a cloud': 'https://169.254.169.254/latest/meta-data',
  'a name of the intranet': 'https://printer/a.c2pa',
  'a local name': 'https://nas.local/a.c2pa',
  'a name and password': 'https://user:secret@credentials.example/a.c2pa',
  'a local file': 'file:///etc/passwd',
  'a data address': 'data:application/c2pa;base64,AAAA',
  'a blob': 'blob:https://credentials.example/0b5e4f8e',
  'a script': 'java' + 'script:alert(1)',
  'a relative address': 'a.c2pa',
  'an address without scheme': '//credentials.example/a.c2pa',
  nothing: '',
};

const silent = (report, text, { fetched, asked }) => {
  assert.deepEqual(fetched, []);
  assert.deepEqual(asked, []);
};

const byDefault = Object.entries({ 'a web address': good, ...never }).map(([what, address]) => ({
  title: `${what}, by default`,
  build: () => pointing(address),
  state: 'none',
  absentCodes: ['claimSignature.validated'],
  check: silent,
}));

const allowed = Object.entries(never).map(([what, address]) => ({
  title: `${what}, where the host allows everything`,
  build: () => pointing(address),
  web: {},
  state: 'none',
  absentCodes: ['claimSignature.validated'],
  check: silent,
}));

const redirect = (location) => () => new Response(null, { status: 302, headers: { location } });

/** @param {string[]} fetched what was asked of the network, in order */
const failing = (title, web, fetched) => ({
  title,
  build: () => pointing(good),
  web,
  state: 'none',
  codes: ['manifest.inaccessible'],
  hides: [/Signed by/],
  check: (report, _, seen) => {
    assert.deepEqual(seen.fetched, fetched);
    assert.ok(report.network.every(({ outcome }) => outcome !== 'used'));
  },
});

const hop = (n) => `https://hop${n}.example/`;
const large = () => new Response(new Blob(Array.from({ length: 11 }, () => new Uint8Array(1 << 20))));

/** The record of the pointing file itself, with nothing left out of its hash. */
function own() {
  let store;
  const bytes = signed({
    base: pointing(good),
    embed: { editSegments: () => [] },
    manifest: (layout) => ({ binding: layout.dataHash({ exclusions: [] }) }),
    editStore: (made) => (store = made),
    lengthIsFree: true,
  });
  return { bytes, store };
}

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-40',
  attacker:
    'has the record fetched from an address that tells them who looks, or that only the viewer’s machine can reach',
  answer:
    'Nothing is fetched by default, and it is said that the record was not to be had. Where the host allows it: https only, public names only, three redirects under the same rules, and a cap.',
  attacks: [
    ...byDefault,
    ...allowed,
    failing('nobody there', {}, [good]),
    failing('a server that says no', { [good]: () => new Response('no', { status: 403 }) }, [good]),
    ...['https://127.0.0.1/a', 'http://credentials.example/a', 'file:///etc/passwd', 'https://intranet/a'].map(
      (target) => failing(`a redirect to ${target}`, { [good]: redirect(target) }, [good]),
    ),
    failing(
      'more redirects than three',
      {
        [good]: redirect(hop(1)),
        ...Object.fromEntries([1, 2, 3, 4, 5].map((n) => [hop(n), redirect(hop(n + 1))])),
      },
      [good, hop(1), hop(2), hop(3)],
    ),
    failing('an answer without end', { [good]: large }, [good]),
    {
      title: 'an answer that is no record',
      build: () => pointing(good),
      web: { [good]: () => new Response('<!doctype html>not found') },
      state: 'invalid',
      absentCodes: ['claimSignature.validated'],
    },
    {
      title: 'the record of this very file, where the host allows it',
      build: () => own().bytes,
      web: { [good]: () => new Response(own().store) },
      state: 'trusted',
      shows: [/the record was fetched from where the file points/],
      check: (report, _, { asked, fetched }) => {
        assert.deepEqual(asked, [{ host: 'credentials.example', resource: 'remoteManifest' }]);
        assert.deepEqual(fetched, [good]);
      },
    },
    known('stripped-xmp-left-jpeg', { shows: [/not fetched, because that was not allowed/], check: silent }),
    ...[1, 2, 3, 4].map((n) => known(`structured-no-way-${n}`, { check: silent })),
    known('structured-elsewhere', { check: silent }),
    known('remote-markup', { check: silent }),
  ],
};
