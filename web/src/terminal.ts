import { TERMINAL_GLYPHS } from './glyphs.js';
import type { Attached, Headline, Identity, Report, Signer } from './report.js';
import { segmentLabel, segmentWords } from './stream-words.js';
import { LONGEST_NAME, mixesScripts, plain } from './text.js';
import * as words from './words.js';

export interface Style {
  colour: boolean;
  width: number;
}

const LABEL = 17;
const INDENT = 4;
const RESET = '\u001b[0m';
const CODES: Record<string, string> = {
  bold: '\u001b[1m',
  dim: '\u001b[2m',
  recognised: '\u001b[1;34m',
  unrecognised: '\u001b[1;33m',
  recovered: '\u001b[1;35m',
  invalid: '\u001b[1;31m',
};

function paint({ colour }: Style, text: string, style: string): string {
  const code = CODES[style];
  return colour && code !== undefined ? `${code}${text}${RESET}` : text;
}

/** A name from a file, in one line. */
const name = (text: string): string =>
  plain(text, LONGEST_NAME) + (mixesScripts(plain(text)) ? ` (${words.MIXED_SCRIPTS})` : '');

/** How many files ended how, the gravest first. */
export function countLines(style: Style, counts: ReadonlyMap<Headline, number>): string[] {
  const present = words.GRAVITY.filter((headline) => counts.has(headline));
  return present.map((headline) => {
    const count = String(counts.get(headline) ?? 0).padStart(5);
    return `${count}  ${paint(style, `${TERMINAL_GLYPHS[headline]} ${words.countWords(headline)}`, headline)}`;
  });
}

/** Writes one report as text. All text of the file goes through `plain` before any styling is added. */
export class TextReport {
  readonly #style: Style;
  readonly #lines: string[] = [];

  constructor(style: Style) {
    this.#style = style;
  }

  /** `segments`: the files of a stream, in order. */
  render(file: string, report: Report, segments: readonly string[] = []): string {
    const glyph = this.paint(TERMINAL_GLYPHS[report.headline], report.headline);
    this.#lines.push(this.paint(plain(file), 'bold'));
    this.#lines.push(`  ${glyph} ${this.paint(plain(words.headlineOf(report), LONGEST_NAME), report.headline)}`);
    for (const text of [words.reasonOf(report), ...words.remarksOf(report)]) this.#text(text);
    if (report.state !== 'none') this.#details(report);
    for (const segment of report.stream?.segments ?? []) {
      const name = plain(segments[segment.index] ?? '', LONGEST_NAME);
      this.#row(segmentLabel(segment), name, segmentWords(segment));
    }
    this.#notes(report);
    return `${this.#lines.join('\n')}\n`;
  }

  paint(text: string, style: string): string {
    return paint(this.#style, text, style);
  }

  #details(report: Report): void {
    this.#lines.push('');
    if (words.maySpeak(report)) {
      this.#signer(report.signer);
      this.#time(report);
      this.#row(words.ZONES.tool, words.toolOf(report), words.TOOL_NOTE);
      for (const { text, note } of words.disclosuresOf(report)) this.#row(words.ZONES.says, text, note);
      this.#row(words.ZONES.history, words.historyOf(report));
    } else {
      this.#row(words.ZONES.signer, words.NOBODY);
    }
    const { checked, notChecked } = words.checksOf(report);
    this.#row(words.ZONES.checked, checked.join('; '));
    this.#row(words.ZONES.notChecked, notChecked.join('; '));
    if (report.headline === 'invalid') this.#failures(report);
    if (words.maySpeak(report)) {
      this.#people(report);
    }
  }

  #signer(signer: Signer | null): void {
    if (signer === null) this.#row(words.ZONES.signer, words.NOBODY);
    else {
      // On a line of its own: a name might contain words that look like ours.
      this.#row(words.ZONES.signer, name(signer.name));
      for (const line of this.#wrap(signer.vouchedBy, INDENT + LABEL)) {
        this.#lines.push(`${' '.repeat(INDENT + LABEL)}${this.paint(line, 'dim')}`);
      }
    }
  }

  #time(report: Report): void {
    if (report.time === null) this.#row(words.ZONES.time, words.NO_TIME);
    else this.#row(words.ZONES.time, words.timeWords(report.time.time), words.timeSource(report.time));
  }

  #failures(report: Report): void {
    // What is wrong with an identity statement concerns its row only.
    const apart = new Set(report.identities.map((identity) => identity.url));
    const failures = report.statuses.filter((status) => status.kind === 'failure' && !apart.has(status.url));
    const codes = failures.map((status) => status.code);
    this.#row(words.ZONES.codes, Array.from(new Set(codes)).join(', '));
  }

  #people(report: Report): void {
    const { identities, attached } = words.peopleOf(report, 0);
    if (identities.length > 0) this.#zone(words.ZONES.identities);
    for (const identity of identities) this.#identity(identity);
    if (attached.length > 0) {
      this.#zone(words.ZONES.attached);
      const [before, signer, after] = words.attachedLead(report, 0);
      this.#text(`${before}${plain(signer, LONGEST_NAME)}${after}`, INDENT + 2);
    }
    for (const entry of attached) this.#attached(entry);
    const earlier = words.namedEarlier(report);
    if (earlier !== '') this.#lines.push('', `${' '.repeat(INDENT)}${this.paint(earlier, 'dim')}`);
  }

  #identity(identity: Identity): void {
    this.#text(`· ${name(words.identityName(identity))}`, INDENT + 2, INDENT + 4);
    this.#text(words.identityCover(identity), INDENT + 4);
    this.#text(words.identityTrust(identity), INDENT + 4);
    if (identity.state === 'trusted') this.#text(plain(identity.vouchedBy, LONGEST_NAME), INDENT + 4);
    const roles = words.identityRoles(identity);
    if (roles !== '') this.#text(plain(roles, LONGEST_NAME), INDENT + 4);
    const [aggregator, says] = words.aggregatorSays(identity);
    for (const verified of identity.verified) {
      const who = `${name(words.accountName(verified))}${words.accountAt}${name(verified.provider)}`;
      this.#text(`${name(aggregator)}${says}${who}${words.accountChecked(verified)}`, INDENT + 4);
    }
  }

  #attached(attached: Attached): void {
    const issuer = attached.issuer === undefined ? '' : `${name(attached.issuer)} → `;
    this.#text(`· ${issuer}${name(words.attachedName(attached))}`, INDENT + 2, INDENT + 4);
    const owner = attached.accountOf === undefined ? '' : name(attached.accountOf);
    this.#text(`${words.attachedKind(attached)}${owner}`, INDENT + 4);
    if (words.isCredential(attached)) this.#text(words.CREDENTIAL_NOTE, INDENT + 4);
  }

  #notes(report: Report): void {
    const notes = words.notesOf(report);
    if (notes.length > 0 && report.state === 'none') this.#lines.push('');
    for (const note of notes) this.#row('Note', note);
  }

  #zone(title: string): void {
    this.#lines.push('', `${' '.repeat(INDENT)}${this.paint(title, 'bold')}`);
  }

  /** A label, what it says, and in a paler tone where that comes from: on the same line if there is room. */
  #row(label: string, text: string, note = ''): void {
    if (text === '') return;
    const margin = ' '.repeat(INDENT + LABEL);
    const main = this.#wrap(text, margin.length);
    const aside = note === '' ? [] : this.#wrap(note, margin.length);
    const last = main.at(-1) ?? '';
    const room = this.#style.width - margin.length - last.length - 3;
    const joined = aside.length === 1 && (aside[0]?.length ?? 0) <= room ? aside.shift() : undefined;
    const pale = joined === undefined ? '' : this.paint(` · ${joined}`, 'dim');
    for (const [i, line] of main.entries()) {
      const start = i === 0 ? `${' '.repeat(INDENT)}${this.paint(label.padEnd(LABEL), 'dim')}` : margin;
      this.#lines.push(`${start}${line}${i === main.length - 1 ? pale : ''}`);
    }
    for (const line of aside) this.#lines.push(`${margin}${this.paint(line, 'dim')}`);
  }

  #text(text: string, indent = INDENT, hanging = indent): void {
    for (const [i, line] of this.#wrap(text, hanging).entries()) {
      this.#lines.push(`${' '.repeat(i === 0 ? indent : hanging)}${line}`);
    }
  }

  /** Breaks at spaces; a word longer than the line stays whole. */
  #wrap(text: string, indent: number): string[] {
    const room = Math.max(this.#style.width - indent, 24);
    const lines: string[] = [];
    let line = '';
    for (const word of plain(text).split(' ')) {
      if (line !== '' && line.length + 1 + word.length > room) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    return line === '' ? lines : [...lines, line];
  }
}
