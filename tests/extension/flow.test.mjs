// From the click to the panel: how files are fetched, what is refused, and what survives. The worker is a
// stand-in that repeats the report in the file.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { startServer } from '../browser/server.mjs';
import { screenshotPath } from '../browser/browser.mjs';
import { reports } from '../web/reports.mjs';
import { Browser, headline, pageWith, sample } from './extension.mjs';
import { pictureWith } from './fake-worker.mjs';

const small = sample('trusted.jpg');
const good = pictureWith(small, reports.recognised());
const other = pictureWith(sample('trusted.png'), reports.recognised());

const isPage = ({ headers }) => headers['sec-fetch-dest'] === 'image';
let release = () => {};

const pages = {
  '/page': { body: pageWith('/good.jpg'), headers: { 'set-cookie': 'session=secret; Path=/' } },
  '/good.jpg': { body: good },
  '/other.png': { body: other },
  '/missing.jpg': { status: 404, body: '' },
  '/fail.jpg': { body: pictureWith(small, 'fail') },
  '/spin.jpg': { body: pictureWith(small, 'spin') },
};

let server;
let proxy;
let browser;
const strangers = [];
// What Chromium asks for by itself, with or without an extension.
const BROWSERS_OWN = /^(http:\/\/)?[\w-]+\.googleapis\.com[:/]|^accounts\.google\.com:/;
const at = (path, host = 'localhost') => `http://${host}:${new URL(server.origin).port}${path}`;

/** Everything that is not for this machine or *.example ends here and is noted. */
async function startProxy() {
  const note = (url) => !BROWSERS_OWN.test(url) && strangers.push(url);
  proxy = createServer((request, response) => {
    note(request.url);
    response.writeHead(502).end();
  });
  proxy.on('connect', (request, socket) => {
    note(request.url);
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise((done) => proxy.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${proxy.address().port}`;
}

before(async () => {
  server = await startServer(pages);
  const args = [`--proxy-server=${await startProxy()}`, '--proxy-bypass-list=*.example'];
  browser = await Browser.launch({ fake: true, args });
});

after(async () => {
  await browser?.close();
  server?.close();
  proxy?.close();
});

async function open(url) {
  const page = await browser.context.newPage();
  await page.goto(url);
  return page;
}

/** Picks a picture of a page and waits for what comes of it. */
async function check(pageUrl, src, info) {
  const page = await open(pageUrl);
  const tab = await browser.pick(page, src, info);
  const result = await browser.outcome(tab);
  return { page, tab, ...result };
}

test('the file is fetched as by a stranger who likes the same formats', async () => {
  server.requests.length = 0;
  const { page, outcome, shown } = await check(at('/page'), at('/good.jpg'));
  assert.equal(outcome.kind, 'report');
  assert.deepEqual(shown, { width: 320, height: 200, exact: true });
  const [byPage, byUs, ...more] = server.requests.filter(({ path }) => path === '/good.jpg');
  assert.deepEqual(more, []);
  assert.match(byPage.headers.cookie, /session=secret/);
  assert.equal(byUs.headers.cookie, undefined);
  assert.equal(byUs.headers.referer, undefined);
  assert.equal(byUs.headers.origin, undefined);
  assert.equal(byUs.headers.accept, byPage.headers.accept);
  await page.close();
});

test('a server that shows others another picture is noticed by its size (T-39)', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"/>';
  pages['/cloak.jpg'] = (request) =>
    isPage(request) ? { body: svg, headers: { 'content-type': 'image/svg+xml' } } : { body: good };
  pages['/cloaked'] = { body: pageWith('/cloak.jpg') };
  const page = await open(at('/cloaked'));
  const tab = await browser.pick(page, at('/cloak.jpg'));
  const panel = await browser.panel(tab, { width: 360, height: 760 });
  await panel.locator('.parity.differs').waitFor();
  const text = await panel.locator('.parity').innerText();
  assert.equal(text, 'The site shows a different version. On the page 640 × 480, checked 320 × 200 pixels.');
  await panel.screenshot({ path: screenshotPath('extension-different-version') });
  // The toolbar stands for the page: there, nothing was found out about what it shows.
  const worker = await browser.worker();
  assert.equal(await worker.evaluate((tabId) => chrome.action.getTitle({ tabId }), tab), 'Could not check');
  await panel.close();
  await page.close();
});

test('a picture that the page scales by srcset is not called different', async () => {
  pages['/srcset'] = { body: '<img srcset="/good.jpg 2x" src="/other.png">' };
  const page = await open(at('/srcset'));
  // At this pixel density the browser still takes the only candidate that is listed with one.
  const current = await page.evaluate(() => document.images[0].currentSrc);
  const tab = await browser.pick(page, current);
  const { shown } = await browser.outcome(tab);
  assert.equal(shown.exact, false);
  const panel = await browser.panel(tab);
  await panel.locator('.parity.sameSize, .parity.unknown').waitFor();
  await panel.close();
  await page.close();
});

test('pictures inside closed shadow roots are found, and the page is left as it was', async () => {
  pages['/shadow'] = {
    body: `<div id="host"></div><script>
      const image = document.createElement('img'); image.src = '/good.jpg';
      document.querySelector('#host').attachShadow({ mode: 'closed' }).append(image);</script>`,
  };
  const page = await open(at('/shadow'));
  await page.evaluate(() => {
    window.changes = 0;
    const observer = new MutationObserver((records) => (window.changes += records.length));
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  const tab = await browser.pick(page, at('/good.jpg'));
  const { shown } = await browser.outcome(tab);
  assert.deepEqual(shown, { width: 320, height: 200, exact: true });
  assert.equal(await page.evaluate(() => window.changes), 0);
  await page.close();
});

test('pictures that exist in the page only are read through the page', async () => {
  pages['/blob'] = {
    body: `<img><script>fetch('/good.jpg').then((r) => r.blob()).then((b) => (document.images[0].src = URL.createObjectURL(b)))</script>`,
  };
  const page = await open(at('/blob'));
  await page.waitForFunction(() => document.images[0].naturalWidth > 0);
  const src = await page.evaluate(() => document.images[0].src);
  const tab = await browser.pick(page, src);
  const { outcome } = await browser.outcome(tab);
  assert.equal(outcome.kind, 'report');
  assert.equal(outcome.file.size, good.length);
  await page.close();
});

test('data addresses are checked, too', async () => {
  const src = `data:image/jpeg;base64,${good.toString('base64')}`;
  const { page, outcome } = await check(at('/page'), src);
  assert.equal(outcome.kind, 'report');
  assert.equal(outcome.file.finalUrl, '');
  await page.close();
});

// Each way to fail has its own reason: none of them may look like "no credentials".
test('reasons for not having checked are told apart', async () => {
  pages['/away.jpg'] = { status: 302, headers: { location: at('/good.jpg') } };
  const local = at('/page');
  const strange = at('/page', 'public.example');
  const cases = [
    ['address', local, 'file:///etc/hostname'],
    ['private', strange, at('/good.jpg')],
    ['private', strange, at('/good.jpg', '127.0.0.1')],
    ['ledToPrivate', strange, at('/away.jpg', 'cdn.example')],
    ['status', local, at('/missing.jpg')],
    ['network', local, 'http://localhost:9/x.jpg'],
    ['engine', local, at('/fail.jpg')],
    ['stream', local, `blob:${server.origin}/00000000`, { mediaType: 'video' }],
    ['pageBlob', local, `blob:${server.origin}/00000000`],
    ['tooLarge', local, `data:image/png,${'x'.repeat(2_100_000)}`],
  ];
  const sentences = new Set();
  for (const [reason, pageUrl, src, info] of cases) {
    const { page, tab, outcome } = await check(pageUrl, src, info);
    assert.equal(outcome.kind, 'failed', src.slice(0, 60));
    assert.equal(outcome.reason, reason, src.slice(0, 60));
    const panel = await browser.panel(tab, { width: 320, height: 480 });
    assert.equal(await headline(panel), 'Could not check');
    sentences.add(await panel.locator('.reason').innerText());
    const mayHelp = ['ledToPrivate', 'status', 'network', 'engine'].includes(reason);
    assert.equal(await panel.getByRole('button', { name: 'Check again' }).count(), mayHelp ? 1 : 0, reason);
    await panel.screenshot({ path: screenshotPath(`extension-failed-${reason}`) });
    await panel.close();
    await page.close();
  }
  assert.equal(sentences.size, cases.length, 'each has a sentence of its own');
});

test('a picture from another public host may be checked from a public page', async () => {
  const { page, outcome } = await check(at('/page', 'public.example'), at('/good.jpg', 'cdn.example'));
  assert.equal(outcome.kind, 'report');
  await page.close();
});

const stopServiceWorkers = async (page) => {
  const session = await browser.context.newCDPSession(page);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await session.detach();
};

test('a check outlives the service worker that began it', async () => {
  const held = new Promise((resolve) => (release = resolve));
  const late = createServer(async (request, response) => {
    await held;
    response.writeHead(200, { 'content-type': 'image/jpeg' }).end(good);
  });
  await new Promise((done) => late.listen(0, '127.0.0.1', done));
  const page = await open(at('/page'));
  const src = `http://localhost:${late.address().port}/late.jpg`;
  const tab = await browser.pick(page, src);
  const panel = await browser.panel(tab);
  await panel.locator('assay-summary[state=pending]').waitFor();
  await panel.screenshot({ path: screenshotPath('extension-pending') });
  await stopServiceWorkers(page);
  release();
  assert.equal(await headline(panel), 'Content Credentials · Harbour Press');

  // And the panel's button wakes a worker that was stopped.
  const { job } = await browser.outcome(tab);
  await stopServiceWorkers(page);
  await panel.getByRole('button', { name: 'Check again' }).click();
  await panel.waitForFunction(
    async ([key, before]) => {
      const { [key]: now } = await chrome.storage.session.get(key);
      return now.job !== before && now.outcome !== null;
    },
    [`check:${tab}`, job],
  );
  late.close();
  await panel.close();
  await page.close();
});

test('a new check in the same tab ends the old one, even when the worker is stuck in it', async () => {
  const page = await open(at('/page'));
  const tab = await browser.pick(page, at('/spin.jpg'));
  const panel = await browser.panel(tab);
  await panel.locator('assay-summary[state=pending]').waitFor();
  await browser.pick(page, at('/good.jpg'));
  assert.equal(await headline(panel), 'Content Credentials · Harbour Press');
  await panel.close();
  await page.close();
});

test('a picture that is no longer in memory is said to be, and can be had again', async () => {
  const { page, tab } = await check(at('/page'), at('/good.jpg'));
  const worker = await browser.worker();
  await worker.evaluate(() => chrome.offscreen.closeDocument());
  const panel = await browser.panel(tab);
  await panel.getByText('The file itself is no longer in memory.').waitFor();
  assert.equal(await headline(panel), 'Content Credentials · Harbour Press');
  await panel.getByRole('button', { name: 'Check again' }).click();
  await panel.locator('figure img').waitFor();
  await panel.close();
  await page.close();
});

test('a check that was lost is not pending for ever', async () => {
  const { page, tab } = await check(at('/page'), at('/good.jpg'));
  const worker = await browser.worker();
  await worker.evaluate(async (key) => {
    const { [key]: known } = await chrome.storage.session.get(key);
    await chrome.storage.session.set({ [key]: { ...known, outcome: null, startedAt: Date.now() - 200_000 } });
  }, `check:${tab}`);
  const panel = await browser.panel(tab);
  await panel.getByText('The check was broken off').waitFor();
  await panel.getByRole('button', { name: 'Check again' }).click();
  await panel.locator('assay-summary[state=recognised]').waitFor();
  await panel.close();
  await page.close();
});

test('the tab gets a panel of its own', async () => {
  const { page, tab } = await check(at('/page'), at('/good.jpg'));
  const worker = await browser.worker();
  const { path } = await worker.evaluate((tabId) => chrome.sidePanel.getOptions({ tabId }), tab);
  assert.equal(path, `panel.html?tab=${tab}`);
  await page.close();
});

test('what is known about a tab goes with the tab', async () => {
  const { page } = await check(at('/page'), at('/good.jpg'));
  await page.close();
  const worker = await browser.worker();
  await worker.evaluate(async () => {
    const isLeft = async () => Object.keys(await chrome.storage.session.get(null)).length > 0;
    for (let i = 0; i < 100 && (await isLeft()); i += 1) await new Promise((resolve) => setTimeout(resolve, 20));
  });
  const [left, kept] = await worker.evaluate(() =>
    Promise.all([chrome.storage.session.get(null), chrome.storage.local.get(null)]),
  );
  assert.deepEqual(left, {});
  assert.deepEqual(
    Object.keys(kept).filter((key) => key !== 'mark' && key !== 'lists'),
    [],
  );
});

test('the panel says when the tab has moved on', async () => {
  const { page, tab } = await check(at('/page'), at('/good.jpg'));
  const panel = await browser.panel(tab);
  await headline(panel);
  await page.goto(at('/shadow'));
  await panel.getByText('The tab has moved on.').waitFor();
  await panel.close();
  await page.close();
});

test('nothing but the pages and their pictures was asked for (T-84)', () => {
  assert.deepEqual(strangers, []);
  const foreign = browser.requests.filter((url) => {
    const isOwn = url.startsWith(browser.origin) || /^(data|blob):/.test(url);
    return !isOwn && !/^(http:\/\/(localhost|127\.0\.0\.1|[a-z]+\.example)[:/]|file:)/.test(url);
  });
  assert.deepEqual(foreign, []);
});
