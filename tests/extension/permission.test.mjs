// As it is installed: the extension may read nothing but what a click or the user's leave opens.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { screenshotPath } from '../browser/browser.mjs';
import { startServer } from '../browser/server.mjs';
import { reports } from '../web/reports.mjs';
import { Browser, headline, pageWith, sample } from './extension.mjs';
import { pictureWith } from './fake-worker.mjs';

const good = pictureWith(sample('trusted.jpg'), reports.unrecognised());
const pages = {
  '/page': { body: pageWith('/closed.jpg') },
  '/closed.jpg': { body: good },
  '/open.jpg': { body: good, headers: { 'access-control-allow-origin': '*' } },
};
let server;
let browser;
const at = (path) => `http://cdn.example:${new URL(server.origin).port}${path}`;

before(async () => {
  server = await startServer(pages);
  browser = await Browser.launch({ fake: true, everywhere: false });
});

after(async () => {
  await browser?.close();
  server?.close();
});

test('without leave for a host, the panel asks for that host and no other', async () => {
  const page = await browser.context.newPage();
  await page.goto(`${server.origin}/page`);
  const tab = await browser.pick(page, at('/closed.jpg'));
  const { outcome } = await browser.outcome(tab);
  assert.equal(outcome.reason, 'permission');
  const panel = await browser.panel(tab, { width: 360, height: 560 });
  assert.equal(await headline(panel), 'Could not check');
  const asked = panel.evaluate(
    () => new Promise((resolve) => (chrome.permissions.request = (what) => Promise.resolve(resolve(what)))),
  );
  await panel.screenshot({ path: screenshotPath('extension-permission') });
  await panel.getByRole('button', { name: /^Allow reading from cdn\.example/ }).click();
  assert.deepEqual(await asked, { origins: ['http://cdn.example/*'] });
  await panel.getByText('Permission was not given.').waitFor();
  await panel.close();
  await page.close();
});

test('a host that lets everybody read needs no leave', async () => {
  const page = await browser.context.newPage();
  await page.goto(`${server.origin}/page`);
  const tab = await browser.pick(page, at('/open.jpg'));
  const { outcome, shown } = await browser.outcome(tab);
  assert.equal(outcome.kind, 'report');
  // The page could not be asked either, and that is said instead of guessed.
  assert.equal(shown, null);
  const panel = await browser.panel(tab);
  await panel.getByText('Whether the page shows exactly this file could not be told.').waitFor();
  await panel.close();
  await page.close();
});
