// What a threat's file says, and how its attacks are carried out: the untouched file is trusted, the attacked one ends
// in the state and with the codes that the threat catalogue asks for, and people read what they are meant to read.
import assert from 'node:assert/strict';
import { anchors } from '../fixtures/catalog/anchors.mjs';
import { catalog } from '../fixtures/catalog.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { createValidator } from '../../web/dist/node.js';
import { load } from '../web/bundle.mjs';

/**
 * @typedef {object} Threat the default export of one file T-nn-title.mjs
 * @property {string} id T-01
 * @property {string} [section] of the Security Considerations 1.0, for its ten scenarios
 * @property {string} attacker what is done, in one sentence
 * @property {string} answer what the validator reports and shows, in one sentence
 * @property {Attack[]} attacks
 *
 * @typedef {Buffer | {bytes: Buffer, sidecar?: Buffer, type?: string}} Asset
 *
 * @typedef {object} Attack either `edit` (by somebody without a key) or `build` (by a signer)
 * @property {string} title
 * @property {() => Asset} [before] what is edited, and must be trusted as it is: a signed JPEG by default
 * @property {(bytes: Buffer, before: Asset) => Asset} [edit]
 * @property {() => Asset} [build]
 * @property {'none' | 'invalid' | 'wellFormed' | 'valid' | 'trusted'} state
 * @property {string[]} [codes] all must be reported
 * @property {string[]} [anyCodes] at least one of them
 * @property {string[]} [absentCodes] none of them
 * @property {RegExp[]} [shows] what the text that people read must say
 * @property {RegExp[]} [hides] what it must not say
 * @property {(report: object, text: string, web: Web) => void | Promise<void>} [check] whatever else the threat asks for
 * @property {Record<string, () => Response>} [web] what a host that allows everything would get, by address; without
 *   it nothing is allowed
 * @property {string[]} [trust] signer anchors, ['root']; tsaTrust ['tsa-root']; identityTrust []
 * @property {string[]} [purposes] OIDs that the signer anchors are for; signing claims by default
 * @property {string[]} [tsaTrust]
 * @property {string[]} [identityTrust]
 * @property {string} [now]
 * @property {() => object} [options] of a validator of its own
 * @property {RegExp} [refuses] there is no report, because the validator does not start, for this reason
 * @property {string[]} [tags] rules that it is about, too
 *
 * @typedef {{asked: object[], fetched: string[]}} Web what the host was asked for, and what was asked of the network
 */

export const clock = '2026-11-23T00:00:00Z';

const pems = anchors();
const words = await load('words', 'text', 'terminal');
const validators = new Map();

/** @type {Web & {answers: Record<string, () => Response>}} */
const web = { asked: [], fetched: [], answers: {} };

// Nothing leaves this machine: neither what is never allowed to, nor what an attack allows.
globalThis.fetch = async (address) => {
  web.fetched.push(String(address));
  const answer = web.answers[String(address)];
  if (answer === undefined) throw new TypeError('nobody there');
  return answer();
};
const ask = (question) => {
  web.asked.push(question);
  return true;
};

function validatorFor({ trust = ['root'], tsaTrust = ['tsa-root'], identityTrust = [], purposes, web: answers }) {
  const remote = answers === undefined ? 'never' : { ask };
  const key = JSON.stringify([trust, tsaTrust, identityTrust, purposes, remote]);
  const lists = [
    ...trust.map((name) => ({ name, role: 'signer', pem: pems[name], eku: purposes })),
    ...tsaTrust.map((name) => ({ name, role: 'timestamp', pem: pems[name] })),
    ...identityTrust.map((name) => ({ name: 'people', role: 'identity', pem: pems[name] })),
  ];
  if (!validators.has(key)) validators.set(key, createValidator({ remote, trust: { useDefault: false, lists } }));
  return validators.get(key);
}

export async function close() {
  for (const validator of validators.values()) (await validator).dispose();
}

/**
 * A file of the fixture catalogue as an attack; `more` says what people must read, too, and the state where the
 * catalogue leaves it open.
 */
export function known(name, more = {}) {
  const found = catalog.find((fixture) => fixture.name === name);
  if (found === undefined) throw new Error(`no case is called ${name}`);
  if (found.states !== undefined && more.state === undefined) throw new Error(`${name} leaves its state open`);
  const { title, build, state, codes, anyCodes, absentCodes, trust, tsaTrust, identityTrust, now } = found;
  const { needs, says, uncovered } = found;
  const check = (report, text, seen) => {
    for (const [code, pattern] of Object.entries(says ?? {}))
      assert.match(report.statuses.find((status) => status.code === code)?.explanation ?? '', pattern);
    if (uncovered)
      assert.ok(
        report.uncovered.some(({ kind }) => kind !== 'manifestStore'),
        'no uncovered bytes',
      );
    return more.check?.(report, text, seen);
  };
  const expected = { title, build, state, codes, anyCodes, absentCodes, trust, tsaTrust, identityTrust, now, needs };
  return { ...expected, ...more, check };
}

const parts = (asset) => (Buffer.isBuffer(asset) ? { bytes: asset } : asset);

/** Several of them; those that exist once per format are told apart by it. @param {string[]} names @param {object} [more] */
export const allKnown = (names, more) =>
  names.map((name) => {
    const attack = known(name, more);
    const format = /-(jpeg|png)$/.exec(name)?.[1];
    return format === undefined ? attack : { ...attack, title: `${format}: ${attack.title}` };
  });

export async function reportOn(asset, attack = {}) {
  const { bytes, ...options } = parts(asset);
  const validator = await validatorFor(attack);
  Object.assign(web, { asked: [], fetched: [], answers: attack.web ?? {} });
  return validator.validate(bytes, { now: attack.now ?? clock, ...options });
}

/** The text that people read, in one line. */
export const textOf = (report) =>
  new words.TextReport({ colour: false, width: 80 }).render('file', report).replace(/\s+/g, ' ');

const headlines = {
  trusted: ['recognised'],
  valid: ['unrecognised'],
  wellFormed: ['partial'],
  invalid: ['invalid'],
  none: ['none', 'referenced', 'unchecked'],
};

/** Control characters, also as JSON escapes them, marks of writing direction, and what takes no room. */
const UNSEEN = /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069]|(?<!\\)\\u00[01]/u;

/** Nothing was fetched, nothing vouched for, nobody named who signed nothing that holds. */
function assertHonest(report, text, attack) {
  if (attack.web === undefined) {
    assert.deepEqual(web.fetched, [], 'something was asked of the network');
    for (const { url, outcome } of report.network) assert.equal(outcome, 'notAllowed', url);
  }
  assert.doesNotMatch(text, /authentic|tamper-proof|guarantee/i);
  assert.doesNotMatch(text, /(?<!Credential )genuine/i);
  assert.doesNotMatch(text, UNSEEN, 'something in the text is unseen');
  assert.doesNotMatch(JSON.stringify(report), UNSEEN, 'something in the report is unseen');
  assert.ok(headlines[report.state].includes(report.headline), `${report.state} is headed ${report.headline}`);
  if (report.state === 'invalid' || report.state === 'none') {
    assert.equal(report.signer ?? undefined, undefined, 'a refused record is attributed to somebody');
    for (const { signer } of report.manifests) assert.ok(!signer || !text.includes(signer.name), 'somebody is named');
    assert.ok(report.state === 'none' || text.includes('Signed by Nobody'), 'it is not said that nobody is named');
  }
}

/** A validator that was tampered with. */
async function assertRefused({ options, refuses }) {
  const started = createValidator({ trust: { useDefault: false }, ...options() });
  await assert.rejects(async () => (await started).validate(signed(), { now: clock }), refuses);
  await Promise.resolve(started).then(
    (validator) => validator.dispose(),
    () => {},
  );
}

/** @param {Attack} attack */
export async function carryOut(attack) {
  if (attack.refuses) return assertRefused(attack);
  let asset;
  if (attack.edit) {
    const before = (attack.before ?? signed)();
    const untouched = await reportOn(before, attack);
    assert.equal(untouched.state, 'trusted', 'the untouched file');
    asset = attack.edit(Buffer.from(parts(before).bytes), before);
    assert.ok(!Buffer.isBuffer(asset) || !Buffer.isBuffer(before) || !asset.equals(before), 'nothing was edited');
  } else {
    asset = attack.build();
  }
  const report = await reportOn(asset, attack);
  const text = textOf(report);
  const codes = report.statuses.map(({ code }) => code);
  const shown = `${report.state}: ${codes.join(' ')}\n${text}`;
  assert.equal(report.state, attack.state, shown);
  for (const code of attack.codes ?? []) assert.ok(codes.includes(code), `no ${code} in ${shown}`);
  for (const code of attack.absentCodes ?? []) assert.ok(!codes.includes(code), `${code} in ${shown}`);
  const any = attack.anyCodes ?? [];
  assert.ok(any.length === 0 || any.some((code) => codes.includes(code)), `none of ${any.join(' ')} in ${shown}`);
  for (const pattern of attack.shows ?? []) assert.match(text, pattern);
  for (const pattern of attack.hides ?? []) assert.doesNotMatch(text, pattern);
  assertHonest(report, text, attack);
  await attack.check?.(report, text, web);
}
