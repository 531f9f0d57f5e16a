/**
 * The service worker. It only wires components; all listeners are registered before the first await, so
 * that an event that wakes a stopped worker finds them. State is in storage.session, never here.
 */
import { Checks } from './background/checks.js';
import { Menu } from './background/menu.js';
import { OffscreenHost } from './background/offscreen-host.js';
import { Page } from './background/page.js';
import { Router } from './background/router.js';
import { CheckStore } from './background/store.js';
import { Toolbar } from './background/toolbar.js';
import { SettingsStore } from './settings.js';

const checks = new Checks({
  store: new CheckStore(chrome.storage.session),
  offscreen: new OffscreenHost({
    offscreen: chrome.offscreen,
    runtime: chrome.runtime,
    incognito: chrome.extension.inIncognitoContext,
  }),
  page: new Page(chrome.scripting),
  settings: new SettingsStore(chrome.storage.local),
  permissions: chrome.permissions,
  toolbar: new Toolbar(chrome.action),
});

new Menu(chrome, (target) => {
  void checks.begin(target);
}).register();

new Router(chrome.runtime, {
  done: ({ tab, job, outcome }) => checks.finish(tab, job, outcome),
  again: ({ tab, job }) => checks.again(tab, job),
}).register();

chrome.tabs.onRemoved.addListener((tab) => {
  void checks.forget(tab);
});
