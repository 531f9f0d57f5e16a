// Builds the extension for tests and drives it in Debian's Chromium.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { buildExtension } from '../../extension/build.mjs';
import { root } from '../browser/server.mjs';
import { fakePackage } from './fake-worker.mjs';

export const samples = join(root, 'tests/samples');
export const sample = (name) => readFileSync(join(samples, name));
export const hasProduct = existsSync(join(root, 'web/dist/worker.js'));

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Names for hosts that are not this machine, as far as the extension can tell.
  '--host-resolver-rules=MAP *.example 127.0.0.1',
];

/** Without a page to point at, the browser cannot be right-clicked: the menu's event is sent to its listener. */
const CLICK = ({ tabId, info }) => {
  chrome.contextMenus.onClicked.dispatch({ menuItemId: 'check', editable: false, ...info }, { id: tabId });
};

export class Browser {
  #folder = mkdtempSync(join(tmpdir(), 'assay-extension-'));

  /** `fake`: with the worker that repeats the report in the file. */
  static async launch({ fake = false, everywhere = true, args = [] } = {}) {
    const browser = new Browser();
    const extension = join(browser.#folder, 'extension');
    const packageFolder = fake ? fakePackage(join(browser.#folder, 'package')) : join(root, 'web/dist');
    await buildExtension({ packageFolder, out: extension, everywhere });
    browser.context = await chromium.launchPersistentContext(join(browser.#folder, 'profile'), {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      headless: true,
      args: [...FLAGS, `--disable-extensions-except=${extension}`, `--load-extension=${extension}`, ...args],
    });
    const [worker] = browser.context.serviceWorkers();
    browser.firstWorker = worker ?? (await browser.context.waitForEvent('serviceworker'));
    browser.origin = browser.firstWorker.url().replace(/\/background.js$/, '');
    browser.requests = [];
    browser.context.on('request', (request) => browser.requests.push(request.url()));
    return browser;
  }

  async close() {
    await this.context.close();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** The service worker that runs now, woken if it sleeps. */
  async worker() {
    const running = this.context.serviceWorkers().filter((worker) => worker.url().startsWith(this.origin));
    return running.at(-1) ?? this.context.waitForEvent('serviceworker');
  }

  /** The page's tab id. Without the leave to read addresses, a tab can be known only by being in front. */
  async tabOf(page) {
    await page.bringToFront();
    const worker = await this.worker();
    return worker.evaluate(async () => (await chrome.tabs.query({ active: true }))[0]?.id);
  }

  /** "Check Content Credentials" on a picture of the page; resolves to the tab's id. */
  async pick(page, srcUrl, info = {}) {
    const tabId = await this.tabOf(page);
    const worker = await this.worker();
    const pageUrl = page.url();
    await worker.evaluate(CLICK, { tabId, info: { mediaType: 'image', frameId: 0, srcUrl, pageUrl, ...info } });
    return tabId;
  }

  /** The panel of a tab, opened as a page so that it can be read. */
  async panel(tabId, { width = 400, height = 900, scheme = 'light' } = {}) {
    const page = await this.context.newPage();
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    const errors = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.errors = errors;
    await page.goto(`${this.origin}/panel.html?tab=${tabId}`);
    return page;
  }

  /** What the tab's check came to, once it has ended. */
  async outcome(tabId) {
    const worker = await this.worker();
    return worker.evaluate(async (key) => {
      const read = async () => (await chrome.storage.session.get(key))[key];
      for (let waited = 0; waited < 400; waited += 1) {
        const check = await read();
        if (check && check.outcome !== null) return check;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return null;
    }, `check:${tabId}`);
  }

  /** Puts something into the extension's settings, as its settings page does. */
  async configure(settings) {
    const worker = await this.worker();
    await worker.evaluate((values) => chrome.storage.local.set(values), settings);
  }
}

/** The panel's verdict once it stands. */
export async function headline(panel) {
  const chip = panel.locator('assay-summary:not([state=pending])').locator('h2');
  await chip.waitFor({ timeout: 15_000 });
  return chip.innerText();
}

/** A page with one picture. */
export const pageWith = (src, attributes = '') =>
  `<!doctype html><title>page</title><p>A page</p><img src="${src}" ${attributes} alt="">`;
