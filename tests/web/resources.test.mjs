// Nothing is fetched that the caller did not allow, and never from private networks.
import assert from 'node:assert/strict';
import test from 'node:test';
import { readFile } from 'node:fs/promises';
import { brotliCompressSync, constants } from 'node:zlib';
import { load } from './bundle.mjs';

const { createResolver, joined, publicAddress, nodeDecompress, openDecoder, noSignal } = await load(
  'resources',
  'abort',
  'brotli-node',
  'brotli-web',
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
    const resolver = createResolver({ remote: 'never', decompress: nodeDecompress, redirects: true, ...options });
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
  assert.equal((await resolve(need(store), everyone, { [store]: ok('x'.repeat(101)) })).answer, 'tooLarge');
  assert.equal((await resolve(need(store), everyone, { [store]: new Response('', { status: 404 }) })).answer, 'failed');
});

test('the sidecar is what the caller gave, and nothing is fetched for it', async () => {
  const sidecar = new Uint8Array([1, 2]);
  assert.deepEqual(await resolve(need('', { resource: 'sidecar' }), { sidecar }), { answer: sidecar, fetched: [] });
  assert.equal((await resolve(need('', { resource: 'sidecar' }), {})).answer, 'failed');
});

const text = Buffer.from('manifest '.repeat(100));
/** Bytes that do not compress, so that the stream has many metablocks. */
const noise = Buffer.from(Uint32Array.from({ length: 200_000 }, (_, i) => Math.imul(i + 1, 2654435761)).buffer);

// R-219, T-52: the same answers in Node and in browsers.
const decoders = {
  node: nodeDecompress,
  browser: await openDecoder(
    await readFile(new URL('../../node_modules/brotli-dec-wasm/pkg/brotli_dec_wasm_bg.wasm', import.meta.url)),
    joined,
  ),
};
for (const [name, decompress] of Object.entries(decoders)) {
  const unpack = async (body, maxBytes) =>
    (await resolve(need('', { resource: 'brotli', body: body.toString('base64'), maxBytes }), { decompress })).answer;

  test(`a compressed manifest is unpacked on this machine, up to the limit (${name})`, async () => {
    assert.deepEqual(Buffer.from(await unpack(brotliCompressSync(text), 900)), text);
    assert.equal(await unpack(brotliCompressSync(text), 899), 'tooLarge');
    assert.equal(await unpack(brotliCompressSync(Buffer.alloc(64 << 20)), 1 << 20), 'tooLarge');
    assert.equal((await unpack(brotliCompressSync(Buffer.alloc(0)), 10)).length, 0);
    assert.equal(await unpack(Buffer.alloc(0), 0), 'failed');
    assert.equal(await unpack(brotliCompressSync(Buffer.alloc(1)), 0), 'tooLarge');
    assert.equal((await unpack(brotliCompressSync(Buffer.alloc(0)), 0)).length, 0);
    const fast = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
    assert.deepEqual(Buffer.from(await unpack(brotliCompressSync(noise, fast), noise.length)), noise);
  });

  test(`what is not exactly one Brotli stream is refused (${name})`, async () => {
    const good = brotliCompressSync(noise.subarray(0, 5000));
    for (const bad of [
      Buffer.from('no brotli'),
      Buffer.alloc(0),
      good.subarray(0, 700),
      good.subarray(0, good.length - 1),
      Buffer.concat([good, Buffer.from([0])]),
      Buffer.concat([good, good]),
    ]) {
      assert.equal(await unpack(bad, 10_000), 'failed');
    }
  });
}
