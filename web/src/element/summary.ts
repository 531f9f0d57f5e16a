import { drawGlyph } from '../glyphs.js';
import type { Report } from '../report.js';
import * as words from '../words.js';
import { detailsView, notesView } from './details-view.js';
import { el, fold, note, row, type Child } from './dom.js';
import { peopleView } from './people-view.js';
import { adopt, SUMMARY, THEME } from './styles.js';
import { signerView } from './signer-view.js';

const TONED: readonly words.Badge[] = ['recognised', 'unrecognised', 'invalid', 'recovered'];

/** Class names that give a state its colours; states without a colour of their own are neutral. */
export const toneOf = (badge: words.Badge): string => `tone-${TONED.includes(badge) ? badge : 'neutral'} ${badge}`;

/**
 * `<assay-summary>`: one report as a reader needs it. Set `report`, or `failure` when the check could not
 * be made; without either it says that the check is under way.
 */
export class AssaySummary extends HTMLElement {
  #report: Report | null = null;
  #failure: string | null = null;

  constructor() {
    super();
    adopt(this.attachShadow({ mode: 'open' }), THEME, SUMMARY);
  }

  get report(): Report | null {
    return this.#report;
  }

  set report(report: Report | null) {
    this.#report = report;
    this.#failure = null;
    this.#draw();
  }

  /** Why there is no report: said in place of a verdict. */
  get failure(): string | null {
    return this.#failure;
  }

  set failure(text: string | null) {
    this.#report = null;
    this.#failure = text;
    this.#draw();
  }

  get state(): words.Badge {
    if (this.#failure !== null) return 'unchecked';
    return this.#report?.headline ?? 'pending';
  }

  connectedCallback(): void {
    this.#draw();
  }

  #draw(): void {
    const { state } = this;
    this.setAttribute('state', state);
    const title = this.#report === null ? words.badgeWords(state) : words.headlineOf(this.#report);
    const chip = el('h2', `chip ${toneOf(state)}`, drawGlyph(state), el('bdi', '', title));
    chip.setAttribute('part', 'headline');
    this.shadowRoot?.replaceChildren(chip, ...this.#body());
  }

  #body(): Node[] {
    if (this.#failure !== null) {
      return [el('p', 'reason', this.#failure), el('p', 'more', words.MEANINGS.unchecked)];
    }
    return this.#report === null ? [] : reportView(this.#report).filter((child) => child instanceof Node);
  }
}

function reportView(report: Report): Child[] {
  const reason = el('p', 'reason', words.reasonOf(report));
  const others = words.remarksOf(report).map((text) => el('p', 'more', text));
  if (report.state === 'none') {
    const checks = report.headline === 'none' ? [] : checksFold(report);
    return [reason, ...others, ...checks, notesView(report)];
  }
  if (!words.maySpeak(report)) return [reason, ...others, ...checksFold(report), unverified(report)];
  return [reason, ...others, rows(report), peopleView(report, 0), ...detailsView(report, true)];
}

function rows(report: Report): HTMLElement {
  const tool = words.toolOf(report);
  const history = words.historyOf(report);
  const { checked, notChecked } = words.checksOf(report);
  return el(
    'dl',
    '',
    signerView(report.signer),
    timeRow(report),
    tool === '' ? null : row(words.ZONES.tool, el('bdi', '', tool), note(words.TOOL_NOTE)),
    ...words.disclosuresOf(report).map((said) => row(words.ZONES.says, said.text, note(said.note))),
    history === '' ? null : row(words.ZONES.history, history),
    ...checkRows(checked, notChecked),
  );
}

function timeRow(report: Report): DocumentFragment {
  if (report.time === null) return row(words.ZONES.time, words.NO_TIME);
  return row(words.ZONES.time, words.timeWords(report.time.time), note(words.timeSource(report.time)));
}

function checkRows(checked: readonly string[], notChecked: readonly string[]): DocumentFragment[] {
  const rowOf = (label: string, texts: readonly string[]): DocumentFragment[] =>
    texts.length === 0 ? [] : [row(label, ...texts.map((text) => el('p', '', text)))];
  return [...rowOf(words.ZONES.checked, checked), ...rowOf(words.ZONES.notChecked, notChecked)];
}

function checksFold(report: Report): Child[] {
  const { checked, notChecked } = words.checksOf(report);
  const rows = checkRows(checked, notChecked);
  return rows.length === 0 ? [] : [el('dl', '', ...rows)];
}

/** What an invalid record says is shown on request only, and never as anyone's word. */
function unverified(report: Report): HTMLElement {
  const inside = el('div', 'unverified', el('p', 'warning', words.UNVERIFIED_WARNING), ...detailsView(report, false));
  return fold(words.UNVERIFIED_BUTTON, inside);
}
