// The whole way with the real worker and wasm core: the samples that ship with the project.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { screenshotPath } from '../browser/browser.mjs';
import { root, startServer } from '../browser/server.mjs';
import { Browser, headline, pageWith, sample, samples } from './extension.mjs';

const { samples: expected, trust, tsaTrust } = JSON.parse(readFileSync(join(samples, 'samples.json'), 'utf8'));

// The signer's name is the only word from a file that may stand in a headline, and only when it is recognised.
const WORDS = {
  trusted: /^Content Credentials · \S/,
  valid: /^Content Credentials · signer not recognised$/,
  invalid: /^Invalid Content Credentials$/,
  none: /^No Content Credentials$/,
};

const pages = Object.fromEntries(
  expected.flatMap(({ file }) => [
    [`/${file}.html`, { body: pageWith(`/${file}`) }],
    [`/${file}`, { body: sample(file) }],
  ]),
);
let server;
let browser;

before(async () => {
  assert.ok(existsSync(join(root, 'web/dist/worker.js')), 'web/dist is missing: run `npm run build`');
  server = await startServer(pages);
  browser = await Browser.launch();
});

after(async () => {
  await browser?.close();
  server?.close();
});

async function check(file) {
  const page = await browser.context.newPage();
  await page.goto(`${server.origin}/${file}.html`);
  const tab = await browser.pick(page, `${server.origin}/${file}`);
  const { outcome } = await browser.outcome(tab);
  assert.equal(outcome.kind, 'report', outcome.detail);
  return { page, tab, report: outcome.report };
}

test('the test root is trusted by nobody who has not added it', async () => {
  const { page, report } = await check('trusted.jpg');
  assert.equal(report.state, 'valid');
  assert.equal(report.headline, 'unrecognised');
  await page.close();
});

test('the settings add a list that the core can read, and take it away again', async () => {
  const options = await browser.context.newPage();
  await options.setViewportSize({ width: 800, height: 900 });
  await options.goto(`${browser.origin}/options.html`);
  const add = async (name, role, files) => {
    await options.getByLabel('Name', { exact: true }).fill(name);
    await options.getByLabel('What it is for').selectOption(role);
    await options.getByLabel('PEM file').setInputFiles(files);
    await options.getByRole('button', { name: 'Check and add' }).click();
  };
  await add('Broken', 'signer', { name: 'x.pem', mimeType: 'text/plain', buffer: Buffer.from('no certificate') });
  await options.getByText('Not added.').waitFor();
  for (const file of trust) {
    await add('Samples', 'signer', join(samples, file));
    await options.getByText('Samples was added.').waitFor();
  }
  for (const file of tsaTrust) {
    await add('Sample times', 'timestamp', join(samples, file));
    await options.getByText('Sample times was added.').waitFor();
  }
  await options.screenshot({ path: screenshotPath('extension-settings'), fullPage: true });
  await options.emulateMedia({ colorScheme: 'dark' });
  await options.screenshot({ path: screenshotPath('extension-settings-dark'), fullPage: true });

  const before = await check('trusted.jpg');
  assert.equal(before.report.state, 'trusted');
  assert.equal(before.report.signer.list.name, 'Samples');
  await before.page.close();

  await options.getByRole('button', { name: 'Remove Samples' }).click();
  await options.getByRole('button', { name: 'Remove Samples' }).waitFor({ state: 'detached' });
  const then = await check('trusted.jpg');
  assert.equal(then.report.state, 'valid');
  await then.page.close();
  await options.close();
});

for (const { file, title, state } of expected) {
  test(`${file}: ${title}`, async () => {
    const list = (role) => (name) => ({ name: 'Samples', role, pem: sample(name).toString(), sha256: '', added: '' });
    await browser.configure({ lists: [...trust.map(list('signer')), ...tsaTrust.map(list('timestamp'))] });
    const { page, tab, report } = await check(file);
    assert.equal(report.state, state);
    const panel = await browser.panel(tab, { width: 360, height: 900 });
    assert.match(await headline(panel), WORDS[state]);
    await panel.locator('figure img').evaluate((picture) => picture.decode());
    assert.equal(await panel.locator('.parity.sameSize').count(), 1);
    await panel.screenshot({ path: screenshotPath(`extension-sample-${file.replace('.', '-')}`), fullPage: true });
    assert.deepEqual(panel.errors, []);
    await panel.close();
    await page.close();
  });
}

test('the lists that came with the extension are shown with date and digest', async () => {
  const { lists } = JSON.parse(readFileSync(join(root, 'web/dist/trust/trust.json'), 'utf8'));
  const options = await browser.context.newPage();
  await options.goto(`${browser.origin}/options.html`);
  await options.locator('h1').waitFor();
  const text = await options.locator('body').innerText();
  for (const { name, issued, sha256 } of lists) {
    for (const part of [name, issued.slice(0, 10), sha256]) assert.ok(text.includes(part), part);
  }
  if (lists.length === 0) assert.match(text, /carries no trust list/);
  await options.close();
});
