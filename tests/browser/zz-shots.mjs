import { launch, screenshotPath, watch } from './browser.mjs';
import { startServer } from './server.mjs';
import { readFileSync } from 'node:fs';
const server = await startServer();
const browser = await launch();
const pic = readFileSync('/work/main/tests/samples/trusted.jpg');
const file = (h) => ({
  name: `${h}.jpg`,
  mimeType: 'image/jpeg',
  buffer: Buffer.concat([pic, Buffer.from(`headline:${h}`)]),
});
const only = process.argv.slice(2);
for (const scheme of ['light', 'dark'])
  for (const width of [1280, 360]) {
    const page = await browser.newPage({
      viewport: { width, height: width === 360 ? 740 : 860 },
      colorScheme: scheme,
      deviceScaleFactor: width === 360 ? 2 : 1,
    });
    const w = watch(page, server.origin);
    await page.goto(server.origin + '/demo/');
    await page.waitForSelector('#samples:not([hidden])');
    const n = `x-${scheme}-${width}`;
    await page.screenshot({ path: `/tmp/web-fake/${n}-empty.png` });
    for (const h of only.length ? only : ['recognised', 'invalid']) {
      await page.setInputFiles('#picker', [file(h)]);
      await page.waitForSelector(`assay-summary[state=${h === 'hostile' ? 'recognised' : h}]`);
      await page.waitForTimeout(150);
      await page.screenshot({ path: `/tmp/web-fake/${n}-${h}.png`, fullPage: true });
    }
    console.log(scheme, width, w.errors, w.strangers);
    await page.close();
  }
await browser.close();
server.close();
