// What the build scripts say and run: one line per step, the full output in build/logs/. No npm
// dependency, because `npm start` runs this before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
export const build = join(root, 'build');

/** A failure with advice: printed without a stack trace. */
export class StepError extends Error {}

export const say = (line) => process.stdout.write(`${line}\n`);

const HEARTBEAT_MS = 30_000;
const seconds = (since) => ((Date.now() - since) / 1000).toFixed(1);

/** The line under way: rewritten in place on a terminal, a heartbeat now and then elsewhere. */
function progressLine(label, startedAt) {
  const terminal = process.stdout.isTTY;
  let note = '';
  let saidAt = Date.now();
  const draw = () => {
    if (terminal) {
      const width = process.stdout.columns ?? 80;
      process.stdout.write(`\r\x1b[K${`… ${label}  ${seconds(startedAt)} s  ${note}`.slice(0, width - 1)}`);
    } else if (Date.now() - saidAt >= HEARTBEAT_MS) {
      saidAt = Date.now();
      say(`… ${label}  ${seconds(startedAt)} s  ${note}`);
    }
  };
  const timer = setInterval(draw, terminal ? 200 : 1000);
  return {
    note: (text) => (note = text),
    end: (mark, text) => {
      clearInterval(timer);
      if (terminal) process.stdout.write('\r\x1b[K');
      say(`${mark} ${label}  ${seconds(startedAt)} s${text ? `  ${text}` : ''}`);
    },
  };
}

/**
 * Runs one command, its output in build/logs/<log>.log.
 * Options: log, cwd, env (added), progress(line) -> note or nothing, timeout in ms, quiet (no line
 * of its own). Resolves to {code, output}; never rejects for a non-zero exit.
 */
export function capture(command, args, { log, cwd = root, env, progress, timeout, quiet, label } = {}) {
  const startedAt = Date.now();
  const name = label ?? [command, ...args].join(' ');
  const line = quiet ? { note: () => {}, end: () => {} } : progressLine(name, startedAt);
  const logPath = join(build, 'logs', `${log ?? 'command'}.log`);
  mkdirSync(dirname(logPath), { recursive: true });
  const file = openSync(logPath, 'w');
  writeSync(file, `$ ${[command, ...args].join(' ')}\n`);
  return new Promise((done) => {
    const chunks = [];
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout,
    });
    const take = (chunk) => {
      chunks.push(chunk);
      writeSync(file, chunk);
      const last = chunk.toString().split('\n').filter(Boolean).at(-1);
      const note = last && progress?.(last);
      if (note) line.note(note);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const finish = (code, extra) => {
      closeSync(file);
      const output = Buffer.concat(chunks).toString() + (extra ?? '');
      done({ code, output, logPath, end: line.end, ms: Date.now() - startedAt });
    };
    child.on('error', (error) => finish(127, `${command}: ${error.message}\n`));
    child.on('close', (code, signal) => finish(code ?? 1, signal ? `stopped by ${signal}\n` : ''));
  });
}

const lastLines = (output) => output.trimEnd().split('\n').slice(-25).join('\n');

/** The compilers' complaints in a build's output, without the commands and the progress. */
export function buildErrors(output) {
  const isNoise = (line) => /^(ccache |em\+\+: |\[\d+\/\d+\] |FAILED: )/.test(line);
  const isComplaint = (line) => /\berror: |undefined (symbol|reference)|CMake Error/.test(line);
  const lines = output.split('\n').filter((line) => !isNoise(line));
  const shown = lines.filter((_, index) => lines.slice(Math.max(0, index - 2), index + 1).some(isComplaint));
  return shown.length > 0
    ? shown
        .slice(0, 40)
        .map((line) => line.slice(0, 300))
        .join('\n')
    : lastLines(output);
}

/** As capture, but a non-zero exit is a StepError that shows `excerpt` of the output (its end) and the advice. */
export async function run(label, command, args, { advice, done, excerpt = lastLines, ...options } = {}) {
  const result = await capture(command, args, { label, ...options });
  if (result.code !== 0) {
    result.end('✗', `exit ${result.code}`);
    throw new StepError(
      `${excerpt(result.output)}\n\n${label} failed. ${advice ?? ''}\nFull output: ${result.logPath}`,
    );
  }
  result.end('✓', done?.(result.output));
  return result;
}

/** "[12/340] …" of ninja becomes "12/340". */
export const ninjaProgress = (line) => /^\[(\d+\/\d+)\]/.exec(line)?.[1];

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Remembers under build/stamps/ for which inputs a step was done. */
export function stamp(name, key) {
  const path = join(build, 'stamps', name);
  return {
    current: existsSync(path) && readFileSync(path, 'utf8') === key,
    set: () => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, key);
    },
  };
}

export function onPath(program) {
  const folders = (process.env.PATH ?? '').split(':');
  return folders.some((folder) => existsSync(join(folder, program)));
}

/** Runs a script's main and turns a StepError into its text and exit code 1. */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = 1;
  }
}

/** True when the module is the script node was started with. */
export const isMain = (url) => process.argv[1] && resolve(process.argv[1]) === fileURLToPath(url);
