// The native command line for tests of ceilings: it can lower limits and counts what a validation costs.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { anchors } from '../fixtures/catalog/anchors.mjs';
import { root } from '../web/bundle.mjs';

const run = promisify(execFile);
const program = join(root, 'build/asan/bindings/cli/assay');
const now = '2026-11-23T00:00:00Z';

/** For `test(name, needsNative, …)`. */
export const needsNative = {
  skip: existsSync(program) ? false : 'the native build is not there: run `npm test -- native`',
};

/** A folder of its own for the files of one test file. */
export class Native {
  #folder = mkdtempSync(join(tmpdir(), 'assay-ceilings-'));
  #lists;

  constructor() {
    const list = (name, pem) => {
      writeFileSync(join(this.#folder, name), pem);
      return join(this.#folder, name);
    };
    const { root: signers, 'tsa-root': clocks } = anchors();
    this.#lists = ['--trust', list('signers.pem', signers), '--trust-tsa', list('clocks.pem', clocks)];
  }

  /**
   * What a validation of `bytes` says and costs.
   * @param {Buffer} bytes @param {string[]} [options] of the command line
   * @returns {Promise<{report: object, comparisons: number, peakBytes: number}>}
   */
  async validate(bytes, options = []) {
    const file = join(this.#folder, 'file');
    writeFileSync(file, bytes);
    const { stdout } = await run(program, ['--now', now, '--cost', 'yes', ...this.#lists, ...options, file], {
      maxBuffer: 256 << 20,
    });
    return JSON.parse(stdout);
  }

  close() {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
