// What the extension refuses, tested without a browser: senders, messages, addresses, and the manifest.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { iconPng } from '../../extension/icons.mjs';
import { chromiumManifest } from '../../extension/manifest.mjs';
import { root } from '../browser/server.mjs';
import { reports } from '../web/reports.mjs';
import { load } from './load.mjs';

const ID = 'abcdefghijklmnopabcdefghijklmnop';
const page = (name) => `chrome-extension://${ID}/${name}`;
const again = (extra = {}) => ({ to: 'background', type: 'again', tab: 3, job: 7, ...extra });
const file = { blobUrl: 'blob:x', finalUrl: '', size: 1, mediaType: 'image/png', width: 0, height: 0, sha256: '' };
const done = (extra = {}) => ({
  to: 'background',
  type: 'done',
  tab: 3,
  job: 7,
  outcome: { kind: 'report', report: reports.none(), file },
  ...extra,
});

/** Sends one message to a router; resolves to what reached the handlers. */
async function route(message, sender) {
  const { Router } = await load('background/router.ts');
  const reached = [];
  const take = (known) => Promise.resolve(reached.push(known.type));
  const runtime = {
    id: ID,
    getURL: page,
    onMessage: { addListener: (listener) => (runtime.send = listener) },
  };
  new Router(runtime, { done: take, again: take }).register();
  assert.equal(runtime.send(message, sender), undefined);
  return reached;
}

test('the router hands on what the extension’s own pages may say (T-82)', async () => {
  assert.deepEqual(await route(again(), { id: ID, url: page('panel.html?tab=3') }), ['again']);
  assert.deepEqual(await route(done(), { id: ID, url: page('offscreen.html') }), ['done']);
});

test('the router refuses every other sender (T-82)', async () => {
  const strangers = [
    { id: ID, url: 'https://page.example/panel.html' },
    { id: ID, url: page('offscreen.html') },
    { id: ID, url: page('options.html') },
    { id: ID, url: `https://page.example/#${page('panel.html')}` },
    { id: ID },
    { id: 'ponmlkjihgfedcbaponmlkjihgfedcba', url: page('panel.html') },
    { url: page('panel.html') },
    { id: ID, url: page('panel.html/../x') },
  ];
  for (const sender of strangers) assert.deepEqual(await route(again(), sender), [], JSON.stringify(sender));
  assert.deepEqual(await route(done(), { id: ID, url: page('panel.html') }), []);
});

test('messages of any other shape are refused (T-82)', async () => {
  const sender = { id: ID, url: page('panel.html') };
  const without = again();
  delete without.job;
  const wrong = [
    undefined,
    null,
    'again',
    [],
    {},
    without,
    again({ extra: 1 }),
    again({ to: 'offscreen' }),
    again({ type: 'toString' }),
    again({ type: '__proto__' }),
    again({ tab: '3' }),
    again({ tab: -1 }),
    again({ tab: 1.5 }),
    again({ job: Number.NaN }),
    again({ url: 'https://other.example/' }),
    Object.assign(Object.create({ job: 7 }), without),
  ];
  for (const message of wrong) assert.deepEqual(await route(message, sender), [], JSON.stringify(message));
  const offscreen = { id: ID, url: page('offscreen.html') };
  for (const outcome of [null, {}, { kind: 'report', report: {}, file }, { kind: 'report', report: reports.none() }]) {
    assert.deepEqual(await route(done({ outcome }), offscreen), [], JSON.stringify(outcome));
  }
});

test('public pages cannot point the extension into private networks (T-82)', async () => {
  const { refusalOf, finalRefusalOf } = await load('address.ts');
  const publicPage = 'https://news.example/story';
  const inside = [
    'http://localhost/x.jpg',
    'http://127.0.0.1:8080/x.jpg',
    'http://2130706433/x.jpg',
    'http://0x7f.1/x.jpg',
    'http://[::1]/x.jpg',
    'http://[::ffff:10.0.0.1]/x.jpg',
    'http://192.168.0.1/x.jpg',
    'http://169.254.169.254/latest',
    'http://router/x.jpg',
    'https://nas.local/x.jpg',
  ];
  for (const address of inside) {
    assert.equal(refusalOf(address, publicPage), 'private', address);
    assert.equal(refusalOf(address, 'http://192.168.0.2/'), null, address);
    assert.equal(finalRefusalOf(address, publicPage), 'ledToPrivate', address);
  }
  assert.equal(refusalOf('https://cdn.example/x.jpg', publicPage), null);
  assert.equal(refusalOf('data:image/png;base64,AA==', publicPage), null);
  for (const address of ['file:///etc/passwd', 'ftp://x.example/', 'chrome://settings', 'nonsense', '']) {
    assert.equal(refusalOf(address, publicPage), 'address', address);
  }
  assert.equal(refusalOf('https://user:secret@cdn.example/x.jpg', publicPage), 'address');
  assert.equal(refusalOf(`data:image/png,${'x'.repeat(3_000_000)}`, publicPage), 'tooLarge');
});

test('permission is asked for one host only', async () => {
  const { permissionPattern } = await load('address.ts');
  assert.equal(permissionPattern('https://cdn.example:8443/a/b.jpg?c'), 'https://cdn.example/*');
  assert.equal(permissionPattern('data:image/png,x'), null);
});

test('pictures on the page and checked are compared by size (T-39)', async () => {
  const { parityOf } = await load('parity.ts');
  const shown = { width: 400, height: 300, exact: true };
  assert.equal(parityOf(shown, { width: 400, height: 300 }), 'sameSize');
  assert.equal(parityOf(shown, { width: 800, height: 600 }), 'differs');
  assert.equal(parityOf(null, { width: 800, height: 600 }), 'unknown');
  assert.equal(parityOf(shown, { width: 0, height: 0 }), 'unknown');
  const scaled = { ...shown, exact: false };
  assert.equal(parityOf(scaled, { width: 800, height: 600 }), 'unknown');
  assert.equal(parityOf(scaled, { width: 800, height: 800 }), 'differs');
});

test('nothing of the extension is open to pages or other extensions (T-83)', () => {
  const manifest = chromiumManifest({ version: '1.0.0' });
  for (const key of ['web_accessible_resources', 'externally_connectable', 'content_scripts', 'host_permissions']) {
    assert.equal(manifest[key], undefined, key);
  }
  assert.deepEqual(manifest.optional_host_permissions, ['<all_urls>']);
  const policy = manifest.content_security_policy.extension_pages;
  assert.match(policy, /default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self';/);
  assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|script-src[^;]*https?:/);
});

test('every permission is explained, and nothing else is', () => {
  const text = readFileSync(join(root, 'extension/docs/permissions.md'), 'utf8');
  const [, asked] = /## Asked for at installation([\s\S]*?)\n## /.exec(text);
  const explained = [...asked.matchAll(/^\| `(\w+)`\s*\|/gm)].map(([, name]) => name);
  assert.deepEqual(explained.sort(), chromiumManifest({ version: '1.0.0' }).permissions.toSorted());
});

test('the icon is a mark with a hole, on nothing, and not green', () => {
  const size = 48;
  const png = iconPng(size);
  const length = png.readUInt32BE(33);
  const rows = inflateSync(png.subarray(41, 41 + length));
  const at = (x, y) => [...rows.subarray(y * (size * 4 + 1) + 1 + x * 4, y * (size * 4 + 1) + 5 + x * 4)];
  assert.equal(at(0, 0)[3], 0);
  assert.equal(at(24, 24)[3], 0);
  const [red, green, blue, alpha] = at(24, 8);
  assert.equal(alpha, 255);
  assert.ok(blue > green && green > red);
});
