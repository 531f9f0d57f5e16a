// Files of many megabytes in a browser: read beside the worker, or handed to it in parts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createValidator } from '../../web/dist/node.js';
import { largeFile } from '../fixtures/large.mjs';
import { anchors } from '../fixtures/catalog/anchors.mjs';
import { now } from '../web/samples.mjs';
import { launch, watch } from './browser.mjs';
import { startServer } from './server.mjs';

const PAGE = '<!doctype html><meta charset="utf-8"><title>Large</title><script type="module" src="/page.js"></script>';
const trust = { useDefault: false, lists: [{ name: 'own', role: 'signer', pem: anchors().root }] };

// 33 MB are read by a thread of their own; the picture is small enough to be kept in memory.
const film = largeFile('flat', 34_000_000);
const changed = Buffer.from(film);
changed[film.length >> 1] ^= 1;
const picture = largeFile('picture', 9_500_000);
const files = { 'film.mp4': film, 'changed.mp4': changed, 'picture.jpg': picture };

let browser;
let server;
let page;
let seen;

before(async () => {
  server = await startServer({
    '/page.html': { body: PAGE },
    '/page.js': { body: "import * as assay from '/index.js'; globalThis.assay = assay;" },
    ...Object.fromEntries(Object.entries(files).map(([name, body]) => [`/${name}`, { body }])),
  });
  browser = await launch();
  page = await browser.newPage();
  seen = watch(page, server.origin);
  await page.goto(`${server.origin}/page.html`);
  await page.waitForFunction(() => globalThis.assay);
});

after(async () => {
  await browser?.close();
  server?.close();
});

test('blobs and memory give the report of Node, whichever thread reads', async () => {
  const node = await createValidator({ trust });
  for (const [file, bytes] of Object.entries(files)) {
    const expected = await node.render(bytes, 'json', { now });
    assert.equal(JSON.parse(expected).state, file === 'changed.mp4' ? 'invalid' : 'trusted', file);
    for (const how of ['blob', 'arrayBuffer']) {
      for (const options of [{}, { worker: false }]) {
        const text = await page.evaluate(
          async ([name, method, given, lists, time]) => {
            const response = await fetch(`/${name}`);
            const validator = await globalThis.assay.createValidator({ ...given, trust: lists });
            const report = await validator.render(await response[method](), 'json', { now: time });
            validator.dispose();
            return report;
          },
          [file, how, options, trust, now],
        );
        assert.equal(text, expected, `${file} as ${how} ${JSON.stringify(options)}`);
      }
    }
  }
});

test('a large file has a thread of its own for reading', async () => {
  const started = [];
  const onWorker = (worker) => {
    started.push(worker.url());
  };
  page.on('worker', onWorker);
  await page.evaluate(async () => {
    const validator = await globalThis.assay.createValidator();
    await validator.validate(await (await fetch('/film.mp4')).blob());
    validator.dispose();
  });
  page.off('worker', onWorker);
  assert.deepEqual(started, Array(2).fill(`${server.origin}/worker.js`));
});

test('memory is handed over in parts, and other tasks run between them', async () => {
  const turns = await page.evaluate(async () => {
    const bytes = new Uint8Array(await (await fetch('/film.mp4')).arrayBuffer());
    const validator = await globalThis.assay.createValidator();
    const real = Worker.prototype.postMessage;
    const posts = [];
    Worker.prototype.postMessage = function postMessage(message, transfer) {
      posts.push(message.kind === 'memory' ? message.bytes.length : message.kind);
      real.call(this, message, transfer);
      // Comes before the next part only if the page has its turn.
      setTimeout(() => posts.push('turn'));
    };
    try {
      await validator.validate(bytes);
    } finally {
      Worker.prototype.postMessage = real;
      validator.dispose();
    }
    return posts;
  });
  const parts = turns.filter((post) => typeof post === 'number');
  assert.equal(parts.length, Math.ceil(film.length / (4 * 1024 * 1024)));
  assert.equal(
    parts.reduce((sum, length) => sum + length, 0),
    film.length,
  );
  assert.ok(turns.indexOf('turn') < turns.lastIndexOf(parts.at(-1)), turns.join(' '));
});

test('memory that is given away, shrinks or is given up while it is sent is an error, and the next file is not', async () => {
  const outcome = await page.evaluate(async () => {
    const read = async () => new Uint8Array(await (await fetch('/film.mp4')).arrayBuffer());
    const validator = await globalThis.assay.createValidator();
    const nameOf = (error) => error.reason ?? error.name;
    const real = Worker.prototype.postMessage;
    let onPart = () => undefined;
    Worker.prototype.postMessage = function postMessage(message, transfer) {
      real.call(this, message, transfer);
      if (message.kind === 'memory') onPart();
    };
    const abort = new AbortController();
    const [given, aborted] = [await read(), await read()];
    onPart = () => given.length > 0 && structuredClone(given, { transfer: [given.buffer] });
    const names = [await validator.validate(given).catch(nameOf)];
    const shrinking = new Uint8Array(new ArrayBuffer(aborted.length, { maxByteLength: aborted.length }));
    shrinking.set(aborted);
    onPart = () => {
      shrinking.buffer.resize(1000);
    };
    names.push(await validator.validate(shrinking).catch(nameOf));
    onPart = () => {
      abort.abort();
    };
    names.push(await validator.validate(aborted, { signal: abort.signal }).catch(nameOf));
    onPart = () => undefined;
    names.push((await validator.validate(await read())).schema);
    Worker.prototype.postMessage = real;
    validator.dispose();
    return names;
  });
  assert.deepEqual(outcome, ['changed', 'changed', 'AbortError', 'assay-report/1']);
});

test('nothing was logged, and no other host was asked', () => {
  assert.deepEqual(seen, { errors: [], strangers: [] });
});
