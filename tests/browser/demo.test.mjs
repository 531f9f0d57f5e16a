// The demo page with the sample files: verdicts, several files, keyboard, and how it looks.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { folder, samples } from '../web/samples.mjs';
import { launch, screenshotPath, watch } from './browser.mjs';
import { startServer } from './server.mjs';

const STATES = { trusted: 'recognised', valid: 'unrecognised', invalid: 'invalid', none: 'none' };

let browser;
let server;

before(async () => {
  server = await startServer();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.close();
});

async function open(options = {}) {
  const page = await browser.newPage(options);
  const seen = watch(page, server.origin);
  await page.goto(`${server.origin}/demo/`);
  await page.locator('#samples').waitFor();
  return { page, seen };
}

const summary = (page, state) => page.locator(`assay-summary[state=${state}]`).waitFor();
const noOverflow = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

for (const colorScheme of ['light', 'dark']) {
  for (const width of [1280, 360]) {
    test(`every sample, ${colorScheme}, ${width} px`, async () => {
      const { page, seen } = await open({ colorScheme, viewport: { width, height: width === 360 ? 740 : 860 } });
      const shot = (name) =>
        page.screenshot({ path: screenshotPath(`demo-${name}-${colorScheme}-${width}`), fullPage: true });
      await shot('start');
      assert.ok(await noOverflow(page));
      for (const [i, { file, state }] of samples.entries()) {
        await page.locator('#samples button').nth(i).click();
        await summary(page, STATES[state]);
        assert.ok(await noOverflow(page), file);
        await shot(file.replace('.', '-'));
      }
      assert.deepEqual(seen, { errors: [], strangers: [] });
      await page.close();
    });
  }
}

test('own files are judged without the samples’ roots', async () => {
  const { page, seen } = await open();
  await page.setInputFiles('#picker', join(folder, 'trusted.jpg'));
  await summary(page, 'unrecognised');
  assert.deepEqual(seen, { errors: [], strangers: [] });
  await page.close();
});

test('several files: a list to choose from, by keyboard, and each is announced', async () => {
  const { page } = await open();
  const said = [];
  await page.exposeFunction('said', (text) => said.push(text));
  await page.evaluate(() => {
    const live = document.getElementById('live');
    new MutationObserver(() => globalThis.said(live.textContent)).observe(live, { childList: true });
  });
  const files = ['trusted.jpg', 'no-credentials.jpg', 'pixels-changed.jpg'].map((name) => join(folder, name));
  await page.setInputFiles('#picker', files);
  const buttons = page.getByRole('navigation', { name: 'Files' }).getByRole('button');
  await page.waitForFunction(() => document.querySelectorAll('#queue .pending').length === 0);
  assert.equal(await buttons.count(), 3);
  await buttons.nth(2).focus();
  await page.keyboard.press('Enter');
  await summary(page, 'invalid');
  assert.equal(await buttons.nth(2).getAttribute('aria-current'), 'true');
  for (const name of ['trusted.jpg', 'no-credentials.jpg', 'pixels-changed.jpg']) {
    assert.ok(
      said.some((text) => text.startsWith(`${name}: `)),
      name,
    );
  }
  await page.close();
});

test('dropping and pasting work like choosing', async () => {
  const { page } = await open();
  for (const kind of ['drop', 'paste']) {
    await page.evaluate(async (type) => {
      const blob = await (await fetch('samples/no-credentials.jpg')).blob();
      const data = new DataTransfer();
      data.items.add(new File([blob], `${type}.jpg`, { type: 'image/jpeg' }));
      const event =
        type === 'drop'
          ? new DragEvent(type, { dataTransfer: data })
          : new ClipboardEvent(type, { clipboardData: data });
      document.dispatchEvent(event);
    }, kind);
    await page.locator('figcaption strong', { hasText: `${kind}.jpg` }).waitFor();
    await summary(page, 'none');
  }
  await page.close();
});

test('T-14: a hostile file name is text, and a file that is no picture gets a verdict too', async () => {
  const { page, seen } = await open();
  const name = '<img src=x onerror=alert(1)>\u202Egpj.svg';
  await page.setInputFiles('#picker', {
    name,
    mimeType: 'image/svg+xml',
    buffer: Buffer.from('<svg onload="alert(1)"/>'),
  });
  await summary(page, 'none');
  assert.match(await page.locator('figcaption').innerText(), /<img src=x onerror=alert\(1\)>\ufffdgpj\.svg/);
  assert.equal(await page.locator('.stage img').count(), 0);
  assert.deepEqual(seen, { errors: [], strangers: [] });
  await page.close();
});

test('the report can be saved', async () => {
  const { page } = await open();
  await page.locator('#samples button').first().click();
  await summary(page, 'recognised');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save report' }).click();
  assert.equal((await saved).suggestedFilename(), `${samples[0].file}.assay.json`);
  await page.close();
});

test('everything can be reached by keyboard', async () => {
  const { page } = await open();
  const seenIds = new Set();
  for (let i = 0; i < 12; i += 1) {
    await page.keyboard.press('Tab');
    seenIds.add(await page.evaluate(() => document.activeElement.id || document.activeElement.closest('[id]')?.id));
  }
  for (const id of ['picker', 'samples', 'marks']) assert.ok(seenIds.has(id), id);
  await page.close();
});
