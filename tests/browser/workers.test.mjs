// The workers of a validator: how many there are, what they share, and when they end.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { fragmentedStream } from '../fixtures/bmff.mjs';
import { catalog } from '../fixtures/catalog.mjs';
import { now, read, trust } from '../web/samples.mjs';
import { launch } from './browser.mjs';
import { dist, startServer } from './server.mjs';

// Four processors, whatever the machine; workers that start and end are counted, and how often the core is compiled.
const PAGE = `<!doctype html><meta charset="utf-8"><title>Workers</title>
<script>
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: 4 });
  globalThis.workers = { started: 0, ended: 0 };
  globalThis.compiled = 0;
  const { compileStreaming } = WebAssembly;
  WebAssembly.compileStreaming = (source) => {
    compiled += 1;
    return compileStreaming(source);
  };
  globalThis.Worker = class extends Worker {
    constructor(...how) { super(...how); workers.started += 1; }
    terminate() { workers.ended += 1; super.terminate(); }
  };
</script>
<script type="module" src="/page.js"></script>`;

/** The worker of another version: it knows another digest of the core. */
const digest = createHash('sha256')
  .update(readFileSync(join(dist, 'core.wasm')))
  .digest('hex');
const newer = readFileSync(join(dist, 'worker.js'), 'utf8').replaceAll(digest, digest.replace(/^./, 'f'));

let browser;
let server;
let page;

before(async () => {
  server = await startServer({
    '/page.html': { body: PAGE },
    '/page.js': { body: "import * as assay from '/index.js'; globalThis.assay = assay;" },
    '/signed.jpg': { body: read('trusted.jpg') },
    '/changed.jpg': { body: read('pixels-changed.jpg') },
    '/newer.js': { body: newer },
    '/pointer.jpg': { body: catalog.find(({ name }) => name === 'remote-https').build() },
  });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.close();
});

beforeEach(async () => {
  await page?.close();
  page = await browser.newPage();
  await page.clock.install();
  await page.goto(`${server.origin}/page.html`);
  await page.waitForFunction(() => globalThis.assay);
});

/** Validates as many files at once as there are names; [state, …]. The validator stays in the page. */
const statesOf = (names) =>
  page.evaluate(
    async ([files, lists, time]) => {
      globalThis.validator ??= await globalThis.assay.createValidator({ trust: lists });
      const blobs = await Promise.all(files.map(async (name) => (await fetch(`/${name}`)).blob()));
      const reports = await Promise.all(blobs.map((blob) => globalThis.validator.validate(blob, { now: time })));
      return reports.map(({ state }) => state);
    },
    [names, trust, now],
  );
const workers = () => page.evaluate(() => ({ ...globalThis.workers }));
const compiled = () => page.evaluate(() => globalThis.compiled);

const MANY = Array.from({ length: 24 }, (_, i) => (i % 3 === 0 ? 'changed.jpg' : 'signed.jpg'));
const EXPECTED = MANY.map((name) => (name === 'changed.jpg' ? 'invalid' : 'trusted'));

test('files one after the other are one worker’s', async () => {
  for (const name of MANY.slice(0, 3)) await statesOf([name]);
  assert.deepEqual(await workers(), { started: 1, ended: 0 });
  assert.equal(await compiled(), 1);
});

test('many files at once are four workers’, who share one core; those who have nothing to do end', async () => {
  assert.deepEqual(await statesOf(MANY), EXPECTED);
  assert.deepEqual(await workers(), { started: 4, ended: 0 });
  assert.equal(await compiled(), 1);
  await page.clock.fastForward(9_000);
  assert.deepEqual(await statesOf(MANY), EXPECTED);
  assert.deepEqual(await workers(), { started: 4, ended: 0 }, 'they were needed again');
  await page.clock.fastForward(11_000);
  assert.deepEqual(await workers(), { started: 4, ended: 3 }, 'the first one stays');
  assert.deepEqual(await statesOf(MANY), EXPECTED);
  assert.deepEqual(await workers(), { started: 7, ended: 3 });
  assert.equal(await compiled(), 1);
});

test('whoever disposes of a validator ends all its workers', async () => {
  await statesOf(MANY);
  await page.evaluate(() => globalThis.validator.dispose());
  assert.deepEqual(await workers(), { started: 4, ended: 4 });
  await page.clock.fastForward(60_000);
  assert.deepEqual(await workers(), { started: 4, ended: 4 });
});

test('the segments of a stream go to the worker that has the stream, however much there is to do', async () => {
  await statesOf(MANY);
  const { init, segments } = fragmentedStream(3);
  const files = [init, ...segments].map((bytes) => [...bytes]);
  const result = await page.evaluate(
    async ([[first, ...rest], time]) => {
      const { validator } = globalThis;
      const blob = await (await fetch('/signed.jpg')).blob();
      const others = [];
      async function* source() {
        for (const bytes of rest) {
          for (let i = 0; i < 8; i += 1) others.push(validator.validate(blob, { now: time }));
          yield new Blob([new Uint8Array(bytes)]);
        }
      }
      const report = await validator.validateFragments(new Uint8Array(first), source(), { now: time, complete: true });
      const states = new Set((await Promise.all(others)).map(({ state }) => state));
      return { state: report.state, received: report.stream.received, others: [...states] };
    },
    [files, now],
  );
  assert.deepEqual(result, { state: 'trusted', received: 3, others: ['trusted'] });
  await page.clock.fastForward(11_000);
  assert.equal((await workers()).ended, 3, 'the stream was let go');
});

// T-17: a page that stays open while the server gets another version.
test('a worker runs no core but the one that it was built with', async () => {
  const { state, compiledBy } = await page.evaluate(
    async ([lists, time]) => {
      const validator = await globalThis.assay.createValidator({
        trust: lists,
        worker: '/newer.js',
        wasm: '/core.wasm',
      });
      const blob = await (await fetch('/signed.jpg')).blob();
      const failure = await validator.validate(blob, { now: time }).catch((error) => error);
      validator.dispose();
      return { state: failure.message ?? failure.state, compiledBy: globalThis.compiled };
    },
    [trust, now],
  );
  assert.equal(compiledBy, 1);
  assert.match(state, /not the file this package was built with/);
});

test('nothing starts after the validator was disposed of', async () => {
  await statesOf(['signed.jpg']);
  const outcome = await page.evaluate(
    async ([lists, time]) => {
      const { assay, validator } = globalThis;
      const blob = await (await fetch('/signed.jpg')).blob();
      const outcomeOf = (promise) =>
        promise.then(
          (report) => report?.state,
          (error) => error.name,
        );
      const running = outcomeOf(validator.validate(blob, { now: time }));
      const stream = outcomeOf(validator.validateFragments(blob, [blob, blob], { now: time }));
      validator.dispose();
      // One that has no worker yet.
      const other = await assay.createValidator({ trust: lists });
      const first = outcomeOf(other.validate(blob, { now: time }));
      other.dispose();
      return [await running, await stream, await first, await outcomeOf(validator.warmUp())];
    },
    [trust, now],
  );
  assert.deepEqual(outcome, ['AbortError', 'AbortError', 'AbortError', 'TypeError']);
  assert.deepEqual(await workers(), { started: 1, ended: 1 });
});

// Consent is for one host and one file.
test('an answer that comes after its file was given up is nobody’s', async () => {
  const strangers = [];
  await page.route('https://credentials.example/**', (route) => (strangers.push(route.request().url()), route.abort()));
  const run = page.evaluate(async (time) => {
    const answers = [];
    globalThis.answers = answers;
    const remote = { ask: () => new Promise((resolve) => answers.push(resolve)) };
    const validator = await globalThis.assay.createValidator({ remote });
    const blob = await (await fetch('/pointer.jpg')).blob();
    const asked = async (count) => {
      while (answers.length < count) await fetch('/page.js');
    };
    const abort = new AbortController();
    const given = validator.validate(blob, { now: time, signal: abort.signal }).catch((error) => error.name);
    await asked(1);
    abort.abort();
    const other = validator.validate(blob, { now: time });
    await asked(2);
    answers[0](true);
    await fetch('/page.js');
    globalThis.isLate = true;
    const { network } = await other;
    validator.dispose();
    return [await given, network.map(({ outcome }) => outcome)];
  }, now);
  await page.waitForFunction(() => globalThis.isLate, undefined, { polling: 50 });
  await page.clock.fastForward(1_000);
  assert.deepEqual(await workers(), { started: 1, ended: 0 }, 'the worker let go of the file by itself');
  await page.evaluate(() => globalThis.answers[1](false));
  assert.deepEqual(await run, ['AbortError', ['notAllowed']]);
  assert.deepEqual(strangers, []);
});

test('a worker that has to load the core by itself gives the same verdict', async () => {
  const states = await page.evaluate(
    async ([lists, time]) => {
      const blob = await (await fetch('/signed.jpg')).blob();
      const answers = [
        // Such as a page whose policy forbids WebAssembly, or a server that does not know its media type.
        () => Promise.reject(new TypeError('Incorrect response MIME type.')),
        // What cannot be sent to a worker.
        () => Promise.resolve(() => undefined),
      ];
      const seen = [];
      for (const answer of answers) {
        WebAssembly.compileStreaming = answer;
        const validator = await globalThis.assay.createValidator({ trust: lists });
        seen.push((await validator.validate(blob, { now: time })).state);
        validator.dispose();
      }
      return seen;
    },
    [trust, now],
  );
  assert.deepEqual(states, ['trusted', 'trusted']);
});
