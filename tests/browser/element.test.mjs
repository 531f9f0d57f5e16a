// The summary element: every state, hostile text, zones, and how it looks in light and dark, wide and narrow.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hostileReport, reports } from '../web/reports.mjs';
import { launch, screenshotPath, watch } from './browser.mjs';
import { startServer } from './server.mjs';

const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; img-src 'self' blob:; " +
  "style-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'";

// A page of a site: no inline script, no inline style, Trusted Types enforced.
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Summary</title>
<meta name="color-scheme" content="light dark"><link rel="stylesheet" href="/page.css"><script type="module" src="/page.js"></script>
<body><main><assay-summary></assay-summary></main>`;

let browser;
let server;

before(async () => {
  server = await startServer({
    '/page.html': { body: PAGE, headers: { 'content-security-policy': POLICY } },
    '/page.css': { body: 'main { max-width: 640px; margin: 24px auto; padding: 0 14px }' },
    '/page.js': { body: "import '/element-define.js'; globalThis.isReady = true;" },
  });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.close();
});

async function open(options = {}) {
  const page = await browser.newPage(options);
  const seen = watch(page, server.origin);
  await page.goto(`${server.origin}/page.html`);
  await page.waitForFunction(() => globalThis.isReady);
  return { page, seen };
}

const show = (page, report) =>
  page.locator('assay-summary').evaluate((element, value) => (element.report = value), report);

const text = (page) => page.locator('assay-summary').evaluate((element) => element.shadowRoot.textContent);

test('every headline has its words, its mark and a state attribute', async () => {
  const { page, seen } = await open();
  assert.equal(await page.locator('assay-summary').getAttribute('state'), 'pending');
  const marks = new Set();
  for (const [headline, make] of Object.entries(reports)) {
    await show(page, make());
    assert.equal(await page.locator('assay-summary').getAttribute('state'), headline);
    const mark = page.locator('assay-summary h2 svg');
    marks.add(await mark.evaluate((svg) => [...svg.children].map((path) => path.getAttribute('d')).join()));
    assert.equal(await mark.getAttribute('aria-hidden'), 'true');
    assert.ok((await page.getByRole('heading', { level: 2 }).textContent()).length > 8);
  }
  assert.equal(marks.size, Object.keys(reports).length);
  assert.deepEqual(seen, { errors: [], strangers: [] });
  await page.close();
});

test('a failed check is said, never shown as a file without credentials', async () => {
  const { page } = await open();
  await page.locator('assay-summary').evaluate((element) => (element.failure = 'The server did not answer.'));
  assert.equal(await page.locator('assay-summary').getAttribute('state'), 'unchecked');
  assert.match(await text(page), /Could not check.*The server did not answer/);
  assert.doesNotMatch(await text(page), /No Content Credentials/);
  await page.close();
});

test('the three zones are apart, in order, and attached names stay in theirs', async () => {
  const { page } = await open();
  await show(page, reports.recognised());
  const zones = await page.locator('assay-summary').evaluate((element) => {
    const sections = [...element.shadowRoot.querySelectorAll('section.zone')];
    const all = [...element.shadowRoot.querySelectorAll('*')];
    const outside = all.filter((node) => node.closest('section.zone') === null);
    const own = (node) => [...node.childNodes].filter((child) => child.nodeType === Node.TEXT_NODE);
    return {
      titles: sections.map((section) => section.querySelector('h3').textContent),
      outside: outside.flatMap((node) => own(node).map((child) => child.data)),
    };
  });
  assert.deepEqual(zones.titles, ['Identity statements with their own signature', 'Names attached by the signer']);
  for (const part of zones.outside) assert.ok(!part.includes('Jonas Vale'));
  await page.close();
});

test('an invalid record names nobody until its details are opened, and then under a warning', async () => {
  const { page } = await open();
  await show(page, reports.invalid());
  for (const name of ['Harbour Press', 'Mira Holt', 'Jonas Vale']) {
    assert.equal(await page.getByText(name).filter({ visible: true }).count(), 0, name);
  }
  await page.getByText('Show unverified details').click();
  assert.ok(await page.getByText('These credentials are not valid').first().isVisible());
  await page.close();
});

const ATTACKS = [
  '<img src=x onerror="globalThis.pwned=1">',
  '<script>globalThis.pwned=1</script>',
  '"><svg onload=globalThis.pwned=1>',
  `${'javascript'}:globalThis.pwned=1`,
  '\u202Egnp.exe\u2066',
  '__proto__',
  'constructor',
  '\u0000\u001b[31m',
  'x'.repeat(5000),
];

for (const attack of ATTACKS) {
  test(`T-14: ${JSON.stringify(attack.slice(0, 40))} stays text in every field`, async () => {
    const { page, seen } = await open();
    await show(page, reports.recognised());
    const shape = () =>
      page.locator('assay-summary').evaluate((element, long) => {
        for (const details of element.shadowRoot.querySelectorAll('details')) details.open = true;
        const tags = [...element.shadowRoot.querySelectorAll('*')].map((node) => node.localName);
        // A long name has a button that shows all of it.
        return tags.filter((tag) => tag !== 'span' && (tag !== 'button' || !long)).join();
      }, attack.length > 1000);
    const expected = await shape();
    await show(page, hostileReport(attack));
    assert.equal(await shape(), expected);
    assert.doesNotMatch(await text(page), /[\u0000-\u0008\u001b\u202e\u2066]/);
    assert.equal(await page.evaluate(() => globalThis.pwned), undefined);
    assert.deepEqual(seen, { errors: [], strangers: [] });
    await page.close();
  });
}

test('T-79: assertion data with magic keys is shown as data', async () => {
  const { page, seen } = await open();
  const report = reports.recognised();
  const json = JSON.stringify(report).replace('"alg":"sha256"', '"__proto__":{"polluted":1},"constructor":"x"');
  await page.locator('assay-summary').evaluate((element, text) => (element.report = JSON.parse(text)), json);
  assert.match(await text(page), /"__proto__"/);
  assert.equal(await page.evaluate(() => ({}).polluted), undefined);
  assert.deepEqual(seen.errors, []);
  await page.close();
});

for (const colorScheme of ['light', 'dark']) {
  for (const width of [1280, 360]) {
    test(`pictures of every state, ${colorScheme}, ${width} px`, async () => {
      const { page } = await open({ colorScheme, viewport: { width, height: 800 } });
      for (const [headline, make] of Object.entries(reports)) {
        await show(page, make());
        const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        assert.equal(isWide, false, `${headline} is wider than the screen`);
        await page.screenshot({ path: screenshotPath(`summary-${headline}-${colorScheme}-${width}`), fullPage: true });
      }
      await page.close();
    });
  }
}

test('text has a contrast of at least 4.5 in every state, light and dark', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { page } = await open({ colorScheme });
    for (const make of Object.values(reports)) {
      await show(page, make());
      const low = await page.locator('assay-summary').evaluate(lowContrast);
      assert.deepEqual(low, []);
    }
    await page.close();
  }
});

/** Runs in the page: texts whose colour is too close to what is behind them. */
function lowContrast(element) {
  const parse = (text) => (text.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const page = matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255];
  const behind = (node) => {
    for (let at = node; at instanceof Element; at = at.parentElement) {
      const [r, g, b, a = 1] = parse(getComputedStyle(at).backgroundColor);
      if (a === 1) return [r, g, b];
    }
    return page;
  };
  return [...element.shadowRoot.querySelectorAll('*')].flatMap((node) => {
    const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim() !== '');
    if (!own || node.closest('svg')) return [];
    const [a, b] = [luminance(parse(getComputedStyle(node).color)), luminance(behind(node))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    return ratio < 4.5 ? [`${node.localName}.${node.className} ${ratio.toFixed(2)}`] : [];
  });
}
