import { el, type Child } from '../../../web/src/element/dom.js';

/** A part of the settings: heading, one sentence, contents. */
export const section = (title: string, lead: string, ...children: Child[]): HTMLElement =>
  el('section', '', el('h2', '', title), el('p', 'lead', lead), ...children);

export function field(label: string, input: HTMLElement): HTMLElement {
  return el('label', 'field', el('span', '', label), input);
}

export function textInput(value: string, longest: number): HTMLInputElement {
  const input = el('input');
  input.type = 'text';
  input.value = value;
  input.maxLength = longest;
  input.autocomplete = 'off';
  return input;
}

/** One of several, as buttons that the keyboard treats as a radio group. */
export function choices<T extends string>(
  legend: string,
  name: string,
  options: readonly T[],
  chosen: string,
  label: (option: T) => Node | string,
  onChoice: (option: T) => void,
): HTMLFieldSetElement {
  const items = options.map((option) => {
    const input = el('input');
    input.type = 'radio';
    input.name = name;
    input.value = option;
    input.checked = option === chosen;
    input.addEventListener('change', () => {
      onChoice(option);
    });
    return el('label', `choice ${name}`, input, el('span', '', label(option)));
  });
  return el('fieldset', '', el('legend', '', legend), el('div', 'choices', ...items));
}

export function button(text: string, name: string, onClick: () => void): HTMLButtonElement {
  const node = el('button', '', text);
  node.type = 'button';
  if (name !== text) node.setAttribute('aria-label', name);
  node.addEventListener('click', onClick);
  return node;
}
