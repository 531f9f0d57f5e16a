#!/usr/bin/env node
/** The command `assay`: see HELP. Exit codes are part of the interface. */
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { version } from 'assay:built';
import { Files, type Found } from './files.js';
import { createValidator } from './node.js';
import type { Headline, Report } from './report.js';
import { countLines, TextReport, type Style } from './terminal.js';
import { plain, safeJson } from './text.js';
import type { TrustListInput, ValidateOptions, Validator } from './types.js';
import { NO_TRUST_LIST } from './words.js';
import { messageOf } from './errors.js';

const HELP = `Usage: assay [options] FILE…
       assay [options] --init=INIT SEGMENT…

Checks the Content Credentials (C2PA) of files. Nothing is uploaded or fetched.
A folder stands for all files in it.

  --format=FORMAT       text (default), json: one {"file", "report"} per line, or crjson
  --now=TIME            evaluate as of this time, for example 2026-11-23T10:00:00Z
  --trust=FILE.pem      certificates of authorities whose signers you recognise; may be repeated
  --trust-tsa=FILE.pem  certificates of time-stamp authorities you rely on; may be repeated
  --no-default-trust    leave out the C2PA trust lists that come with assay
  --manifest=FILE.c2pa  the manifest store that comes beside the file; for one file
  --init=INIT.mp4       the files are segments of one stream, in order, and this initialises it
  --complete            the segments are all there are: what is missing was removed
  --help, --version

Exit status:
  0  all files are valid or trusted
  1  something is not valid
  2  wrong usage, or a file could not be read
  3  nothing is invalid, but something has no credentials
`;

const EXIT = { fine: 0, invalid: 1, trouble: 2, without: 3 } as const;
const FORMATS = ['text', 'json', 'crjson'] as const;
type Format = (typeof FORMATS)[number];

/** What crJSON says beyond the specification's own terms, as far as it is needed here. */
interface CrJson {
  assay: { state: Report['state'] };
}

/** Wrong usage: what is wrong, and what to do. */
class UsageError extends Error {}

const OPTIONS = {
  format: { type: 'string', default: 'text' },
  now: { type: 'string' },
  trust: { type: 'string', multiple: true },
  'trust-tsa': { type: 'string', multiple: true },
  'no-default-trust': { type: 'boolean', default: false },
  manifest: { type: 'string' },
  init: { type: 'string' },
  complete: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', short: 'V', default: false },
} as const;

interface Command {
  paths: string[];
  stream: { init: string; complete: boolean } | undefined;
  format: Format;
  options: ValidateOptions;
  validator: Validator;
}

async function readOption(option: string, path: string): Promise<Uint8Array> {
  return readFile(path).catch((error: unknown) => {
    throw new UsageError(`--${option}=${path}: ${reasonOf(error)}`);
  });
}

/** The system's error without its code and call: "no such file or directory". */
function reasonOf(error: unknown): string {
  return messageOf(error).replace(/^[A-Z]+: ([^,]+), \w+.*$/, '$1');
}

async function trustLists(
  role: TrustListInput['role'],
  option: string,
  paths: readonly string[],
): Promise<TrustListInput[]> {
  return Promise.all(paths.map(async (path) => ({ name: plain(path), role, pem: await readOption(option, path) })));
}

function parse(args: string[]): ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>> {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    // Node explains at length how to pass such a name as a file; the first sentence is enough.
    throw new UsageError(messageOf(error).split('. ')[0] ?? '');
  }
}

async function commandOf(args: string[]): Promise<Command | string> {
  const { values, positionals } = parse(args);
  if (values.help) return HELP;
  if (values.version) return `assay ${version}\n`;
  if (positionals.length === 0) throw new UsageError('No file given.');
  const format = FORMATS.find((name) => name === values.format);
  if (format === undefined) throw new UsageError(`--format=${values.format}: choose text, json or crjson.`);
  const address = positionals.find((path) => /^https?:\/\//.test(path));
  if (address !== undefined)
    throw new UsageError(`${address}: assay fetches nothing. Save the file and give its name.`);
  if (values.now !== undefined && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(values.now)) {
    throw new UsageError(`--now=${values.now}: write the time as 2026-11-23T10:00:00Z.`);
  }
  if (values.manifest !== undefined && values.init === undefined && positionals.length > 1) {
    throw new UsageError('--manifest belongs to one file: give one file.');
  }
  if (values.complete && values.init === undefined) {
    throw new UsageError('--complete is about the segments of a stream: name what initialises it with --init.');
  }
  if (values.init !== undefined && format === 'crjson') {
    throw new UsageError('--format=crjson: a stream has no report of that kind. Choose text or json.');
  }
  const stream = values.init === undefined ? undefined : { init: values.init, complete: values.complete };
  const lists = [
    ...(await trustLists('signer', 'trust', values.trust ?? [])),
    ...(await trustLists('timestamp', 'trust-tsa', values['trust-tsa'] ?? [])),
  ];
  const options: ValidateOptions = {};
  // One time for all files, so that the same command line judges them alike.
  options.now = values.now ?? new Date();
  if (values.manifest !== undefined) options.sidecar = await readOption('manifest', values.manifest);
  const validator = await createValidator({ trust: { lists, useDefault: !values['no-default-trust'] } });
  return { paths: positionals, stream, format, options, validator };
}

/** A line on the terminal that is rewritten while many files are checked. */
class ProgressLine {
  readonly #isShown: boolean;
  #drawnAt = 0;

  constructor(files: number) {
    this.#isShown = process.stderr.isTTY && files > 1;
  }

  show(done: number, total: number, name: string): void {
    if (!this.#isShown || Date.now() - this.#drawnAt < 80) return;
    this.#drawnAt = Date.now();
    const text = `Checking ${done + 1} of ${total}  ${plain(name)}`;
    process.stderr.write(`\r\u001b[K${text.slice(0, (process.stderr.columns || 80) - 1)}`);
  }

  clear(): void {
    if (this.#isShown && this.#drawnAt > 0) process.stderr.write('\r\u001b[K');
    this.#drawnAt = 0;
  }
}

class Run {
  readonly #command: Command;
  readonly #style: Style;
  readonly #counts = new Map<Headline, number>();
  #hasInvalid = false;
  #hasNone = false;
  #unreadable = 0;
  #lastReport: Report | undefined;

  constructor(command: Command) {
    this.#command = command;
    const { isTTY, columns } = process.stdout;
    const noColour = (process.env.NO_COLOR ?? '') !== '' || process.env.TERM === 'dumb';
    this.#style = { colour: isTTY && !noColour, width: Math.min(isTTY ? columns : 100, 100) };
  }

  async all(): Promise<number> {
    const files: Found[] = [];
    for await (const found of new Files(this.#command.paths)) files.push(found);
    if (this.#command.stream !== undefined) return this.#stream(files, this.#command.stream);
    const progress = new ProgressLine(files.length);
    for (const [i, found] of files.entries()) {
      progress.show(i, files.length, found.path);
      const text = await this.#one(found);
      progress.clear();
      if (text !== '') process.stdout.write(i > 0 && this.#command.format === 'text' ? `\n${text}` : text);
    }
    if (files.length === 0) this.#complain(this.#command.paths.join(', '), 'there are no files in it. Give a file.');
    if (this.#command.format === 'text') this.#conclude(files.length);
    return this.#exit();
  }

  #exit(): number {
    if (this.#unreadable > 0) return EXIT.trouble;
    if (this.#hasInvalid) return EXIT.invalid;
    return this.#hasNone ? EXIT.without : EXIT.fine;
  }

  /** One report for all files: that of the stream whose segments they are. */
  async #stream(files: readonly Found[], { init, complete }: { init: string; complete: boolean }): Promise<number> {
    const { format, validator, options } = this.#command;
    const unreadable = files.find((found) => found.error !== undefined);
    try {
      if (unreadable !== undefined) throw unreadable.error;
      const segments = files.map((found) => found.url);
      const report = await validator.validateFragments(pathToFileURL(init), segments, { ...options, complete });
      this.#count(report);
      const names = files.map((found) => found.path);
      if (format === 'text') process.stdout.write(new TextReport(this.#style).render(init, report, names));
      else process.stdout.write(`${safeJson(JSON.stringify({ file: init, report }))}\n`);
      if (format === 'text') this.#conclude(1);
    } catch (error) {
      if (error instanceof TypeError) throw new UsageError(error.message);
      this.#complain(unreadable?.path ?? init, reasonOf(error));
    }
    return this.#exit();
  }

  async #one(found: Found): Promise<string> {
    const { format, validator, options } = this.#command;
    if (found.error !== undefined) return this.#complain(found.path, reasonOf(found.error));
    try {
      const json = await validator.render(found.url, format === 'crjson' ? 'crjson' : 'json', options);
      if (format === 'crjson') {
        this.#judge((JSON.parse(json) as CrJson).assay.state);
        return `${safeJson(json)}\n`;
      }
      const report = JSON.parse(json) as Report;
      this.#count(report);
      if (format === 'text') return new TextReport(this.#style).render(found.path, report);
      return `${safeJson(`{"file":${JSON.stringify(found.path)},"report":${json}}`)}\n`;
    } catch (error) {
      if (error instanceof TypeError) throw new UsageError(error.message);
      return this.#complain(found.path, reasonOf(error));
    }
  }

  #count(report: Report): void {
    this.#lastReport = report;
    this.#counts.set(report.headline, (this.#counts.get(report.headline) ?? 0) + 1);
    this.#judge(report.state);
  }

  #judge(state: Report['state']): void {
    if (state === 'none') this.#hasNone = true;
    else if (state !== 'valid' && state !== 'trusted') this.#hasInvalid = true;
  }

  #complain(path: string, what: string): string {
    this.#unreadable += 1;
    process.stderr.write(`assay: ${plain(path)}: ${plain(what)}\n`);
    return '';
  }

  #conclude(total: number): void {
    const lines: string[] = [];
    if (total > 1) {
      lines.push(`${total} files`, ...countLines(this.#style, this.#counts));
      if (this.#unreadable > 0) lines.push(`${String(this.#unreadable).padStart(5)}    could not be read`);
    }
    if (this.#lastReport?.trustLists.length === 0) lines.push(`${NO_TRUST_LIST} Name one with --trust=FILE.pem.`);
    if (lines.length > 0) process.stdout.write(`\n${lines.join('\n')}\n`);
  }
}

async function main(args: string[]): Promise<number> {
  try {
    const command = await commandOf(args);
    if (typeof command !== 'string') return await new Run(command).all();
    process.stdout.write(command);
    return EXIT.fine;
  } catch (error) {
    const advice = error instanceof UsageError ? "\nTry 'assay --help'." : '';
    process.stderr.write(`assay: ${plain(messageOf(error))}${advice}\n`);
    return EXIT.trouble;
  }
}

// A reader such as `head` may close the pipe early.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.fine);
  throw error;
});
process.exitCode = await main(process.argv.slice(2));
