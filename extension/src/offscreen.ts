/**
 * The document behind the scenes: fetches the file that the user chose and validates it in a worker,
 * which it ends when a file takes too long. Only the service worker may speak to it.
 */
import { workerBackend } from '../../web/src/worker-backend.js';
import { validatorOver } from '../../web/src/validator.js';
import { toOffscreen, type CheckMessage, type DoneMessage } from './messages.js';
import { check } from './offscreen/checker.js';

const IDLE_MILLISECONDS = 60_000;
/** Files whose picture the panel may still ask for. */
const MOST_FILES = 8;

const running = new Map<number, AbortController>();
const files: string[] = [];
let idle = setTimeout(close, IDLE_MILLISECONDS);

const validator = validatorOver(
  workerBackend({}, () => new Worker('validator/worker.js', { type: 'module', name: 'validator' })),
);

function keep(blobUrl: string): void {
  files.push(blobUrl);
  const [oldest] = files;
  if (files.length <= MOST_FILES || oldest === undefined) return;
  URL.revokeObjectURL(oldest);
  files.shift();
}

async function run(message: CheckMessage): Promise<void> {
  const { tab, job } = message;
  const stop = new AbortController();
  running.set(job, stop);
  clearTimeout(idle);
  try {
    const outcome = await check(validator, message, stop.signal);
    if (outcome.file !== null) keep(outcome.file.blobUrl);
    const done: DoneMessage = { to: 'background', type: 'done', tab, job, outcome };
    await chrome.runtime.sendMessage(done);
  } catch (error) {
    if (!stop.signal.aborted) console.error(error);
  } finally {
    running.delete(job);
    clearTimeout(idle);
    if (running.size === 0) idle = setTimeout(close, IDLE_MILLISECONDS);
  }
}

chrome.runtime.onMessage.addListener((message: unknown, sender, answer) => {
  const isBackground = sender.id === chrome.runtime.id && sender.url === chrome.runtime.getURL('background.js');
  const known = isBackground ? toOffscreen(message) : null;
  if (known === null) return;
  answer(true);
  if (known.type === 'cancel') running.get(known.job)?.abort();
  else void run(known);
});
