import { el, fold, list, row, type Child } from '../../../web/src/element/dom.js';
import { AssaySummary, toneOf } from '../../../web/src/element/summary.js';
import { drawGlyph } from '../../../web/src/glyphs.js';
import { messageOf } from '../../../web/src/errors.js';
import type { Report } from '../../../web/src/report.js';
import { BADGES, badgeWords, headlineOf, LOCAL_ONLY, MEANINGS, timeWords, type Badge } from '../../../web/src/words.js';
import { hostOf, permissionPattern } from '../address.js';
import { FINAL_REASONS, type Check, type CheckedFile, type Outcome } from '../check.js';
import { LOST, PANEL, reasonWords, sizeWords, thing } from '../words.js';
import { mediaView } from './media.js';

export interface Actions {
  again: () => void;
  /** Asks the user's leave for a host; to be called from a click. */
  allow: (pattern: string) => void;
}

const LONGEST_ADDRESS = 2000;

/** What the panel says while nothing was checked. */
export const introView = (): Child[] => [
  el('section', 'intro', drawGlyph('none'), el('h2', '', PANEL.intro), el('p', '', PANEL.how)),
  legendView(),
];

/** One check, in whatever state it is. `lost`: it should have ended long ago. */
export function checkView(check: Check, lost: boolean, actions: Actions): Child[] {
  const { outcome } = check;
  const summary = new AssaySummary();
  if (outcome === null) {
    if (lost) summary.failure = LOST;
    return [summary, lost ? againButton(actions) : null];
  }
  if (outcome.kind === 'report') {
    drawReport(summary, outcome.report);
    return [mediaView(check, outcome.file), summary, fileView(check, outcome.file), legendView(), footer(actions)];
  }
  summary.failure = failureText(check, outcome);
  const picture = outcome.file === null ? null : mediaView(check, outcome.file);
  return [picture, summary, failureActions(check, outcome, actions), legendView()];
}

/** A report that cannot be drawn is our own failure; the panel says so instead of staying empty. */
function drawReport(summary: AssaySummary, report: Report): void {
  try {
    summary.report = report;
  } catch (error) {
    summary.failure = reasonWords('engine', '', messageOf(error));
  }
}

/** The headline alone, for screen readers: what `shown`, the drawn state, stands for. */
export function announcement({ media, outcome }: Check, shown: Badge): string {
  const isReport = outcome?.kind === 'report' && outcome.report.headline === shown;
  return `${thing(media)}: ${isReport ? headlineOf(outcome.report) : badgeWords(shown)}`;
}

const failureText = (check: Check, { reason, detail }: Extract<Outcome, { kind: 'failed' }>): string =>
  reasonWords(reason, hostOf(check.url), detail);

function failureActions(check: Check, { reason }: Extract<Outcome, { kind: 'failed' }>, actions: Actions): HTMLElement {
  const pattern = permissionPattern(check.url);
  const allow = reason === 'permission' && pattern !== null ? allowButton(check, pattern, actions) : null;
  return el('div', 'actions', allow, FINAL_REASONS.includes(reason) ? null : againButton(actions));
}

function allowButton(check: Check, pattern: string, actions: Actions): HTMLElement {
  const button = el('button', 'primary', PANEL.allow(hostOf(check.url)));
  button.type = 'button';
  button.addEventListener('click', () => {
    actions.allow(pattern);
  });
  return button;
}

function againButton(actions: Actions): HTMLElement {
  const button = el('button', '', PANEL.again);
  button.type = 'button';
  button.addEventListener('click', actions.again);
  return button;
}

const footer = (actions: Actions): HTMLElement =>
  el('div', 'foot', el('p', '', LOCAL_ONLY), el('div', 'actions', againButton(actions)));

function fileView(check: Check, file: CheckedFile): HTMLElement {
  const address = file.finalUrl || (check.url.startsWith('http') ? check.url : '');
  const report = check.outcome?.kind === 'report' ? check.outcome.report : null;
  const rows: [string, string][] = [
    [PANEL.from, hostOf(address) || PANEL.fromPage],
    [PANEL.address, address.slice(0, LONGEST_ADDRESS)],
    [PANEL.onPage, hostOf(check.pageUrl)],
    [PANEL.size, sizeWords(file.size)],
    [PANEL.type, file.mediaType],
    [PANEL.digest, file.sha256],
    [PANEL.checkedAt, report === null ? '' : timeWords(report.evaluatedAt)],
  ];
  const shown = rows.filter(([, text]) => text !== '');
  return fold(PANEL.file, el('dl', 'rows', ...shown.map(([label, text]) => row(label, el('bdi', '', text)))));
}

function legendView(): HTMLElement {
  const entries = BADGES.map((badge) =>
    el(
      'div',
      `legend ${toneOf(badge)}`,
      drawGlyph(badge),
      el('div', '', el('strong', '', badgeWords(badge)), el('span', 'note', MEANINGS[badge])),
    ),
  );
  return fold(PANEL.legend, list(entries, 'plain'));
}
