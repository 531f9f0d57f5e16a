// What standard assertions state, in the element: rows for AI and for training, a line per assertion, text only.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { caseOf, clock, openValidator } from '../corpus/cases.mjs';
import { launch, screenshotPath, watch } from './browser.mjs';
import { startServer } from './server.mjs';

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Statements</title>
<meta name="color-scheme" content="light dark"><link rel="stylesheet" href="/page.css">
<script type="module" src="/element-define.js"></script><body><main><assay-summary></assay-summary></main>`;

let browser;
let server;
let report;

before(async () => {
  server = await startServer({
    '/page.html': { body: PAGE },
    '/page.css': { body: 'main { max-width: 820px; margin: 24px auto; padding: 0 14px }' },
  });
  browser = await launch();
  const validator = await openValidator();
  report = await validator.validate(caseOf('details-complete').build(), { now: clock });
  validator.dispose();
});

after(async () => {
  await browser?.close();
  server?.close();
});

for (const [colorScheme, width] of [
  ['light', 900],
  ['dark', 900],
  ['light', 360],
]) {
  test(`R-582, R-584: one of every kind, ${colorScheme}, ${width} px`, async () => {
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
    const seen = watch(page, server.origin);
    await page.goto(`${server.origin}/page.html`);
    await page.waitForFunction(() => customElements.get('assay-summary') !== undefined);
    const element = page.locator('assay-summary');
    await element.evaluate((node, value) => (node.report = value), report);
    const rows = await element.locator('dl').first().innerText();
    assert.match(rows, /Says\s+AI disclosure: Example Model .* nobody approved the output.*\n+as stated by the signer/);
    assert.match(rows, /Training and mining: training of AI models: only on conditions \(ask first\)/);
    await page.getByText('What the record says').click();
    const lines = await element.locator('.says').allInnerTexts();
    assert.equal(lines.length, report.manifests[0].assertions.filter(({ details }) => details !== undefined).length);
    assert.ok(lines.some((line) => line.startsWith('Watermark or fingerprint, declared, not checked')));
    assert.ok(lines.every((line) => !/undefined|NaN/.test(line)));
    assert.equal(await element.locator('a').count(), 0);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await page.screenshot({ path: screenshotPath(`statements-${colorScheme}-${width}`), fullPage: true });
    assert.deepEqual(seen, { errors: [], strangers: [] });
    await page.close();
  });
}
