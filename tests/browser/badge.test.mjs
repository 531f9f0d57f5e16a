// The badge over a picture of a site: states, changes of the picture, keyboard, and failures.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { read } from '../web/samples.mjs';
import { launch, screenshotPath, watch } from './browser.mjs';
import { startServer } from './server.mjs';

const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; img-src 'self' http:; " +
  "style-src 'self'; base-uri 'none'";

const page = (body) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Badge</title><meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="/page.css"><script type="module" src="/element-define.js"></script><body>${body}`;

const PICTURES = [
  'trusted.jpg',
  'unlisted-signer.jpg',
  'pixels-changed.jpg',
  'no-credentials.jpg',
  'assertion-removed.png',
];

const ONE_PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

let browser;
let server;
let stranger;

before(async () => {
  const pictures = Object.fromEntries(PICTURES.map((file) => [`/${file}`, { body: read(file) }]));
  stranger = await startServer({ '/far.jpg': { body: read('trusted.jpg') } });
  const html = (body) => ({ body: page(body), headers: { 'content-security-policy': POLICY } });
  server = await startServer({
    ...pictures,
    '/page.css': { body: 'body { margin: 40px; } img { display: block; width: 320px } main { height: 900px }' },
    '/one.html': html('<assay-badge><img src="/unlisted-signer.jpg" alt="Noon"></assay-badge><main></main>'),
    '/for.html': html(
      '<div style><img id="pic" src="/pixels-changed.jpg" alt=""><assay-badge for="pic"></assay-badge></div>',
    ),
    '/far.html': html(`<assay-badge><img src="${stranger.origin}/far.jpg" alt=""></assay-badge>`),
    // The page shows one picture and gives another one to whoever asks again.
    '/two-faced.html': html('<assay-badge><img src="/two-faced.png" alt=""></assay-badge>'),
    '/two-faced.png': (request) => ({
      body: request.headers['sec-fetch-dest'] === 'image' ? read('trusted.png') : ONE_PIXEL,
    }),
  });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.close();
  stranger?.close();
});

async function open(path, options = {}) {
  const tab = await browser.newPage(options);
  const seen = watch(tab, server.origin);
  await tab.goto(server.origin + path);
  const badge = tab.locator('assay-badge');
  const settled = () =>
    tab.waitForFunction(() => !['pending', null].includes(document.querySelector('assay-badge').getAttribute('state')));
  await settled();
  return { tab, badge, seen, settled, state: () => badge.getAttribute('state') };
}

test('a picture whose signer nobody knows: mark, words, panel, keyboard', async () => {
  const { tab, seen, state } = await open('/one.html');
  assert.equal(await state(), 'unrecognised');
  const pin = tab.getByRole('button', { name: 'signer not recognised (picture)' });
  assert.equal(await pin.getAttribute('aria-expanded'), 'false');
  await tab.keyboard.press('Tab');
  await tab.keyboard.press('Enter');
  assert.ok(await tab.getByRole('dialog').isVisible());
  assert.match(await tab.getByRole('dialog').innerText(), /Checked in your browser by localhost/);
  await tab.screenshot({ path: screenshotPath('badge-open') });
  await tab.keyboard.press('Escape');
  assert.equal(await tab.getByRole('dialog').count(), 0);
  assert.equal(await pin.evaluate((node) => node.getRootNode().activeElement === node), true);
  assert.deepEqual(seen, { errors: [], strangers: [] });
  await tab.close();
});

test('T-81: another picture in the same place is checked anew, and the old verdict is gone at once', async () => {
  const { tab, settled, state } = await open('/one.html');
  for (const [file, expected] of [
    ['pixels-changed.jpg', 'invalid'],
    ['no-credentials.jpg', 'none'],
    ['assertion-removed.png', 'invalid'],
  ]) {
    const states = await tab.evaluate((name) => {
      const badge = document.querySelector('assay-badge');
      const image = badge.querySelector('img');
      return new Promise((resolve) => {
        image.addEventListener('load', () => resolve(badge.getAttribute('state')), { once: true });
        image.src = `/${name}`;
      });
    }, file);
    assert.equal(states, 'pending');
    await settled();
    assert.equal(await state(), expected);
  }
  await tab.close();
});

test('a file without credentials gets no mark', async () => {
  const { tab, settled } = await open('/one.html');
  await tab.evaluate(() => (document.querySelector('img').src = '/no-credentials.jpg'));
  await tab.waitForFunction(() => document.querySelector('assay-badge').getAttribute('state') === 'none');
  await settled();
  assert.equal(await tab.getByRole('button').count(), 0);
  await tab.close();
});

test('`for` points at a picture elsewhere', async () => {
  const { tab, state } = await open('/for.html');
  assert.equal(await state(), 'invalid');
  await tab.close();
});

test('a picture that may not be read could not be checked; it is not called a picture without credentials', async () => {
  const { tab, state } = await open('/far.html');
  assert.equal(await state(), 'unchecked');
  await tab.getByRole('button').click();
  assert.ok(await tab.getByText('does not let this page read it').isVisible());
  await tab.close();
});

test('T-81: a site that shows other bytes than it gives for checking gets no verdict', async () => {
  const { tab, state } = await open('/two-faced.html');
  assert.equal(await state(), 'unchecked');
  await tab.getByRole('button').click();
  assert.ok(await tab.getByText('shows a different version').isVisible());
  await tab.close();
});

test('state changes are told to the page', async () => {
  const { tab } = await open('/one.html');
  const told = tab.evaluate(
    () =>
      new Promise((resolve) =>
        document.addEventListener('assay-state', (event) => event.detail.report && resolve(event.detail.state)),
      ),
  );
  await tab.evaluate(() => (document.querySelector('img').src = '/pixels-changed.jpg'));
  assert.equal(await told, 'invalid');
  await tab.close();
});
