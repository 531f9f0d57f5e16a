// Every way in which a file cannot be had, with a network that the test makes up.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { load } from './load.mjs';

const { fetchFile, LARGEST_FILE } = await load('offscreen/fetch.ts');
const { Checks } = await load('background/checks.ts');

const request = {
  url: 'https://cdn.example/x.mp4',
  pageUrl: 'https://news.example/',
  media: 'video',
  hostAllowed: true,
};
let calls;

/** Answers with what `reply` returns; a Response made here has no address of its own, so it gets one. */
function network(reply) {
  globalThis.fetch = async (url, init) => {
    calls.push({ url, ...init });
    const { url: finalUrl = url, ...answer } = await reply(init);
    const response = new Response(answer.body ?? 'bytes', { status: answer.status ?? 200, headers: answer.headers });
    return Object.defineProperty(response, 'url', { value: finalUrl });
  };
}

const refuse = () => Promise.reject(new TypeError('Failed to fetch'));
const run = (changes = {}, signal = new AbortController().signal) => fetchFile({ ...request, ...changes }, signal);
const failsFor = (reason, changes) => assert.rejects(run(changes), { reason });

beforeEach(() => {
  calls = [];
  Object.defineProperty(globalThis, 'navigator', { value: { onLine: true }, configurable: true });
});

test('a file comes with its type and the address it came from', async () => {
  network(() => ({ url: 'https://cdn2.example/y.mp4', headers: { 'content-type': 'video/mp4' } }));
  const { blob, finalUrl } = await run();
  assert.deepEqual([await blob.text(), blob.type, finalUrl], ['bytes', 'video/mp4', 'https://cdn2.example/y.mp4']);
  assert.equal(calls.length, 1);
  assert.equal(calls[0].credentials, 'omit');
  assert.equal(calls[0].referrerPolicy, 'no-referrer');
  assert.equal(calls[0].cache, 'no-store');
});

test('an answer from a private network is thrown away (T-82)', async () => {
  network(() => ({ url: 'http://192.168.1.1/status' }));
  await failsFor('ledToPrivate');
});

test('an answer that may not be read is told from one that does not come', async () => {
  network(refuse);
  await failsFor('permission', { hostAllowed: false });
  assert.equal(calls.length, 1, 'without leave nothing more is asked for');
  await failsFor('network');
  network((init) => (init.mode === 'no-cors' ? {} : refuse()));
  await failsFor('cors');
  Object.defineProperty(globalThis, 'navigator', { value: { onLine: false }, configurable: true });
  await failsFor('offline');
});

test('errors of the server and files that are too large are refused', async () => {
  network(() => ({ status: 403, body: 'no' }));
  await assert.rejects(run(), { reason: 'status', message: '403' });
  network(() => ({ headers: { 'content-length': String(LARGEST_FILE + 1) } }));
  await failsFor('tooLarge');
});

test('a file that is larger than it said is cut off', async () => {
  const piece = new Uint8Array(32 * 1024 * 1024);
  let sent = 0;
  const body = new ReadableStream({
    pull(controller) {
      sent += piece.length;
      controller.enqueue(piece);
    },
  });
  network(() => ({ body, headers: { 'content-length': '5' } }));
  await failsFor('tooLarge');
  assert.ok(sent <= LARGEST_FILE + 4 * piece.length, `${sent} bytes were taken`);
});

test('a check that was called off ends with the caller’s reason', async () => {
  const stop = new AbortController();
  network(({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))));
  const result = run({}, stop.signal);
  stop.abort(new Error('called off'));
  await assert.rejects(result, /called off/);
});

test('a report that does not fit into memory becomes a statement, not silence', async () => {
  const written = [];
  const store = {
    update: async (tab, job, { outcome }) => {
      if (outcome.kind === 'report') throw new Error('QUOTA_BYTES quota exceeded');
      written.push(outcome.reason);
      return { outcome };
    },
  };
  const shown = [];
  const toolbar = { show: async (tab, { outcome }) => void shown.push(outcome.reason) };
  await new Checks({ store, toolbar }).finish(1, 2, { kind: 'report' });
  assert.deepEqual([written, shown], [['reportTooLarge'], ['reportTooLarge']]);
});
