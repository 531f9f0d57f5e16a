/** The side panel: the last check of one tab, drawn from the state that the service worker keeps. */
import { el, type Child } from '../../web/src/element/dom.js';
import { AssaySummary } from '../../web/src/element/summary.js';
import { checkKey } from './background/store.js';
import type { Check } from './check.js';
import { markView } from './mark.js';
import type { AgainMessage } from './messages.js';
import { announcement, checkView, introView, type Actions } from './panel/view.js';
import { SettingsStore } from './settings.js';
import { adoptTheme } from './theme.js';
import { PANEL } from './words.js';

/** Longer than fetching and validating may take together. */
const LOST_AFTER_MILLISECONDS = 100_000;
/** Quick answers should not flicker. */
const PENDING_AFTER_MILLISECONDS = 300;

const settings = new SettingsStore(chrome.storage.local);
const header = document.querySelector('header') as HTMLElement;
const main = document.querySelector('main') as HTMLElement;
const status = document.querySelector('#status') as HTMLElement;
const notice = document.querySelector('#notice') as HTMLElement;

customElements.define('assay-summary', AssaySummary);
adoptTheme();

let drawing = 0;

/** The tab this panel belongs to; the panel that the toolbar opens belongs to the tab it opens in. */
async function ownTab(): Promise<number> {
  const given = new URL(location.href).searchParams.get('tab');
  if (given !== null && /^\d{1,10}$/.test(given)) return Number(given);
  const [active] = await chrome.tabs.query({ active: true, currentWindow: true });
  return active?.id ?? -1;
}

async function drawHeader(): Promise<void> {
  const { mark } = await settings.read();
  const chip = markView(mark);
  chip.title = PANEL.markNote;
  const button = el('button', 'plain-button', PANEL.settings);
  button.type = 'button';
  button.addEventListener('click', () => void chrome.runtime.openOptionsPage());
  const hidden = el('span', 'visually-hidden', `${PANEL.yourMark}: `);
  header.replaceChildren(el('h1', 'visually-hidden', PANEL.title), el('p', 'own', hidden, chip), button);
}

function actionsFor(tab: number, check: Check): Actions {
  const message: AgainMessage = { to: 'background', type: 'again', tab, job: check.job };
  const again = (): void => void chrome.runtime.sendMessage(message);
  return {
    again,
    allow: (pattern) => {
      void chrome.permissions.request({ origins: [pattern] }).then((granted) => {
        if (granted) again();
        else say(PANEL.refused);
      });
    },
  };
}

function say(text: string): void {
  notice.textContent = text;
  notice.hidden = text === '';
}

function show(children: readonly Child[]): void {
  main.replaceChildren(...children.filter((child) => child !== null));
}

function draw(tab: number, check: Check | null): void {
  drawing += 1;
  const turn = drawing;
  say('');
  if (check === null) {
    show(introView());
    return;
  }
  const actions = actionsFor(tab, check);
  const drawNow = (lost: boolean): void => {
    if (turn !== drawing) return;
    show(checkView(check, lost, actions));
    const state = main.querySelector<AssaySummary>('assay-summary')?.state ?? 'pending';
    status.textContent = announcement(check, state);
  };
  if (check.outcome !== null) {
    drawNow(false);
    return;
  }
  // Opened late, the panel finds a check that has been waiting for a while.
  const left = Math.max(0, check.startedAt + LOST_AFTER_MILLISECONDS - Date.now());
  setTimeout(drawNow, main.childElementCount === 0 ? 0 : PENDING_AFTER_MILLISECONDS, left === 0);
  if (left > 0) setTimeout(drawNow, left, true);
}

async function start(): Promise<void> {
  const tab = await ownTab();
  const key = checkKey(tab);
  chrome.storage.session.onChanged.addListener((changes) => {
    const change = changes[key];
    if (change !== undefined) draw(tab, (change.newValue as Check | undefined) ?? null);
  });
  chrome.storage.local.onChanged.addListener(() => void drawHeader());
  chrome.tabs.onUpdated.addListener((id, { status: loading }) => {
    if (id === tab && loading === 'loading' && main.querySelector('.intro') === null) say(PANEL.moved);
  });
  const found = await chrome.storage.session.get<Record<string, Check | undefined>>(key);
  draw(tab, found[key] ?? null);
}

void drawHeader();
void start();
