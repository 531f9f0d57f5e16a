import { workerBackend } from '../../../web/src/worker-backend.js';
import { el, nameNode, note } from '../../../web/src/element/dom.js';
import { messageOf } from '../../../web/src/errors.js';
import { plain } from '../../../web/src/text.js';
import { forCheck, type SettingsStore, type StoredList } from '../settings.js';
import { OPTIONS, ROLES } from '../words.js';
import { button, field, section, textInput } from './fields.js';

interface BuiltIn {
  name: string;
  role: StoredList['role'];
  issued?: string;
  sha256: string;
}

const LARGEST_LIST = 1024 * 1024;
const LONGEST_NAME = 60;
const DAY_MILLISECONDS = 86_400_000;

/** The lists that came with the extension, as its build noted them. */
async function builtInLists(): Promise<BuiltIn[]> {
  const response = await fetch('validator/trust/trust.json');
  return ((await response.json()) as { lists: BuiltIn[] }).lists;
}

function card({ name, role, sha256 }: BuiltIn, when: string, remove: Node | null): HTMLElement {
  return el(
    'div',
    'card',
    el('div', 'card-head', nameNode(name), remove),
    note(`${ROLES[role]} · ${when}`),
    el('span', 'note digest', `SHA-256 ${sha256}`),
  );
}

function whenIssued({ issued }: BuiltIn): string {
  if (issued === undefined || issued === '') return '';
  const days = Math.max(0, Math.floor((Date.now() - Date.parse(issued)) / DAY_MILLISECONDS));
  return `${OPTIONS.issued} ${issued.slice(0, 10)}, ${OPTIONS.age(days)}`;
}

/** Has the core itself read the list, so that what it cannot use is refused here and not during a check. */
async function probe(list: StoredList): Promise<void> {
  const backend = workerBackend({ trust: { lists: [forCheck(list)], useDefault: false } }, () => {
    return new Worker('validator/worker.js', { type: 'module', name: 'validator' });
  });
  try {
    await backend.warmUp();
  } finally {
    backend.dispose();
  }
}

async function listFrom(name: string, role: StoredList['role'], file: File): Promise<StoredList> {
  if (file.size > LARGEST_LIST) throw new RangeError('The file is too large for a list of certificates.');
  const bytes = await file.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return {
    name: plain(name.trim(), LONGEST_NAME) || plain(file.name, LONGEST_NAME),
    role,
    pem: new TextDecoder().decode(bytes),
    sha256: Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''),
    added: new Date().toISOString().slice(0, 10),
  };
}

export class ListsSection {
  readonly #settings: SettingsStore;
  readonly #own = el('div');
  readonly #answer = el('p', 'form-answer');

  constructor(settings: SettingsStore) {
    this.#settings = settings;
    this.#answer.setAttribute('role', 'status');
  }

  async view(): Promise<HTMLElement> {
    const builtIn = await builtInLists();
    await this.#drawOwn();
    return section(
      OPTIONS.lists,
      OPTIONS.listsLead,
      el('h3', '', OPTIONS.builtIn),
      builtIn.length === 0 ? el('p', 'quiet', OPTIONS.none) : null,
      ...builtIn.map((list) => card(list, whenIssued(list), null)),
      el('h3', '', OPTIONS.own),
      this.#own,
      el('h3', '', OPTIONS.add),
      this.#form(),
    );
  }

  async #drawOwn(): Promise<void> {
    const { lists } = await this.#settings.read();
    const cards = lists.map((list, i) => {
      const remove = button(OPTIONS.remove, OPTIONS.removeNamed(list.name), () => {
        void this.#settings.writeLists(lists.filter((_, at) => at !== i)).then(() => this.#drawOwn());
      });
      return card(list, `${OPTIONS.added} ${list.added}`, remove);
    });
    this.#own.replaceChildren(...(cards.length === 0 ? [el('p', 'quiet', OPTIONS.ownNone)] : cards));
  }

  #form(): HTMLElement {
    const name = textInput('', LONGEST_NAME);
    const role = el('select');
    for (const [value, words] of Object.entries(ROLES)) role.add(new Option(words, value));
    const file = el('input');
    file.type = 'file';
    file.accept = '.pem,.crt,.cer';
    file.required = true;
    const submit = el('button', 'primary', OPTIONS.addButton);
    const form = el(
      'form',
      '',
      el('p', 'lead', OPTIONS.addLead),
      field(OPTIONS.listName, name),
      field(OPTIONS.listRole, role),
      field(OPTIONS.listFile, file),
      submit,
      this.#answer,
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const chosen = file.files?.[0];
      if (chosen === undefined) return;
      void this.#add(name.value, role.value === 'timestamp' ? 'timestamp' : 'signer', chosen).then((added) => {
        if (added) form.reset();
      });
    });
    return form;
  }

  async #add(name: string, role: StoredList['role'], file: File): Promise<boolean> {
    try {
      const list = await listFrom(name, role, file);
      await probe(list);
      const { lists } = await this.#settings.read();
      await this.#settings.writeLists([...lists, list]);
      await this.#drawOwn();
      this.#say(OPTIONS.wasAdded(list.name), false);
      return true;
    } catch (error) {
      this.#say(OPTIONS.notAdded(plain(messageOf(error), 300)), true);
      return false;
    }
  }

  #say(text: string, problem: boolean): void {
    this.#answer.textContent = text;
    this.#answer.classList.toggle('problem', problem);
  }
}
