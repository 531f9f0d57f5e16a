// a server may say in a Link header where the manifest store of what it sends is.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { actions } from '../fixtures/assertions.mjs';
import { anchors } from '../fixtures/catalog/anchors.mjs';
import { base, insert, signed } from '../fixtures/catalog/kit.mjs';
import { xmpSegment } from '../fixtures/jpeg.mjs';
import { buildManifest, manifestLabel, storeBox } from '../fixtures/manifest.mjs';
import { signer } from '../fixtures/test-pki.mjs';
import { createHash } from 'node:crypto';
import { createValidator } from '../../web/dist/node.js';
import { load } from './bundle.mjs';

const { linkedStore, urlSource, noSignal } = await load('link-header', 'sources', 'abort');

const photo = 'https://site.example/a/photo.jpg';
const store = 'https://store.example/photo.c2pa';

for (const [header, expected] of [
  [`<${store}>; rel=c2pa-manifest`, store],
  [`<${store}>;rel="c2pa-manifest"`, store],
  [`<${store}> ; REL = "next C2PA-Manifest"`, store],
  ['<photo.c2pa>; rel=c2pa-manifest', 'https://site.example/a/photo.c2pa'],
  ['</x.c2pa>; rel=c2pa-manifest', 'https://site.example/x.c2pa'],
  ['<#jumbf=c2pa>; rel=c2pa-manifest', `${photo}#jumbf=c2pa`],
  [`<style.css>; rel=preload; title="a, <b>; rel=c2pa-manifest", <${store}>; rel=c2pa-manifest`, store],
  [`<${store}>; rel=c2pa-manifest, <https://other.example/>; rel=c2pa-manifest`, store],
  [`<${store}>; title="say \\"hello\\""; rel=c2pa-manifest`, store],
  // The first rel counts, and a link of something else is none of the file.
  [`<${store}>; rel=next; rel=c2pa-manifest`, undefined],
  [`<${store}>; rel=c2pa-manifest; anchor="https://other.example/"`, undefined],
  [`<${store}>; rel=c2pa-manifests`, undefined],
  [`<${store}>; rev=c2pa-manifest`, undefined],
  ['<http://[>; rel=c2pa-manifest', undefined],
  [`${store}; rel=c2pa-manifest`, undefined],
  [`${' '.repeat(5000)}<${store}>; rel=c2pa-manifest`, undefined],
  ['', undefined],
  [null, undefined],
]) {
  test(`R-104: ${JSON.stringify(header)?.slice(0, 90)} names ${expected}`, () => {
    assert.equal(linkedStore(header, photo), expected);
  });
}

test('R-104: a hostile header costs no time', () => {
  for (const piece of [' ', '<', '<>;', '<>; a=', '<>; a="', ';rel', '\\"']) {
    const started = performance.now();
    linkedStore(`<x>; rel=${piece.repeat(100_000)}`, photo);
    linkedStore(piece.repeat(100_000), photo);
    assert.ok(performance.now() - started < 500, piece);
  }
});

const dataHash = {
  label: 'c2pa.hash.data',
  cbor: { alg: 'sha256', hash: createHash('sha256').update(base.jpeg).digest(), name: 'whole', pad: Buffer.alloc(8) },
};
const manifest = buildManifest({
  label: manifestLabel('beside'),
  assertions: [actions(), dataHash],
  sign: { signer: signer(), reserve: 5000 },
});
const stores = storeBox([manifest.bytes]);

const validators = [];
after(() => validators.forEach((validator) => validator.dispose()));

/** Validates what `photo` answers with; every address that was fetched, and every host that was asked about. */
async function check(file, header, remote) {
  const asked = [];
  const ask = (question) => (asked.push(question.host), true);
  const options = { trust: { useDefault: false, lists: [{ name: 'root', role: 'signer', pem: anchors().root }] } };
  const validator = await createValidator({ ...options, ...(remote === 'ask' ? { remote: { ask } } : {}) });
  validators.push(validator);
  const fetched = [];
  const original = globalThis.fetch;
  globalThis.fetch = async (url) => {
    fetched.push(String(url));
    if (String(url) === photo) return new Response(file, { headers: header === null ? {} : { link: header } });
    return new Response(stores);
  };
  try {
    const report = await validator.validate(photo, { now: '2026-11-23T00:00:00Z' });
    return { report, asked, fetched: fetched.slice(1) };
  } finally {
    globalThis.fetch = original;
  }
}

const link = `<${store}>; rel=c2pa-manifest`;
const codes = (report) => report.statuses.map(({ code }) => code);

test('R-104: the store that a server links to vouches for the file', async () => {
  const { report, asked, fetched } = await check(base.jpeg, link, 'ask');
  assert.deepEqual([report.state, report.facets.presence], ['trusted', 'remote'], JSON.stringify(codes(report)));
  assert.deepEqual([asked, fetched], [['store.example'], [store]]);
  assert.deepEqual(report.network, [{ kind: 'remoteManifest', url: store, outcome: 'used' }]);
});

test('R-104, R-107: another file than the one that the linked store is of does not pass', async () => {
  const { report } = await check(insert(base.jpeg, base.jpeg.length, Buffer.from('x')), link, 'ask');
  assert.equal(report.state, 'invalid');
  assert.ok(codes(report).includes('assertion.dataHash.mismatch'));
});

test('R-104, R-011: by default a linked store is not fetched, and that is said', async () => {
  const { report, fetched } = await check(base.jpeg, link);
  assert.deepEqual([report.state, report.facets.presence, fetched], ['none', 'unreachable', []]);
  assert.ok(codes(report).includes('manifest.inaccessible'));
  assert.deepEqual(report.network, [{ kind: 'remoteManifest', url: store, outcome: 'notAllowed' }]);
});

test('R-101: an embedded store wins over a Link header', async () => {
  const { report, asked, fetched } = await check(signed({}), link, 'ask');
  assert.deepEqual([report.state, report.facets.presence], ['trusted', 'embedded']);
  assert.deepEqual([asked, fetched, report.network], [[], [], []]);
});

test('R-103: a Link header goes before what the file says', async () => {
  const names = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcterms="http://purl.org/dc/terms/"';
  const said = '<rdf:Description rdf:about="" dcterms:provenance="https://other.example/x.c2pa"/>';
  const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF ${names}>${said}</rdf:RDF></x:xmpmeta>`;
  const pointing = insert(base.jpeg, 20, xmpSegment(xmp));
  assert.deepEqual((await check(pointing, link, 'ask')).asked, ['store.example']);
  assert.deepEqual((await check(pointing, null, 'ask')).asked, ['other.example']);
});

test('R-104: a fragment means the embedded store; the file is not asked for again', async () => {
  const fragment = '<#jumbf=c2pa/urn:c2pa:1>; rel=c2pa-manifest';
  const bare = await check(base.jpeg, fragment, 'ask');
  assert.deepEqual([bare.report.facets.presence, bare.fetched], ['none', []]);
  assert.equal((await check(signed({}), fragment, 'ask')).report.facets.presence, 'embedded');
});

test('R-104, R-112, T-40: a link into a private network or to a file is not followed', async () => {
  for (const target of ['https://localhost/x', 'https://10.0.0.1/x', 'http://store.example/x', 'file:///etc/passwd']) {
    const { asked, fetched } = await check(base.jpeg, `<${target}>; rel=c2pa-manifest`, 'ask');
    assert.deepEqual([asked, fetched], [[], []], target);
  }
});

test('R-104: only what comes from an address has a linked store', async () => {
  const original = globalThis.fetch;
  globalThis.fetch = async () => new Response('x', { headers: { link } });
  try {
    assert.equal((await urlSource(new URL(photo), noSignal())).linkedStore, store);
  } finally {
    globalThis.fetch = original;
  }
});
