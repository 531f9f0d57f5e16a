// T-09, R-1007, R-1176: a genuine credential copied into somebody else's record, on every screen of the package. Its
// subject's name may stand in zone 3 and nowhere else: no text, no title, no accessible name, no export.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { attachedEntries, copiedPicture, holderName, victims } from '../fixtures/copied.mjs';
import { trust } from '../web/samples.mjs';
import { launch, screenshotPath, watch } from './browser.mjs';
import { startServer } from './server.mjs';
import { openAll, placesOf, zonesOf } from './zones.mjs';

const pictures = { listed: copiedPicture({ listed: true }), unlisted: copiedPicture({ listed: false }) };
const STATES = { listed: 'recognised', unlisted: 'unrecognised' };
const SIGNERS = { listed: 'Example Press (TEST)', unlisted: 'Example Unlisted' };
const EVERYBODY = [...victims.attached, ...victims.nowhere];

const page = (script) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Copied</title><meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="/page.css"><script type="module" src="${script}"></script><body>`;

let browser;
let server;

before(async () => {
  server = await startServer({
    '/page.css': { body: 'body { margin: 16px; } img { display: block; inline-size: 288px }' },
    '/listed.jpg': { body: pictures.listed },
    '/unlisted.jpg': { body: pictures.unlisted },
    // The site's validator knows the test authorities; its badges start once they have it.
    '/badge.js': {
      body: `import { createValidator } from '/index.js';
        import '/element-define.js';
        const badge = document.createElement('assay-badge');
        badge.validator = await createValidator({ trust: ${JSON.stringify(trust)} });
        const image = document.createElement('img');
        image.src = location.hash.slice(1);
        image.alt = '';
        badge.append(image);
        document.body.append(badge);`,
    },
    '/badge.html': { body: page('/badge.js') },
  });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.close();
});

/** The name is in its zone, and with every fold open nowhere else. */
async function assertApart(tab) {
  await openAll(tab);
  for (const needle of EVERYBODY) {
    const { inside, outside } = await placesOf(tab, needle);
    assert.deepEqual(outside, [], needle);
    if (needle === victims.attached[0]) assert.ok(inside >= 2, 'the zone names the author and the subject');
  }
}

/** Before anybody opens anything, other people are counted and not named. */
async function assertCounted(tab) {
  const shown = await tab.evaluate(() => document.body.innerText);
  for (const needle of [...EVERYBODY, holderName]) assert.ok(!shown.includes(needle), needle);
  assert.ok(await tab.getByText('Also names people or accounts: 9').first().isVisible());
}

/** The grammar of the three zones. */
function assertGrammar({ inOrder, signer, zones, size }, which) {
  assert.ok(inOrder);
  assert.ok(signer.startsWith(SIGNERS[which]), signer);
  const [identities, attached] = zones;
  assert.deepEqual(
    zones.map(({ title }) => title),
    ['Identity statements with their own signature', 'Names attached by the signer'],
  );
  const [own, copied] = identities.rows;
  assert.match(own, /^Jo Example, Example Photographer \(TEST\)/);
  assert.match(own, /signed these parts of this record: c2pa\.hash\.data, c2pa\.actions/);
  assert.match(
    own,
    /not recognised: the signature is good, but the name is on no list you use, so it could be anyone’s/,
  );
  assert.match(copied, /^Unproven name\s+said to have signed these parts of this record: /);
  assert.match(copied, /failed its check/);
  const by = which === 'listed' ? SIGNERS.listed : 'an unrecognised signer';
  assert.equal(
    attached.lead,
    `Included in the record that ${by} signed. The people named here did not sign it and may not know about this file.`,
  );
  const [author, account, , holder, artist] = attached.rows;
  const credential = attached.rows.at(-1);
  assert.match(author, /^Greta Lindqvist\s+named as author$/);
  assert.match(account, /^did:example:greta-lindqvist\s+given as an account or address of Greta Lindqvist$/);
  assert.match(holder, /^Greta Lindqvist\s+named as holder of rights$/);
  assert.match(artist, /^Greta Lindqvist\s+named as artist, in the metadata$/);
  assert.match(credential, /^did:key:z\w+ → Greta Lindqvist\s+credential · its own proof is good/);
  assert.match(credential, /Credential genuine ≠ its owner is behind this file\.$/);
  for (const zone of zones) {
    assert.deepEqual(zone.unsuitable, [], 'no picture, link, mark or tooltip');
    assert.ok(zone.names.every((name) => name === 'bdi'));
  }
  assert.ok(attached.size < size, 'zone 3 is smaller than zone 1');
}

async function photograph(tab, name) {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [1280, 360]) {
      await tab.emulateMedia({ colorScheme });
      await tab.setViewportSize({ width, height: 860 });
      assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} ${width}`);
      await tab.screenshot({ path: screenshotPath(`${name}-${colorScheme}-${width}`), fullPage: true });
    }
  }
}

const openPeople = (tab) => tab.getByText('Also names people or accounts: 9').first().click();

for (const which of ['listed', 'unlisted']) {
  test(`T-09: the badge and its panel, signer ${which}`, async () => {
    const tab = await browser.newPage();
    const seen = watch(tab, server.origin);
    await tab.goto(`${server.origin}/badge.html#/${which}.jpg`);
    await tab.locator(`assay-badge[state=${STATES[which]}]`).waitFor();
    for (const needle of EVERYBODY) assert.deepEqual((await placesOf(tab, needle)).outside, []);
    await tab.locator('assay-badge').getByRole('button').click();
    await tab.getByRole('dialog').waitFor();
    await assertCounted(tab);
    await openPeople(tab);
    assertGrammar(await zonesOf(tab.locator('assay-summary')), which);
    await photograph(tab, `copied-badge-${which}`);
    await assertApart(tab);
    assert.deepEqual(seen, { errors: [], strangers: [] });
    await tab.close();
  });

  test(`T-09: the demo page and its exports, signer ${which}`, async () => {
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const tab = await context.newPage();
    const seen = watch(tab, server.origin);
    await tab.goto(`${server.origin}/demo/`);
    await tab.locator('#samples').waitFor();
    if (which === 'listed') {
      // The samples' roots count for samples: this one takes the place of the first.
      await tab.route('**/samples/trusted.jpg', (route) => route.fulfill({ body: pictures.listed }));
      await tab.locator('#samples button').first().click();
    } else {
      await tab.setInputFiles('#picker', { name: 'copied.jpg', mimeType: 'image/jpeg', buffer: pictures.unlisted });
    }
    await tab.locator(`assay-summary[state=${STATES[which]}]`).waitFor();
    await assertCounted(tab);
    await openPeople(tab);
    assertGrammar(await zonesOf(tab.locator('assay-summary')), which);
    await photograph(tab, `copied-demo-${which}`);
    await assertApart(tab);

    const saved = tab.waitForEvent('download');
    await tab.getByRole('button', { name: 'Save report' }).click();
    const download = await saved;
    await tab.getByRole('button', { name: 'Copy report' }).click();
    await tab.getByText('Report copied.').waitFor();
    const copy = await tab.evaluate(() => navigator.clipboard.readText());
    for (const text of [readFileSync(await download.path(), 'utf8'), copy]) {
      const { attached, ...rest } = JSON.parse(text);
      assert.deepEqual(
        attached.map(({ kind, subject }) => [kind, subject]),
        attachedEntries.map(([kind, subject]) => [kind, subject]),
      );
      for (const needle of EVERYBODY) assert.ok(!JSON.stringify(rest).includes(needle), needle);
    }
    assert.deepEqual(seen, { errors: [], strangers: [] });
    await context.close();
  });
}
