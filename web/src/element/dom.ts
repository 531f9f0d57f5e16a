import { LONGEST_NAME, mixesScripts, plain } from '../text.js';
import { MIXED_SCRIPTS, SHOW_ALL } from '../words.js';

/** Something to put into an element: text becomes a text node, never markup. */
export type Child = Node | string | null;

/** An element with a class and children. Attributes are set by name, so nothing can become a handler by accident. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = '',
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  if (className !== '') node.className = className;
  for (const child of children) {
    if (child !== null) node.append(typeof child === 'string' ? plain(child) : child);
  }
  return node;
}

/**
 * A name from a file: neutralised, shortened, apart from the direction of the text around it, never a link and
 * never a title. A long one can be asked for as a whole.
 */
export function nameNode(text: string): HTMLElement {
  const whole = plain(text);
  const name = el('bdi', 'name', plain(whole, LONGEST_NAME));
  const all = name.textContent === whole ? null : showAll(name, whole);
  const hint = mixesScripts(whole) ? el('span', 'hint', ` (${MIXED_SCRIPTS})`) : null;
  return all === null && hint === null ? name : el('span', '', name, all, hint);
}

function showAll(name: HTMLElement, whole: string): HTMLElement {
  const button = el('button', 'show-all', SHOW_ALL);
  button.type = 'button';
  button.addEventListener('click', () => {
    name.textContent = whole;
    // The button goes; who pressed it by keyboard stays where they were.
    name.tabIndex = -1;
    name.focus();
    button.remove();
  });
  return button;
}

/** A row of a description list. */
export function row(label: string, ...children: Child[]): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(el('dt', '', label), el('dd', '', ...children));
  return fragment;
}

export const note = (text: string): HTMLElement => el('span', 'note', text);

/** A folded part; `open` is for what a reader asked for already. */
export function fold(title: string, ...children: Child[]): HTMLDetailsElement {
  return el('details', 'fold', el('summary', '', title), el('div', 'fold-body', ...children));
}

export function list(items: readonly Child[], className = ''): HTMLUListElement {
  return el('ul', className, ...items.map((item) => el('li', '', item)));
}
