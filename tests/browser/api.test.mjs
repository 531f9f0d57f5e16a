// The package in a browser: worker and in place, strict policies, aborting, and the same report as in Node.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createValidator } from '../../web/dist/node.js';
import { fragmentedStream } from '../fixtures/bmff.mjs';
import { anchors } from '../fixtures/catalog/anchors.mjs';
import { catalog } from '../fixtures/catalog.mjs';
import { largeFile } from '../fixtures/large.mjs';
import { now, read, samples, trust } from '../web/samples.mjs';
import { launch, watch } from './browser.mjs';
import { dist, startServer } from './server.mjs';

const policy = (script) =>
  `default-src 'none'; script-src 'self' ${script}; worker-src 'self'; connect-src 'self' blob:; base-uri 'none'`;
const PAGE = '<!doctype html><meta charset="utf-8"><title>API</title><script type="module" src="/page.js"></script>';
const altered = () => {
  const bytes = readFileSync(join(dist, 'core.wasm'));
  bytes[bytes.length - 1] ^= 1;
  return { body: bytes };
};

/** Files with compressed manifests, good and bad. */
const compressed = catalog
  .filter(({ needs }) => needs?.includes('brotli'))
  .map(({ name, build }) => ({ name, bytes: build() }));

/** Large enough for its digest to be a step of its own. */
const film = largeFile('flat', 9_500_000);

let browser;
let server;
let page;
let seen;

before(async () => {
  const pictures = samples.map(({ file }) => [`/pictures/${file}`, { body: read(file) }]);
  for (const { name, bytes } of compressed) pictures.push([`/pictures/${name}`, { body: bytes }]);
  pictures.push(['/pictures/film.mp4', { body: film }]);
  server = await startServer({
    ...Object.fromEntries(pictures),
    '/page.html': { body: PAGE, headers: { 'content-security-policy': policy("'wasm-unsafe-eval'") } },
    '/no-wasm.html': { body: PAGE, headers: { 'content-security-policy': policy('') } },
    '/page.js': { body: "import * as assay from '/index.js'; globalThis.assay = assay;" },
    '/altered.wasm': altered(),
    '/missing.jpg': { status: 404, body: '' },
    '/endless.js': { body: 'onmessage = ({ data }) => { while (data.kind === "run"); };' },
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

/** Runs in the page. `how` names the kind of source. */
async function renderInPage({ file, options, how, trust: lists, now: time }) {
  const validator = await globalThis.assay.createValidator({ ...options, trust: lists });
  const response = await fetch(`/pictures/${file}`);
  const blob = await response.blob();
  const sources = {
    blob: () => blob,
    buffer: () => blob.arrayBuffer(),
    view: async () => new Uint8Array(await blob.arrayBuffer()),
    url: () => `/pictures/${file}`,
    blobUrl: () => URL.createObjectURL(blob),
  };
  const text = await validator.render(await sources[how](), 'json', { now: time });
  validator.dispose();
  return text;
}

test('worker, page and Node give the same report for every sample', async () => {
  const node = await createValidator({ trust });
  for (const { file } of samples) {
    const expected = await node.render(read(file), 'json', { now });
    for (const options of [{}, { worker: false }]) {
      const text = await page.evaluate(renderInPage, { file, options, how: 'blob', trust, now });
      assert.equal(text, expected, `${file} ${JSON.stringify(options)}`);
    }
  }
});

// no browser decompresses Brotli for pages, so the package brings a decoder and loads it when it is needed.
test('compressed manifests are read in worker and page as in Node', async () => {
  assert.ok(compressed.length > 10);
  const node = await createValidator({ trust });
  for (const { name, bytes } of compressed) {
    const expected = await node.render(bytes, 'json', { now });
    for (const options of [{}, { worker: false }]) {
      const text = await page.evaluate(renderInPage, { file: name, options, how: 'blob', trust, now });
      assert.equal(text, expected, `${name} ${JSON.stringify(options)}`);
    }
  }
});

test('every kind of source gives the same report', async () => {
  const texts = new Set();
  for (const how of ['blob', 'buffer', 'view', 'url', 'blobUrl']) {
    for (const options of [{}, { worker: false }]) {
      texts.add(await page.evaluate(renderInPage, { file: 'trusted.jpg', options, how, trust, now }));
    }
  }
  assert.equal(texts.size, 1);
});

test('it works under script-src ’self’ ’wasm-unsafe-eval’ without an error or a strange request', () => {
  assert.deepEqual(seen, { errors: [], strangers: [] });
});

const failureInPage = async ({ options, source, abortAfter }) => {
  const validator = await globalThis.assay.createValidator(options);
  const signal = abortAfter === undefined ? undefined : AbortSignal.timeout(abortAfter);
  const started = performance.now();
  try {
    await validator.validate(source ?? new Blob(['x']), { signal });
    return 'no failure';
  } catch (error) {
    return { name: error.name, message: error.message, after: performance.now() - started };
  } finally {
    validator.dispose();
  }
};

test('without ’wasm-unsafe-eval’ the error names the policy', async () => {
  const strict = await browser.newPage();
  await strict.goto(`${server.origin}/no-wasm.html`);
  await strict.waitForFunction(() => globalThis.assay);
  for (const options of [{}, { worker: false }]) {
    // The worker has the policy of its own response, which allows it.
    const failure = await strict.evaluate(failureInPage, { options });
    if (options.worker === false) assert.match(failure.message, /wasm-unsafe-eval/);
    else assert.equal(failure, 'no failure');
  }
  await strict.close();
});

test('T-17: an altered core is refused', async () => {
  for (const options of [{ wasm: '/altered.wasm' }, { wasm: '/altered.wasm', worker: false }]) {
    const failure = await page.evaluate(failureInPage, { options });
    assert.equal(failure.name, 'EngineError');
    assert.match(failure.message, /not the file this package was built with/);
  }
});

test('a picture that is not there is a SourceError', async () => {
  for (const options of [{}, { worker: false }]) {
    const failure = await page.evaluate(failureInPage, { options, source: '/missing.jpg' });
    assert.equal(failure.name, 'SourceError');
    assert.match(failure.message, /404/);
  }
});

test('a worker that is not there is an EngineError', async () => {
  const failure = await page.evaluate(failureInPage, { options: { worker: '/nothing.js' } });
  assert.equal(failure.name, 'EngineError');
});

test('aborting frees the caller at once, also from a worker that hangs', async () => {
  const failure = await page.evaluate(failureInPage, { options: { worker: '/endless.js' }, abortAfter: 50 });
  assert.equal(failure.name, 'TimeoutError');
  assert.ok(failure.after < 1000, `${failure.after} ms`);
});

test('other files survive the end of a hanging worker', { timeout: 20_000 }, async () => {
  const result = await page.evaluate(async () => {
    const real = globalThis.Worker;
    let started = 0;
    // The first worker hangs; the one that replaces it is the real one.
    globalThis.Worker = class extends real {
      constructor(url, options) {
        started += 1;
        super(started === 1 ? '/endless.js' : '/worker.js', options);
      }
    };
    try {
      const validator = await globalThis.assay.createValidator({ worker: '/worker.js' });
      const blob = await (await fetch('/pictures/trusted.jpg')).blob();
      const stuck = validator.validate(blob, { signal: AbortSignal.timeout(50) }).catch((error) => error.name);
      const other = validator.validate(blob);
      const outcome = [await stuck, (await other).schema, started];
      validator.dispose();
      return outcome;
    } finally {
      globalThis.Worker = real;
    }
  });
  assert.deepEqual(result, ['TimeoutError', 'assay-report/1', 2]);
});

test('fetches carry no cookie and no referrer', async () => {
  await page.context().addCookies([{ name: 'session', value: 'secret', url: server.origin }]);
  server.requests.length = 0;
  await page.evaluate(async (time) => {
    const validator = await globalThis.assay.createValidator();
    await validator.validate('/pictures/trusted.jpg', { now: time });
    validator.dispose();
  }, now);
  const request = server.requests.find(({ path }) => path === '/pictures/trusted.jpg');
  assert.equal(request.headers.cookie, undefined);
  assert.equal(request.headers.referer, undefined);
});

test('many files, with progress and one worker', async () => {
  const result = await page.evaluate(async (time) => {
    const validator = await globalThis.assay.createValidator();
    const blob = await (await fetch('/pictures/trusted.jpg')).blob();
    const reports = [];
    let progress = 0;
    const onProgress = ({ bytes, size }) => (progress += Number(bytes > 0 && size > 0));
    for await (const { index, report } of validator.validateMany([blob, blob, blob, blob, blob], {
      now: time,
      onProgress,
    })) {
      reports.push([index, report.schema]);
    }
    validator.dispose();
    return { indexes: reports.map(([index]) => index).sort(), progress };
  }, now);
  assert.deepEqual(result.indexes, [0, 1, 2, 3, 4]);
  assert.ok(result.progress >= 5);
});

test('the signer is known before the content is compared, in worker and page as in Node', async () => {
  const lists = { useDefault: false, lists: [{ name: 'root', role: 'signer', pem: anchors().root }] };
  const node = await createValidator({ trust: lists });
  const expected = [];
  await node.validate(film, { now, onProgress: ({ partial }) => partial && expected.push(partial) });
  node.dispose();
  assert.equal(expected[0]?.pending, true);
  for (const options of [{}, { worker: false }]) {
    const seen = await page.evaluate(
      async ([how, trusted, time]) => {
        const validator = await globalThis.assay.createValidator({ ...how, trust: trusted });
        const blob = await (await fetch('/pictures/film.mp4')).blob();
        const partials = [];
        const report = await validator.validate(blob, {
          now: time,
          onProgress: ({ partial }) => partial && partials.push(partial),
        });
        // Whoever has seen enough may stop there, and hears nothing more.
        const abort = new AbortController();
        let after = 0;
        const onProgress = ({ partial }) => {
          if (abort.signal.aborted) after += 1;
          if (partial) abort.abort();
        };
        const stopped = await validator
          .validate(blob, { now: time, signal: abort.signal, onProgress })
          .catch((error) => error.name);
        await new Promise((resume) => setTimeout(resume, 100));
        validator.dispose();
        return { state: report.state, pending: 'pending' in report, partials, stopped, after };
      },
      [options, lists, now],
    );
    assert.deepEqual(seen, { state: 'trusted', pending: false, partials: expected, stopped: 'AbortError', after: 0 });
  }
});

test('R-534: a stream, segment by segment, in a worker and in place', async () => {
  const { init, segments } = fragmentedStream(3);
  const files = [init, ...segments].map((bytes) => [...bytes]);
  const lists = [{ name: 'root', role: 'signer', pem: anchors().root }];
  const results = await page.evaluate(
    async ([[first, ...rest], pems, time]) => {
      const out = [];
      for (const options of [{}, { worker: false }]) {
        const validator = await globalThis.assay.createValidator({
          ...options,
          trust: { useDefault: false, lists: pems },
        });
        const states = [];
        async function* source() {
          for (const bytes of rest) yield new Blob([new Uint8Array(bytes)]);
        }
        const report = await validator.validateFragments(new Uint8Array(first), source(), {
          now: time,
          complete: true,
          onSegment: ({ state }, soFar) => states.push(state, soFar.state),
        });
        validator.dispose();
        out.push({ state: report.state, states, received: report.stream.received });
      }
      return out;
    },
    [files, lists, now],
  );
  const expected = {
    state: 'trusted',
    states: ['trusted', 'wellFormed', 'trusted', 'wellFormed', 'trusted', 'trusted'],
    received: 3,
  };
  assert.deepEqual(results, [expected, expected]);
});
