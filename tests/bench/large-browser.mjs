// Chromium's part of large.mjs: a page with one validator per entry, files from its file chooser, so that they stay on
// disk until they are read. Memory is the highest resident memory of the page's process, its workers' included.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { launch } from '../browser/browser.mjs';
import { startServer } from '../browser/server.mjs';
import { eku } from '../fixtures/oids.mjs';

const PEER = '@contentauth/c2pa-web@0.13.1';
const TITLE = 'large files';

// Only the numbers it gives are measured, so the page is as small as can be.
const page = `
import { createValidator } from '/index.js';
import { createC2pa } from '/peer.js';
const { anchors, purposes, now } = await (await fetch('/settings.json')).json();
const lists = [{ name: 'bench', role: 'signer', pem: anchors }];
const validator = await createValidator({ trust: { useDefault: false, lists } });
const settings = { trust: { trustAnchors: anchors, trustConfig: purposes }, verify: { verifyTrust: true } };
let peer;
const validators = {
  own: async (file) => {
    const { state, statuses } = await validator.validate(file, { now });
    return { state, codes: statuses.map((status) => status.code) };
  },
  ownMemory: async (file) => validators.own(await file.arrayBuffer()),
  other: async (file) => {
    peer ??= await createC2pa({ wasmSrc: '/peer.wasm', settings });
    const reader = await peer.reader.fromBlob(file.type, file);
    const store = await reader.manifestStore();
    await reader.free();
    const failures = store.validation_results?.activeManifest?.failure ?? [];
    return { state: store.validation_state.toLowerCase(), codes: failures.map((failure) => failure.code) };
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

/** The other validator for pages, bundled as a page would have it. */
async function peerFiles(folder) {
  const installed = join(folder, 'peer');
  mkdirSync(installed, { recursive: true });
  const home = join(installed, 'node_modules/@contentauth/c2pa-web');
  if (!existsSync(home)) {
    const { status } = spawnSync('npm', ['install', '--no-save', '--prefix', installed, PEER], { stdio: 'ignore' });
    if (status !== 0) throw new Error(`${PEER} could not be installed`);
  }
  const entry = join(installed, 'entry.mjs');
  writeFileSync(entry, "export { createC2pa } from '@contentauth/c2pa-web';\n");
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: 'esm', write: false });
  return { script: outputFiles[0].contents, wasm: readFileSync(join(home, 'dist/resources/c2pa_bg.wasm')) };
}

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
  const peer = await peerFiles(folder);
  const settings = {
    anchors: readFileSync(join(folder, 'root.pem'), 'utf8'),
    purposes: [eku.claimSigning, eku.emailProtection].join('\n'),
    now,
  };
  const html = `<!doctype html><title>${TITLE}</title><input type="file"><script type="module" src="/bench.js"></script>`;
  const server = await startServer({
    '/bench.html': { body: html },
    '/bench.js': { body: page },
    '/settings.json': { body: JSON.stringify(settings) },
    '/peer.js': { body: peer.script },
    '/peer.wasm': { body: peer.wasm },
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
