// A file that keeps the worker busy for ever costs 30 seconds and one worker, nothing else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer } from '../browser/server.mjs';
import { reports } from '../web/reports.mjs';
import { Browser, pageWith, sample } from './extension.mjs';
import { pictureWith } from './fake-worker.mjs';

test('a validation that does not end is ended, and the next one works', { timeout: 120_000 }, async (t) => {
  const server = await startServer({
    '/page': { body: pageWith('/good.jpg') },
    '/good.jpg': { body: pictureWith(sample('trusted.jpg'), reports.recognised()) },
    '/spin.jpg': { body: pictureWith(sample('trusted.jpg'), 'spin') },
  });
  t.after(() => server.close());
  const browser = await Browser.launch({ fake: true });
  try {
    const page = await browser.context.newPage();
    await page.goto(`${server.origin}/page`);
    const tab = await browser.pick(page, `${server.origin}/spin.jpg`);
    const first = (await browser.outcome(tab)) ?? (await browser.outcome(tab));
    assert.equal(first.outcome.reason, 'validationTimeout');
    assert.ok(first.outcome.file.size > 0, 'the file itself can still be shown');
    await browser.pick(page, `${server.origin}/good.jpg`);
    assert.equal((await browser.outcome(tab)).outcome.kind, 'report');
  } finally {
    await browser.close();
  }
});
