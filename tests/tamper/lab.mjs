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
    const report = await this.#report(base, base.bytes, base.sidecar);
    if (report.state !== 'trusted') throw new Error(`The base ${base.name} is ${report.state}, not trusted.`);
    const part = base.sidecar ?? base.bytes;
    return { ...base, part, essence: essence(report), names: regions(base, report) };
  }

  #report(base, bytes, sidecar) {
    return this.#validator.validate(bytes, { now: clock, sidecar });
  }

  /** A base with its regions (`names`, one per byte of `part`) and the essence of its report. */
  base(name) {
    return this.#bases.get(name);
  }

  /**
   * What becomes of a tampered `part` (the file, or the sidecar where there is one).
   * @param {ReturnType<Lab['base']>} base @param {Buffer} bytes
   */
  async examine(base, bytes) {
    const started = performance.now();
    let report;
    try {
      report = base.sidecar ? await this.#report(base, base.bytes, bytes) : await this.#report(base, bytes);
    } catch (error) {
      return { outcome: 'thrown', codes: String(error) };
    }
    const slow = performance.now() - started > SLOW_MILLISECONDS;
    const codes = report.statuses.filter(({ kind }) => kind !== 'success').map(({ code }) => code);
    return { outcome: slow ? 'slow' : classify(base.essence, report), codes: [...new Set(codes)].join(' ') };
  }

  /** The same with the judgement: null when it is as it should be. */
  async judge(base, { bytes, title, touched, expected }) {
    const { outcome, codes } = await this.examine(base, bytes);
    const fine = expected ? expected.includes(outcome) : allowed(outcome, touched);
    return { outcome, finding: fine ? null : { base: base.name, title, outcome, regions: touched, codes, bytes } };
  }

  dispose() {
    this.#validator.dispose();
  }
}
