/** The settings: the user's mark, the trust lists in use, the sites that may be read. */
import { el } from '../../web/src/element/dom.js';
import { accessSection } from './options/access-section.js';
import { section } from './options/fields.js';
import { ListsSection } from './options/lists-section.js';
import { markSection } from './options/mark-section.js';
import { SettingsStore } from './settings.js';
import { adoptTheme } from './theme.js';
import { OPTIONS } from './words.js';

const TOAST_MILLISECONDS = 2000;

const settings = new SettingsStore(chrome.storage.local);
const status = document.querySelector('#status') as HTMLElement;
let clearing: ReturnType<typeof setTimeout> | undefined;

function say(text: string): void {
  status.textContent = text;
  clearTimeout(clearing);
  clearing = setTimeout(() => {
    status.textContent = '';
  }, TOAST_MILLISECONDS);
}

async function start(): Promise<void> {
  const { mark } = await settings.read();
  const sections = [
    markSection(mark, (changed) => {
      void settings.writeMark(changed).then(() => {
        say(OPTIONS.saved);
      });
    }),
    await new ListsSection(settings).view(),
    await accessSection(chrome.permissions),
    section(OPTIONS.privacy, OPTIONS.privacyText),
  ];
  document.querySelector('main')?.replaceChildren(el('h1', '', OPTIONS.title), ...sections);
}

adoptTheme();
void start();
