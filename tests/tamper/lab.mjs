// One bench of the lab: validates mutants of one base after the other and says what became of them.
import { createValidator } from '../../web/dist/node.js';
import { clock, lists } from './bases.mjs';
import { allowed, classify, essence } from './expect.mjs';
import { regions } from './regions.mjs';

const SLOW_MILLISECONDS = 1000;

/**
 * @typedef {object} Finding a mutant that did not end as it should
 * @property {string} base @property {string} title @property {string} outcome @property {string[]} regions
 * @property {string} codes @property {Buffer} bytes
 */

export class Lab {
  #validator;
  #bases;

  /** @param {import('./bases.mjs').Base[]} bases */
  static async open(bases) {
    const lab = new Lab();
    lab.#validator = await createValidator({ trust: { useDefault: false, lists: lists() } });
    lab.#bases = new Map();
    for (const base of bases) lab.#bases.set(base.name, await lab.#prepare(base));
    return lab;
  }

  async #prepare(base) {
    const report = await this.#report(base.given, base.files);
    if (report.state !== 'trusted') throw new Error(`The base ${base.name} is ${report.state}, not trusted.`);
    const whole = { ...base, part: base.files[base.at] };
    return { ...whole, essence: essence(report), names: regions(whole, report) };
  }

  #report(given, [first, ...others]) {
    return given === 'stream'
      ? this.#validator.validateFragments(first, others, { now: clock, complete: true })
      : this.#validator.validate(first, { now: clock, sidecar: others[0] });
  }

  /** A base with its regions (`names`, one per byte of `part`) and the essence of its report. */
  base(name) {
    return this.#bases.get(name);
  }

  /**
   * What becomes of the whole when its `part` is replaced by these bytes.
   * @param {ReturnType<Lab['base']>} base @param {Buffer} bytes
   */
  async examine(base, bytes) {
    const started = performance.now();
    let report;
    try {
      report = await this.#report(base.given, base.files.with(base.at, bytes));
    } catch (error) {
      return { outcome: 'thrown', codes: String(error) };
    }
    const slow = performance.now() - started > SLOW_MILLISECONDS;
    const codes = report.statuses.filter(({ kind }) => kind !== 'success').map(({ code }) => code);
    const outcome = slow ? 'slow' : classify(base.essence, report);
    return { outcome, state: report.state, codes: [...new Set(codes)].join(' ') };
  }

  /** The same with the judgement: null when it is as it should be. */
  async judge(base, { bytes, title, touched, expected }) {
    const { outcome, state, codes } = await this.examine(base, bytes);
    const fine = expected ? expected.includes(outcome) : allowed(outcome, touched);
    return {
      outcome,
      state,
      finding: fine ? null : { base: base.name, title, outcome, regions: touched, codes, bytes },
    };
  }

  dispose() {
    this.#validator.dispose();
  }
}
