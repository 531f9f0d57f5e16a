// What an entry of the table of limits says, how a file is validated with one limit lowered, and how much a file has
// of what a limit counts: read from its bytes by walks of our own, so that no number comes from the code under test.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { anchors } from '../fixtures/catalog/anchors.mjs';
import { root } from '../web/bundle.mjs';

/**
 * @typedef {object} Entry
 * @property {string} limit its name in reports
 * @property {string} title what reaches it
 * @property {() => Buffer} file
 * @property {number | ((file: Buffer) => number) | 'search'} needed the smallest value at which nothing is said; it is
 *   searched for where it follows from the code alone
 * @property {'none' | 'invalid' | 'wellFormed' | 'valid' | 'trusted'} [state] unlimited, 'trusted'
 * @property {Entry['state']} below the state at `needed` - 1
 * @property {string | RegExp} [says] a code that only the lowered limit brings, or what its report says besides the limit
 * @property {RegExp} [shown] what the lowered limit takes out of the report, where it brings no code: names, pointers
 * @property {boolean} [cut] the walk of the container ends there, which the report says too
 * @property {string[]} [trust] signer anchors, ['root']
 * @property {string[]} [identityTrust]
 * @property {string[]} [issuers] whose statements about people count
 * @property {Record<string, Buffer>} [answers] what the network would say
 * @property {boolean} [sidecar] the file is a store
 */

export const native = join(root, 'build/asan/bindings/cli/assay');
const run = promisify(execFile);
const now = '2026-11-23T00:00:00Z';

/** Files in a folder that stand while the tests run. */
export class Desk {
  #folder = mkdtempSync(join(tmpdir(), 'assay-ceilings-'));
  #paths = new Map();

  constructor() {
    for (const [name, pem] of Object.entries(anchors())) writeFileSync(join(this.#folder, `${name}.pem`), pem);
  }

  #lay(bytes) {
    if (!this.#paths.has(bytes)) {
      const path = join(this.#folder, `file-${this.#paths.size}`);
      writeFileSync(path, bytes);
      this.#paths.set(bytes, path);
    }
    return this.#paths.get(bytes);
  }

  #options({ trust = ['root'], identityTrust = [], issuers = [], answers = {} }) {
    const list = (option, name) => [option, join(this.#folder, `${name}.pem`)];
    return [
      ...trust.flatMap((name) => list('--trust', name)),
      ...list('--trust-tsa', 'tsa-root'),
      ...identityTrust.flatMap((name) => list('--trust-identity', name)),
      ...issuers.flatMap((did) => ['--trust-identity', this.#lay(did)]),
      ...Object.entries(answers).flatMap(([url, body]) => ['--answer', `${url}=${this.#lay(body)}`]),
    ];
  }

  /** The report on a file of an entry, as written. @param {Entry} entry @param {Buffer} file @param {number} [value] of its limit */
  async report(entry, file, value) {
    const lowered = value === undefined ? [] : ['--limit', `${entry.limit}=${value}`];
    const args = ['--now', now, ...this.#options(entry), ...lowered, this.#lay(file)];
    const { stdout } = await run(native, args, { maxBuffer: 64 << 20 });
    return stdout.slice(stdout.indexOf(',"report":') + ',"report":'.length, -'}\n'.length);
  }

  clear() {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Answers of `work` for all items, two at a time. @template T, R @param {T[]} items @param {(item: T) => Promise<R>} work */
export async function each(items, work) {
  const answers = [];
  const left = items.entries();
  const worker = async () => {
    for (const [i, item] of left) answers[i] = await work(item);
  };
  await Promise.all([worker(), worker()]);
  return answers;
}

/** The manifest store as it stands in a file, where it stands in one piece. @param {Buffer} file */
export function storeIn(file) {
  const at = file.indexOf('jumb', 4, 'latin1') - 4;
  return file.subarray(at, at + file.readUInt32BE(at));
}

/** What the box tree of a store has: description boxes belong to their superboxes. @param {Buffer} store */
export function boxesOf(store) {
  const found = { boxes: 0, depth: 0, children: 0, label: 0 };
  const open = [{ from: 0, to: store.length, depth: 1, inside: false }];
  for (let level = open.pop(); level; level = open.pop()) {
    let children = 0;
    for (let at = level.from; at < level.to; at += store.readUInt32BE(at)) {
      children += 1;
      if (store.toString('latin1', at + 4, at + 8) !== 'jumb') continue;
      const described = at + 8 + store.readUInt32BE(at + 8);
      const label = at + 8 + 8 + 16 + 1;
      found.depth = Math.max(found.depth, level.depth);
      found.label = Math.max(found.label, store.indexOf(0, label) - label);
      open.push({ from: described, to: at + store.readUInt32BE(at), depth: level.depth + 1, inside: true });
    }
    found.boxes += children;
    if (level.inside) found.children = Math.max(found.children, children);
  }
  return found;
}
