// Chromium's part of large.mjs: a page with one validator per entry, files from its file chooser, so that they stay on
// disk until they are read. Memory is the highest resident memory of the page's process, its workers' included.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from '../browser/browser.mjs';
import { startServer } from '../browser/server.mjs';
import { eku } from '../fixtures/oids.mjs';
import { pageFiles } from './validators.mjs';

const TITLE = 'large files';

// Only the numbers it gives are measured, so the page is as small as can be.
const page = `
import { open as openOwn } from '/peers/assay.js';
import { open as openPeer } from '/peers/c2pa-web.js';
const settings = await (await fetch('/settings.json')).json();
const own = await openOwn(settings);
let peer;
const validators = {
  own: (file) => own.validate(file),
  ownMemory: async (file) => own.validate(await file.arrayBuffer()),
  other: async (file) => {
    peer ??= await openPeer(settings);
    return peer.validate(file);
  },
  digest: async (file) => {
    const hash = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
    return { state: hash.byteLength === 32 ? 'trusted' : '', codes: [] };
  },
};
globalThis.run = async (name) => {
  const [file] = document.querySelector('input').files;
  const start = performance.now();
  const verdict = await validators[name](file);
  return { ...verdict, ms: performance.now() - start };
};
`;

/** Ids of the processes that show pages. */
async function renderers(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

const kilobytes = (id, field) =>
  Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${id}/status`, 'utf8'))[1]);

/** Milliseconds that a process worked so far; the kernel counts in hundredths of a second. */
function cpuOf(id) {
  const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Sets the highest memory of a process back; gives what it has now. */
function startMeasuring(id) {
  writeFileSync(`/proc/${id}/clear_refs`, '5');
  return { memory: kilobytes(id, 'VmRSS'), cpu: cpuOf(id) };
}

/** A function that has a page of its own validate a file by name of the validator, and one that ends it all. */
export async function openChromium(folder, now) {
  const settings = {
    anchors: readFileSync(join(folder, 'root.pem'), 'utf8'),
    purposes: [eku.claimSigning, eku.emailProtection].join('\n'),
    now,
  };
  const files = Object.entries(await pageFiles()).filter(([path]) => path.startsWith('/peers/'));
  const html = `<!doctype html><title>${TITLE}</title><input type="file"><script type="module" src="/bench.js"></script>`;
  const server = await startServer({
    '/bench.html': { body: html },
    '/bench.js': { body: page },
    '/settings.json': { body: JSON.stringify(settings) },
    ...Object.fromEntries(files.map(([path, body]) => [path, { body }])),
  });
  const browser = await launch();
  const pages = new Map();
  async function pageFor(name) {
    if (pages.has(name)) return pages.get(name);
    const context = await browser.newContext();
    const tab = await context.newPage();
    await tab.goto(`${server.origin}/bench.html`);
    await tab.waitForFunction(() => 'run' in globalThis);
    pages.set(name, tab);
    return tab;
  }
  return {
    measure: async (name, path) => {
      const tab = await pageFor(name);
      await tab.setInputFiles('input', path);
      await tab.requestGC();
      const before = new Map((await renderers(browser)).map((id) => [id, startMeasuring(id)]));
      const verdict = await tab.evaluate((which) => globalThis.run(which), name);
      const used = [...before].map(([id, { memory, cpu }]) => [kilobytes(id, 'VmHWM') - memory, cpuOf(id) - cpu]);
      const [grown, cpu] = used.sort((a, b) => b[1] - a[1])[0];
      return { ...verdict, cpu, megabytes: grown / 1000 };
    },
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}
