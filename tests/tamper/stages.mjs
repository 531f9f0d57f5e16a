// The stages of the tamper matrix, each as a list of jobs small enough to be handed out and repeated: what a job's
// mutants are follows from the job alone.
import { byteMutant, mutantCount, positions } from './bytes.mjs';
import { havocMutant } from './havoc.mjs';
import { splices } from './splice.mjs';
import { structural } from './structure.mjs';

const MUTANTS_PER_JOB = 2000;
const SEED = 20261123;

/** @typedef {{stage: string, base: string, from: number, to: number, step: number}} Job */

function ranges(stage, base, count, step) {
  const jobs = [];
  for (let from = 0; from < count; from += MUTANTS_PER_JOB * step) {
    jobs.push({ stage, base, from, to: Math.min(count, from + MUTANTS_PER_JOB * step), step });
  }
  return jobs;
}

const bytesStage = (stage) => ({
  jobs: (bases, { step }) =>
    bases.flatMap((base) => ranges(stage, base.name, mutantCount(positions(base.names, stage)), step)),
  *mutants(job, base) {
    const places = positions(base.names, stage);
    for (let index = job.from; index < job.to; index += job.step) {
      const changed = byteMutant(base.part, places, index);
      if (!changed) continue;
      const bytes = Buffer.from(base.part);
      bytes[changed.at] = changed.value;
      yield { base, title: changed.title, bytes, touched: [base.names[changed.at]] };
    }
  },
});

const listStage = (stage, list) => ({
  jobs: (bases, { step }) => bases.map((base) => ({ stage, base: base.name, from: 0, to: Infinity, step })),
  *mutants(job, base, all) {
    let index = 0;
    for (const mutant of list(base, all)) {
      if (index % job.step === 0) yield { base, ...mutant };
      index += 1;
    }
  },
});

export const STAGES = {
  store: bytesStage('store'),
  structure: listStage('structure', structural),
  content: bytesStage('content'),
  splice: listStage('splice', splices),
  havoc: {
    jobs: (_, { mutants }) => ranges('havoc', '', mutants, 1),
    *mutants(job, _, all) {
      for (let index = job.from; index < job.to; index += 1) yield havocMutant(all, SEED, index);
    },
  },
};

/** Runs one job in a lab: how many mutants ended how, and the findings. */
export async function runJob(lab, bases, job) {
  const tally = {};
  const findings = [];
  for (const mutant of STAGES[job.stage].mutants(job, lab.base(job.base), bases)) {
    if (mutant.bytes.equals(mutant.base.part)) continue;
    const { outcome, finding } = await lab.judge(mutant.base, mutant);
    tally[outcome] = (tally[outcome] ?? 0) + 1;
    if (finding) findings.push(finding);
  }
  return { tally, findings };
}
