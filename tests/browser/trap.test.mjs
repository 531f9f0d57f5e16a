// T-80, T-16: the engine's memory is destroyed while a page uses it, so that the real core traps: the file is shown as
// not checked, and the next one is checked by a fresh instance.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, watch } from './browser.mjs';
import { dist, root, startServer } from './server.mjs';

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Trap</title>
<script type="module" src="/page.js"></script><body><assay-summary></assay-summary>`;

/** Before the page: keeps hold of the workers that it starts. */
function keepWorkers() {
  const { Worker } = globalThis;
  globalThis.workers = [];
  globalThis.Worker = class extends Worker {
    constructor(...options) {
      super(...options);
      globalThis.workers.push(this);
    }
  };
}

/** Before the worker's own code: counts instances, and destroys the memory of the newest when it is told to. */
const DESTROYER = `
const { instantiate } = WebAssembly;
const memories = [];
WebAssembly.instantiate = async (...input) => {
  const made = await instantiate(...input);
  memories.push(Object.values((made.instance ?? made).exports).find((e) => e instanceof WebAssembly.Memory));
  return made;
};
addEventListener('message', (event) => {
  if (event.data?.destroy !== true) return;
  event.stopImmediatePropagation();
  new Uint8Array(memories.at(-1).buffer).fill(0xff);
  event.ports[0].postMessage(memories.length);
});
`;

let browser;
let server;

before(async () => {
  const file = (name) => readFileSync(join(root, 'tests/samples', name));
  server = await startServer({
    '/page.html': { body: PAGE },
    '/page.js': {
      body: `import { createValidator } from '/index.js';
        import '/element-define.js';
        const validator = await createValidator();
        globalThis.check = async (path) => {
          const element = document.querySelector('assay-summary');
          const bytes = await (await fetch(path)).blob();
          try { element.report = await validator.validate(bytes); }
          catch (error) { element.failure = error.message; return error.name; }
          return element.report.state;
        };
        globalThis.isReady = true;`,
    },
    '/worker.js': { body: DESTROYER + readFileSync(join(dist, 'worker.js'), 'utf8') },
    '/signed.jpg': { body: file('trusted.jpg') },
    '/changed.jpg': { body: file('pixels-changed.jpg') },
  });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.close();
});

/** How many instances there were so far. */
const destroy = (page) =>
  page.evaluate(
    () =>
      new Promise((done) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => done(data);
        globalThis.workers[0].postMessage({ destroy: true }, [port2]);
      }),
  );

const check = (page, path) => page.evaluate((file) => globalThis.check(file), path);
const shown = (page) =>
  page.locator('assay-summary').evaluate((element) => [element.getAttribute('state'), element.shadowRoot.textContent]);

test('a trap of the core is a file that was not checked, and no more than that', async () => {
  const page = await browser.newPage();
  const seen = watch(page, server.origin);
  await page.addInitScript(keepWorkers);
  await page.goto(`${server.origin}/page.html`);
  await page.waitForFunction(() => globalThis.isReady);
  assert.equal(await check(page, '/signed.jpg'), 'valid');

  assert.equal(await destroy(page), 1);
  assert.equal(await check(page, '/signed.jpg'), 'EngineError');
  const [state, text] = await shown(page);
  assert.equal(state, 'unchecked');
  assert.match(text, /Could not check/);
  assert.doesNotMatch(text, /No Content Credentials|altered|changed since/i);

  assert.equal(await check(page, '/signed.jpg'), 'valid');
  assert.equal(await check(page, '/changed.jpg'), 'invalid');
  assert.equal(await destroy(page), 2, 'one fresh instance for all files after the trap');
  assert.deepEqual(seen, { errors: [], strangers: [] });
  await page.close();
});
