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
 * @property {(report: object, text: string) => void} [check] whatever else the threat asks for
 * @property {string[]} [trust] signer anchors, ['root']; tsaTrust ['tsa-root']; identityTrust []
 * @property {string[]} [tsaTrust]
 * @property {string[]} [identityTrust]
 * @property {string} [now]
 * @property {string[]} [tags] rules that it is about, too
 */

export const clock = '2026-11-23T00:00:00Z';

const pems = anchors();
const words = await load('words', 'text', 'terminal');
const validators = new Map();

function validatorFor({ trust = ['root'], tsaTrust = ['tsa-root'], identityTrust = [] }) {
  const key = JSON.stringify([trust, tsaTrust, identityTrust]);
  const lists = [
    ...trust.map((name) => ({ name, role: 'signer', pem: pems[name] })),
    ...tsaTrust.map((name) => ({ name, role: 'timestamp', pem: pems[name] })),
    ...identityTrust.map((name) => ({ name: 'people', role: 'identity', pem: pems[name] })),
  ];
  if (!validators.has(key)) validators.set(key, createValidator({ trust: { useDefault: false, lists } }));
  return validators.get(key);
}

export async function close() {
  for (const validator of validators.values()) (await validator).dispose();
}

/** A file of the fixture catalogue as an attack; `more` says what people must read, too. */
export function known(name, more = {}) {
  const found = catalog.find((fixture) => fixture.name === name);
  if (found === undefined) throw new Error(`no case is called ${name}`);
  if (found.states !== undefined) throw new Error(`${name} leaves its state open`);
  const { title, build, state, codes, anyCodes, absentCodes, trust, tsaTrust, identityTrust, now } = found;
  const { needs, says, uncovered } = found;
  const check = (report, text) => {
    for (const [code, pattern] of Object.entries(says ?? {}))
      assert.match(report.statuses.find((status) => status.code === code)?.explanation ?? '', pattern);
    if (uncovered)
      assert.ok(
        report.uncovered.some(({ kind }) => kind !== 'manifestStore'),
        'no uncovered bytes',
      );
    more.check?.(report, text);
  };
  const expected = { title, build, state, codes, anyCodes, absentCodes, trust, tsaTrust, identityTrust, now, needs };
  return { ...expected, ...more, check };
}

const parts = (asset) => (Buffer.isBuffer(asset) ? { bytes: asset } : asset);

export async function reportOn(asset, attack = {}) {
  const { bytes, ...options } = parts(asset);
  const validator = await validatorFor(attack);
  return validator.validate(bytes, { now: attack.now ?? clock, ...options });
}

/** The text that people read, in one line. */
export const textOf = (report) =>
  new words.TextReport({ colour: false, width: 80 }).render('file', report).replace(/\s+/g, ' ');

/** Nothing was fetched, nothing vouched for, nobody named who signed nothing that holds. */
function assertHonest(report, text) {
  assert.deepEqual(report.network, [], 'something was asked of the network');
  const plain = text.replaceAll('Credential genuine ≠ its owner is behind this file', '');
  assert.doesNotMatch(plain, /authentic|genuine|tamper-proof|guarantee/i);
  // The certificate's data are in the report of an invalid record whose signature checks out; people do not read them.
  if (report.state === 'none') assert.equal(report.signer, null);
  if (report.state === 'invalid' || report.state === 'none') {
    assert.notEqual(report.headline, 'recognised');
    assert.ok(!report.signer?.name || !text.includes(report.signer.name), 'a refused record is attributed to somebody');
    assert.ok(
      report.state === 'none' || text.includes('Signed by Nobody'),
      'a refused record is attributed to somebody',
    );
  }
}

/** @param {Attack} attack */
export async function carryOut(attack) {
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
  assertHonest(report, text);
  attack.check?.(report, text);
}
