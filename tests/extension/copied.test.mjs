// T-09, R-1007, R-1176: a genuine credential copied into somebody else's record, in the extension: the subject's name
// stands in the panel's zone 3 and nowhere else, not in what is announced, at the toolbar or in titles.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { screenshotPath } from '../browser/browser.mjs';
import { startServer } from '../browser/server.mjs';
import { openAll, placesOf, zonesOf } from '../browser/zones.mjs';
import { attachedEntries, copiedPicture, holderName, victims } from '../fixtures/copied.mjs';
import { samples as described, trust } from '../web/samples.mjs';
import { Browser, hasProduct, headline, pageWith } from './extension.mjs';

const EVERYBODY = [...victims.attached, ...victims.nowhere];
const options = { skip: hasProduct ? false : 'the package is not built' };

let server;
let browser;

before(async () => {
  if (!hasProduct || described.length === 0) return;
  const pages = {};
  for (const which of ['listed', 'unlisted']) {
    pages[`/${which}`] = { body: pageWith(`/${which}.jpg`) };
    pages[`/${which}.jpg`] = { body: copiedPicture({ listed: which === 'listed' }) };
  }
  server = await startServer(pages);
  browser = await Browser.launch();
  await browser.configure({ lists: trust.lists.map((list) => ({ ...list, sha256: '', added: '' })) });
});

after(async () => {
  await browser?.close();
  server?.close();
});

for (const [which, words] of [
  ['listed', /^Content Credentials · Example Press \(TEST\)$/],
  ['unlisted', /signer not recognised$/],
]) {
  test(`T-09: the panel, signer ${which}`, options, async () => {
    const page = await browser.context.newPage();
    await page.goto(`${server.origin}/${which}`);
    const tab = await browser.pick(page, `${server.origin}/${which}.jpg`);
    await browser.outcome(tab);
    const panel = await browser.panel(tab);
    assert.match(await headline(panel), words);

    const shown = await panel.evaluate(() => document.body.innerText);
    for (const needle of [...EVERYBODY, holderName]) assert.ok(!shown.includes(needle), needle);
    await panel.getByText('Also names people or accounts: 9').click();
    const { inOrder, zones } = await zonesOf(panel.locator('assay-summary'));
    assert.ok(inOrder);
    assert.deepEqual(
      zones.map(({ title }) => title),
      ['Identity statements with their own signature', 'Names attached by the signer'],
    );
    const by = which === 'listed' ? 'Example Press (TEST)' : 'an unrecognised signer';
    assert.ok(zones[1].lead.startsWith(`Included in the record that ${by} signed.`), zones[1].lead);
    assert.match(zones[1].rows.at(-1), /→ Greta Lindqvist[^]*Credential genuine ≠ its owner is behind this file\.$/);
    for (const scheme of ['light', 'dark']) {
      for (const width of [280, 400]) {
        await panel.setViewportSize({ width, height: 900 });
        await panel.emulateMedia({ colorScheme: scheme });
        assert.ok(await panel.evaluate(() => document.documentElement.scrollWidth <= innerWidth), String(width));
        await panel.screenshot({ path: screenshotPath(`copied-panel-${which}-${scheme}-${width}`), fullPage: true });
      }
    }

    await openAll(panel);
    for (const needle of EVERYBODY) {
      const { inside, outside } = await placesOf(panel, needle);
      assert.deepEqual(outside, [], needle);
      if (needle === victims.attached[0]) assert.ok(inside >= 2);
      assert.deepEqual((await placesOf(page, needle)).outside, [], 'the page');
    }
    const worker = await browser.worker();
    const toolbar = await worker.evaluate(
      (tabId) => Promise.all([chrome.action.getTitle({ tabId }), chrome.action.getBadgeText({ tabId })]),
      tab,
    );
    const kept = await worker.evaluate(async (key) => (await chrome.storage.session.get(key))[key], `check:${tab}`);
    const { attached, ...rest } = kept.outcome.report;
    assert.equal(attached.length, attachedEntries.length);
    const elsewhere = JSON.stringify([toolbar, { ...kept, outcome: { ...kept.outcome, report: rest } }]);
    for (const needle of EVERYBODY) assert.ok(!elsewhere.includes(needle), needle);
    assert.deepEqual(panel.errors, []);
    await panel.close();
    await page.close();
  });
}
