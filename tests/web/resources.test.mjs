// Nothing is fetched that the caller did not allow, and never from private networks.
import assert from 'node:assert/strict';
import test from 'node:test';
import { brotliCompressSync, deflateSync } from 'node:zlib';
import { load } from './bundle.mjs';

const { createResolver, publicAddress, webInflate, nodeInflate, noSignal } = await load(
  'resources',
  'abort',
  'inflate-node',
);

const need = (url, more = {}) => ({ id: 1, kind: 'resource', resource: 'remoteManifest', url, maxBytes: 100, ...more });

/** Runs one need with a stand-in for fetch; returns the answer and every address that was fetched. */
async function resolve(want, options, answers = {}) {
  const fetched = [];
  const original = globalThis.fetch;
  globalThis.fetch = async (url, init) => {
    fetched.push({ url: String(url), ...init });
    const answer = answers[String(url)];
    if (answer === undefined) throw new TypeError('no route');
    return answer;
  };
  try {
    const resolver = createResolver({ remote: 'never', inflate: nodeInflate, redirects: true, ...options });
    return { answer: await resolver(want, noSignal()), fetched };
  } finally {
    globalThis.fetch = original;
  }
}

const page = 'https://site.example';
const store = 'https://cdn.example/store.c2pa';
const ok = (body = 'store') => new Response(body);

test('by default nothing is fetched', async () => {
  for (const url of [store, 'http://cdn.example/', 'https://localhost/', 'nonsense', '']) {
    assert.deepEqual(await resolve(need(url), {}), { answer: 'notAllowed', fetched: [] });
  }
});

test('same-origin fetches from the origin of the file only', async () => {
  const options = { remote: 'same-origin', origin: page };
  const own = await resolve(need(`${page}/a.c2pa`), options, { [`${page}/a.c2pa`]: ok() });
  assert.equal(new TextDecoder().decode(own.answer), 'store');
  assert.equal(own.fetched[0].credentials, 'omit');
  assert.equal(own.fetched[0].referrerPolicy, 'no-referrer');
  assert.deepEqual(await resolve(need(store), options), { answer: 'notAllowed', fetched: [] });
});

test('asking names host and purpose, and its answer counts', async () => {
  const asked = [];
  const ask = (answer) => ({ remote: { ask: (question) => (asked.push(question), answer) } });
  assert.equal((await resolve(need(store), ask(false))).answer, 'notAllowed');
  assert.equal((await resolve(need(store), ask(true), { [store]: ok() })).fetched.length, 1);
  assert.deepEqual(asked[0], { host: 'cdn.example', resource: 'remoteManifest' });
});

for (const url of [
  'http://cdn.example/',
  'ftp://cdn.example/',
  'file:///etc/passwd',
  'https://user:secret@cdn.example/',
  'https://localhost/',
  'https://printer/',
  'https://printer.local/',
  'https://127.0.0.1/',
  'https://0x7f000001/',
  'https://2130706433/',
  'https://10.0.0.1/',
  'https://172.16.0.1/',
  'https://192.168.1.1/',
  'https://169.254.169.254/',
  'https://100.64.0.1/',
  'https://224.0.0.1/',
  'https://[::1]/',
  'https://[fd00::1]/',
  'https://[fe80::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://localhost./',
]) {
  test(`never fetched, whatever the policy: ${url}`, async () => {
    assert.equal(publicAddress(url), null);
    const { answer, fetched } = await resolve(need(url), { remote: { ask: () => true } });
    assert.deepEqual({ answer, fetched }, { answer: 'failed', fetched: [] });
  });
}

test('public addresses are not mistaken for private ones', () => {
  for (const url of ['https://cdn.example/', 'https://8.8.8.8/', 'https://[2606:4700::1]/', 'https://172.32.0.1/']) {
    assert.notEqual(publicAddress(url), null);
  }
});

const redirect = (to) => new Response(null, { status: 302, headers: { location: to } });

test('redirects are followed by hand, three at most, each under the same rules', async () => {
  const everyone = { remote: { ask: () => true } };
  const inside = await resolve(need(store), everyone, { [store]: redirect('https://192.168.1.1/') });
  assert.equal(inside.answer, 'failed');
  assert.deepEqual(
    inside.fetched.map(({ url }) => url),
    [store],
  );
  const hops = Object.fromEntries(
    [1, 2, 3, 4, 5].map((n) => [`https://h${n}.example/`, redirect(`https://h${n + 1}.example/`)]),
  );
  const many = await resolve(need('https://h1.example/'), everyone, hops);
  assert.equal(many.answer, 'failed');
  assert.equal(many.fetched.length, 4);
  const asked = [];
  const ask = { remote: { ask: ({ host }) => (asked.push(host), host === 'cdn.example') } };
  const stranger = await resolve(need(store), ask, { [store]: redirect('https://other.example/') });
  assert.equal(stranger.answer, 'notAllowed');
  assert.deepEqual(asked, ['cdn.example', 'other.example']);
});

test('answers are cut off at the size the core asked for', async () => {
  const everyone = { remote: { ask: () => true } };
  assert.equal((await resolve(need(store), everyone, { [store]: ok('x'.repeat(100)) })).answer.length, 100);
  assert.equal((await resolve(need(store), everyone, { [store]: ok('x'.repeat(101)) })).answer, 'failed');
  assert.equal((await resolve(need(store), everyone, { [store]: new Response('', { status: 404 }) })).answer, 'failed');
});

test('the sidecar is what the caller gave, and nothing is fetched for it', async () => {
  const sidecar = new Uint8Array([1, 2]);
  assert.deepEqual(await resolve(need('', { resource: 'sidecar' }), { sidecar }), { answer: sidecar, fetched: [] });
  assert.equal((await resolve(need('', { resource: 'sidecar' }), {})).answer, 'failed');
});

const text = Buffer.from('manifest '.repeat(100));

test('compressed data is unpacked on this machine, up to the limit', async () => {
  const unpack = async (resource, body, maxBytes, inflate = nodeInflate) =>
    (await resolve(need('', { resource, body: body.toString('base64'), maxBytes }), { inflate })).answer;
  assert.deepEqual(Buffer.from(await unpack('brotli', brotliCompressSync(text), 900)), text);
  assert.deepEqual(Buffer.from(await unpack('inflate', deflateSync(text), 900)), text);
  assert.deepEqual(Buffer.from(await unpack('inflate', deflateSync(text), 900, webInflate)), text);
  assert.equal(await unpack('brotli', brotliCompressSync(text), 899), 'failed');
  assert.equal(await unpack('inflate', deflateSync(text), 899, webInflate), 'failed');
  assert.equal(await unpack('brotli', Buffer.from('no brotli'), 900), 'failed');
});
