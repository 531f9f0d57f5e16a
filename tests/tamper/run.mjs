// Runs stages of the tamper matrix on all cores.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { bases as makeBases } from './bases.mjs';
import { Lab } from './lab.mjs';
import { STAGES } from './stages.mjs';

const root = new URL('../../', import.meta.url).pathname;
const folder = join(root, 'build/tamper');

/** Signatures are random, so the files are made once and kept: a run can then be interrupted and resumed. */
async function keptBases(fresh) {
  const path = join(folder, 'bases.json');
  if (!fresh && existsSync(path)) {
    const revive = ({ files, ...base }) => ({ ...base, files: files.map((text) => Buffer.from(text, 'base64')) });
    return JSON.parse(readFileSync(path, 'utf8')).map(revive);
  }
  const made = await makeBases();
  const text = ({ files, ...base }) => ({ ...base, files: files.map((bytes) => bytes.toString('base64')) });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, JSON.stringify(made.map(text)));
  return made;
}

/** Findings go to files: what was done, what came of it, and the mutant itself. */
function keep(finding) {
  const name = `${finding.base}-${createHash('sha1').update(finding.bytes).digest('hex').slice(0, 10)}`;
  mkdirSync(join(folder, 'findings'), { recursive: true });
  writeFileSync(join(folder, 'findings', `${name}.bin`), finding.bytes);
  const { base, title, outcome, regions, codes } = finding;
  const lines = [
    `${base}: ${title}`,
    `outcome: ${outcome}`,
    `regions: ${(regions ?? []).join(' ')}`,
    `codes: ${codes}`,
  ];
  writeFileSync(join(folder, 'findings', `${name}.txt`), `${lines.join('\n')}\n`);
  return { ...finding, file: join('build/tamper/findings', `${name}.bin`) };
}

/** What was finished earlier with the same core and the same files. */
class Journal {
  constructor(key, fresh) {
    this.path = join(folder, 'journal.jsonl');
    this.done = new Map();
    const lines = !fresh && existsSync(this.path) ? readFileSync(this.path, 'utf8').trim().split('\n') : [];
    if (lines[0] === key) lines.slice(1).forEach((line) => this.remember(JSON.parse(line)));
    else writeFileSync(this.path, `${key}\n`);
  }

  remember(entry) {
    this.done.set(JSON.stringify(entry.job), entry);
  }

  add(entry) {
    this.remember(entry);
    writeFileSync(this.path, `${JSON.stringify(entry)}\n`, { flag: 'a' });
  }
}

const sum = (into, tally) => Object.entries(tally).forEach(([name, n]) => (into[name] = (into[name] ?? 0) + n));

/**
 * @param {object} o
 * @param {string[]} [o.stages] all by default
 * @param {number} [o.step] every how-manieth mutant of the first four stages
 * @param {number} [o.mutants] of the last stage
 * @param {boolean} [o.fresh] forget earlier runs
 * @param {(parts: {done: number, kept: number, total: number}) => void} [o.progress] `kept`: of an earlier run
 */
export async function tamper({
  stages = Object.keys(STAGES),
  step = 1,
  mutants = 1_000_000,
  fresh = false,
  progress,
} = {}) {
  const made = await keptBases(fresh);
  const core = readFileSync(join(root, 'web/dist/core.wasm'));
  const key = createHash('sha256').update(core).update(JSON.stringify(made)).digest('hex');
  const journal = new Journal(key, fresh);
  const lab = await Lab.open(made);
  const known = made.map(({ name }) => lab.base(name));
  const jobs = stages.flatMap((stage) => STAGES[stage].jobs(known, { step, mutants }));
  lab.dispose();

  const results = Object.fromEntries(stages.map((stage) => [stage, {}]));
  const findings = [];
  let done = 0;
  let kept = 0;
  const count = ({ job, tally, findings: found }) => {
    sum(results[job.stage], tally);
    findings.push(...found);
    done += 1;
    progress?.({ done, kept, total: jobs.length });
  };
  const open = jobs.filter((job) => {
    const entry = journal.done.get(JSON.stringify(job));
    if (entry) {
      kept += 1;
      count(entry);
    }
    return !entry;
  });
  const work = () =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('worker.mjs', import.meta.url), { workerData: { bases: made } });
      worker.on('error', reject);
      worker.on('exit', resolve);
      worker.on('message', (message) => {
        if (!message.ready) {
          const entry = {
            ...message,
            findings: message.findings.map((f) => keep({ ...f, bytes: Buffer.from(f.bytes) })),
          };
          entry.findings.forEach((finding) => delete finding.bytes);
          journal.add(entry);
          count(entry);
        }
        worker.postMessage(open.shift() ?? null);
      });
    });
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), open.length) }, work));
  return { results, findings };
}
