import { el, nameNode } from '../../../web/src/element/dom.js';
import { OPTIONS } from '../words.js';
import { button, section } from './fields.js';

const siteOf = (pattern: string): string => {
  if (pattern === '<all_urls>' || pattern.includes('://*/')) return OPTIONS.allSites;
  return pattern.replace(/\/\*$/, '');
};

/** The hosts that the user allowed, each with a way to take that back. */
export async function accessSection(permissions: typeof chrome.permissions): Promise<HTMLElement> {
  const body = el('div');
  const draw = async (): Promise<void> => {
    const { origins = [] } = await permissions.getAll();
    const cards = origins.map((pattern) => {
      const site = siteOf(pattern);
      const remove = button(OPTIONS.remove, OPTIONS.removeNamed(site), () => {
        void permissions.remove({ origins: [pattern] }).then(draw);
      });
      return el('div', 'card', el('div', 'card-head', nameNode(site), remove));
    });
    body.replaceChildren(...(cards.length === 0 ? [el('p', 'quiet', OPTIONS.accessNone)] : cards));
  };
  await draw();
  return section(OPTIONS.access, OPTIONS.accessLead, body);
}
