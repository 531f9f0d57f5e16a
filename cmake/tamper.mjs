#!/usr/bin/env node
// `npm run tamper`: changes signed files in every way of the tamper matrix and checks that none goes unnoticed.
// `npm run tamper -- STAGE…` runs some stages; --step=N every N-th mutant, --mutants=N of the last stage, --fresh
// forgets what an earlier run finished.
import { buildProduct } from './build.mjs';
import { main, say, StepError } from './console.mjs';
import { setUp } from './setup.mjs';

const PROGRESS_MS = 15_000;

const number = (name, text) => {
  if (!/^\d+$/.test(text)) throw new StepError(`--${name} takes a number, not "${text}".`);
  return Number(text);
};

function options(args) {
  const stages = [];
  const chosen = {};
  for (const arg of args) {
    const [, name, value = ''] = /^--(step|mutants|fresh)(?:=(.*))?$/.exec(arg) ?? [];
    if (name === 'fresh') chosen.fresh = true;
    else if (name) chosen[name] = number(name, value);
    else stages.push(arg);
  }
  return stages.length > 0 ? { ...chosen, stages } : chosen;
}

const minutes = (ms) => `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, '0')}`;

/** What an earlier run finished took no time in this one. */
function progressLine({ done, kept, total, elapsed }) {
  const left =
    done > kept ? `about ${minutes((elapsed * (total - done)) / (done - kept))} left` : 'not yet known how long';
  return `… ${Math.floor((done * 100) / total)} %  ${done} of ${total} parts  ${minutes(elapsed)}, ${left}`;
}

const describe = (tally) =>
  Object.entries(tally)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([outcome, n]) => `${outcome} ${n}`)
    .join(', ');

main(async () => {
  await setUp('test');
  await buildProduct();
  const { tamper } = await import('../tests/tamper/run.mjs');
  const { STAGES } = await import('../tests/tamper/stages.mjs');
  const chosen = options(process.argv.slice(2));
  const unknown = (chosen.stages ?? []).find((stage) => !(stage in STAGES));
  if (unknown) throw new StepError(`No stage is called ${unknown}. There are: ${Object.keys(STAGES).join(' ')}`);
  const started = Date.now();
  let said = 0;
  const progress = ({ done, kept, total }) => {
    if (Date.now() - said < PROGRESS_MS && done < total) return;
    said = Date.now();
    say(progressLine({ done, kept, total, elapsed: said - started }));
  };
  const { results, findings } = await tamper({ ...chosen, progress });
  for (const [stage, tally] of Object.entries(results)) say(`${stage.padEnd(10)} ${describe(tally)}`);
  for (const { base, title, outcome, codes, file } of findings.slice(0, 40)) {
    say(`✗ ${base}: ${title} → ${outcome} ${codes}\n  ${file}`);
  }
  const all = Object.values(results).flatMap((tally) => Object.values(tally));
  const total = all.reduce((a, b) => a + b, 0);
  const of = (outcome) => findings.filter((finding) => finding.outcome === outcome).length;
  const silent = findings.length - of('thrown') - of('slow');
  say(
    `${total - findings.length} of ${total} mutants in the expected class, ${silent} silent, ` +
      `${of('thrown')} thrown, ${of('slow')} over 1 s`,
  );
  return findings.length === 0 ? 0 : 1;
});
