// What the panel makes of a report. The worker is a stand-in that repeats the report the test wrote.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { screenshotPath } from '../browser/browser.mjs';
import { startServer } from '../browser/server.mjs';
import { hostileReport, reports } from '../web/reports.mjs';
import { Browser, headline, pageWith, sample } from './extension.mjs';
import { pictureWith } from './fake-worker.mjs';

const EVIL = '<img src=x onerror=alert(1)>\u202Egnp.\u0007<b>bold</b> https://evil.example/ javascript:alert(1)';
const LONG = 'long '.repeat(400);

const HEADLINES = {
  recognised: 'Content Credentials · Harbour Press',
  unrecognised: 'Content Credentials · signer not recognised',
  partial: 'Content Credentials · not fully checked',
  invalid: 'Invalid Content Credentials',
  recovered: 'Possible match found elsewhere',
  referenced: 'Content Credentials missing',
  none: 'No Content Credentials',
  unchecked: 'Could not check',
};

let server;
let browser;
const pages = {};

function put(name, report) {
  pages[`/${name}`] = { body: pageWith(`/${name}.jpg`) };
  pages[`/${name}.jpg`] = { body: pictureWith(sample('trusted.jpg'), report) };
}

before(async () => {
  server = await startServer(pages);
  browser = await Browser.launch({ fake: true });
  await browser.configure({ mark: { symbol: '☂', word: 'lantern', tone: 'plum' } });
});

after(async () => {
  await browser?.close();
  server?.close();
});

/** Checks the picture of a page; resolves to tab, page and panel. */
async function checked(name, options) {
  const page = await browser.context.newPage();
  await page.goto(`${server.origin}/${name}`);
  const tab = await browser.pick(page, `${server.origin}/${name}.jpg`);
  await browser.outcome(tab);
  const panel = await browser.panel(tab, options);
  await headline(panel);
  return { page, tab, panel };
}

const close = async ({ page, panel }) => {
  await panel.close();
  await page.close();
};

const shapes = new Set();
const toolbarMarks = new Set();

/** Pictures at the widths a side panel has; nothing may stick out. */
async function photograph(panel, name) {
  for (const width of [280, 400]) {
    for (const scheme of ['light', 'dark']) {
      await panel.setViewportSize({ width, height: 900 });
      await panel.emulateMedia({ colorScheme: scheme });
      const overflow = await panel.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${name} is ${overflow} pixels wider than ${width}`);
      await panel.screenshot({ path: screenshotPath(`extension-${name}-${scheme}-${width}`), fullPage: true });
    }
  }
}

for (const [name, words] of Object.entries(HEADLINES)) {
  test(`headline, mark and picture: ${name} (R-1007)`, async () => {
    put(name, reports[name]());
    const open = await checked(name);
    const { panel, tab } = open;
    assert.equal(await headline(panel), words);
    assert.equal(await panel.locator('assay-summary').getAttribute('state'), name);
    assert.equal(await panel.locator('#status').innerText(), `picture: ${words}`);
    assert.match(await panel.locator('figcaption').innerText(), /^This is the file that was checked\./);
    const drawn = panel.locator('figure img');
    await drawn.waitFor();
    assert.match(await drawn.getAttribute('src'), /^blob:chrome-extension:/);
    assert.ok(await drawn.evaluate((picture) => picture.decode().then(() => picture.naturalWidth === 320)));
    assert.equal(await panel.locator('header .mark-word').innerText(), 'lantern');

    const paths = await panel
      .locator('h2 svg.glyph path')
      .evaluateAll((all) => all.map((path) => `${path.getAttribute('d')} ${path.getAttribute('stroke-dasharray')}`));
    assert.ok(paths.length > 0);
    shapes.add(paths.join());
    const worker = await browser.worker();
    const [title, mark] = await worker.evaluate(
      (tabId) => Promise.all([chrome.action.getTitle({ tabId }), chrome.action.getBadgeText({ tabId })]),
      tab,
    );
    assert.equal(title, words);
    assert.equal([...mark].length, 1);
    toolbarMarks.add(mark);

    await photograph(panel, name);
    assert.deepEqual(panel.errors, []);
    await close(open);
  });
}

test('every state looks different without its colour, in the panel and at the toolbar', () => {
  assert.equal(shapes.size, Object.keys(HEADLINES).length);
  assert.equal(toolbarMarks.size, Object.keys(HEADLINES).length);
});

// A name that was only copied into the record must not look like the signer.
test('names of attached credentials stand in their own zone and nowhere else (R-1007, T-09)', async () => {
  for (const name of ['recognised', 'unrecognised']) {
    const open = await checked(name);
    const { panel, tab } = open;
    const zone = panel.locator('section.attached');
    await panel.getByText('Also names people or accounts').first().click();
    assert.match(await zone.innerText(), /^Names attached by the signer/);
    assert.match(await zone.innerText(), /Jonas Vale/);
    assert.match(await zone.innerText(), /did not sign it/);
    const signed = panel.locator('dt', { hasText: /^Signed by$/ }).locator('+ dd');
    assert.match(await signed.innerText(), /^Harbour Press/);
    const elsewhere = await panel.evaluate(() => {
      const root = document.querySelector('assay-summary').shadowRoot;
      root.querySelector('section.attached').remove();
      for (const fold of root.querySelectorAll('details')) fold.remove();
      const attributes = [...root.querySelectorAll('*'), ...document.querySelectorAll('*')]
        .flatMap((node) => [...node.attributes])
        .map(({ value }) => value);
      return [document.title, document.body.innerText, root.textContent, ...attributes].join('\n');
    });
    assert.doesNotMatch(elsewhere, /Jonas Vale/);
    const worker = await browser.worker();
    assert.doesNotMatch(await worker.evaluate((tabId) => chrome.action.getTitle({ tabId }), tab), /Jonas Vale/);
    await close(open);
  }
});

test('identity statements are not the signer either (R-1007)', async () => {
  const open = await checked('recognised');
  const zones = await open.panel
    .locator('section.zone h3')
    .evaluateAll((headings) => headings.map((h) => h.textContent));
  assert.deepEqual(zones, ['Identity statements with their own signature', 'Names attached by the signer']);
  assert.doesNotMatch(await open.panel.locator('dl').first().innerText(), /Mira Holt/);
  await close(open);
});

test('an invalid record names nobody until somebody asks, and then under a warning (R-1005)', async () => {
  const open = await checked('invalid');
  const { panel } = open;
  const said = await panel.locator('body').innerText();
  for (const name of ['Harbour Press', 'Mira Holt', 'Jonas Vale', 'Desk Camera']) assert.ok(!said.includes(name), name);
  await panel.getByText('Show unverified details').click();
  assert.match(await panel.locator('.unverified .warning').first().innerText(), /not valid/);
  await close(open);
});

test('text of a file is text, wherever it is shown (T-14)', async () => {
  put('evil', hostileReport(EVIL));
  put('long', hostileReport(LONG));
  const alerts = [];
  for (const name of ['evil', 'long']) {
    const open = await checked(name);
    const { panel } = open;
    panel.on('dialog', (dialog) => alerts.push(dialog.message()) && dialog.dismiss());
    const found = await panel.evaluate(() => {
      const root = document.querySelector('assay-summary').shadowRoot;
      for (const fold of root.querySelectorAll('details')) fold.open = true;
      return {
        elements: [...root.querySelectorAll('img, a, script, b, iframe, style, link')].map((node) => node.tagName),
        text: root.textContent,
        wide: document.documentElement.scrollWidth > innerWidth,
      };
    });
    assert.deepEqual(found.elements, []);
    assert.doesNotMatch(found.text, /[\u202a-\u202e\u2066-\u2069\u0007]/);
    assert.ok(!found.wide, 'nothing is pushed out of the panel');
    if (name === 'evil') assert.match(found.text, /<img src=x onerror=alert\(1\)>\ufffd/);
    const worker = await browser.worker();
    const title = await worker.evaluate((tabId) => chrome.action.getTitle({ tabId }), open.tab);
    assert.ok(title.length <= 200 && !title.includes('\u202e'));
    await close(open);
  }
  assert.deepEqual(alerts, []);
});

test('a report that cannot be drawn is a failure that is said, not an empty panel', async () => {
  put('odd', { schema: 'assay-report/1', state: 'trusted', headline: 'recognised' });
  const open = await checked('odd');
  assert.equal(await headline(open.panel), 'Could not check');
  assert.equal(await open.panel.locator('#status').innerText(), 'picture: Could not check');
  await close(open);
});

test('everything works by keyboard and has a name', async () => {
  const open = await checked('recognised');
  const { panel } = open;
  const reached = [];
  for (let i = 0; i < 12; i += 1) {
    await panel.keyboard.press('Tab');
    reached.push(
      await panel.evaluate(() => {
        const outer = document.activeElement;
        const inner = outer.shadowRoot?.activeElement ?? outer;
        const outline = getComputedStyle(inner).outlineStyle;
        return `${inner.textContent.trim()}${outline === 'none' ? ' without focus ring' : ''}`;
      }),
    );
  }
  for (const name of ['Settings', 'What the record says', 'Status codes', 'What the marks mean', 'Check again']) {
    assert.ok(reached.includes(name), `${name} in ${reached.join(' | ')}`);
  }
  const tree = await panel.locator('body').ariaSnapshot();
  assert.match(tree, /heading "Content Credentials · Harbour Press" \[level=2\]/);
  assert.match(tree, /img "The picture that was checked"/);
  await close(open);
});

test('nothing moves for those who asked for that, and marks survive forced colours', async () => {
  const open = await checked('invalid');
  const { panel } = open;
  await panel.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  const border = await panel.locator('h2').evaluate((chip) => getComputedStyle(chip).borderTopStyle);
  assert.equal(border, 'solid');
  await panel.screenshot({ path: screenshotPath('extension-invalid-forced-colors') });
  const moving = await panel.evaluate(() => {
    const summary = document.querySelector('assay-summary');
    summary.report = null;
    return summary.shadowRoot.querySelector('.pending .glyph').getAnimations().length;
  });
  assert.equal(moving, 0);
  await close(open);
});

test('before anything was checked the panel says how', async () => {
  const page = await browser.context.newPage();
  await page.goto(`${server.origin}/none`);
  const tab = await browser.tabOf(page);
  const panel = await browser.panel(tab, { width: 320, height: 640 });
  await panel.getByText('Right-click a picture').waitFor();
  await panel.screenshot({ path: screenshotPath('extension-intro') });
  await panel.getByText('What the marks mean').click();
  assert.equal(await panel.locator('.legend').count(), 9);
  await panel.screenshot({ path: screenshotPath('extension-legend'), fullPage: true });
  await close({ page, panel });
});
