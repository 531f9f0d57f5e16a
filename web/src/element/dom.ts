import { LONGEST_NAME, plain } from '../text.js';

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

/** A name from a file: neutralised, shortened, and apart from the direction of the text around it. */
export const nameNode = (text: string): HTMLElement => {
  const node = el('bdi', 'name', plain(text, LONGEST_NAME));
  // The whole of a long name is one hover or one screen-reader request away.
  if (plain(text) !== node.textContent) node.title = plain(text);
  return node;
};

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
