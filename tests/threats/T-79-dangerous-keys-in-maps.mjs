// T-79: keys that mean something to a scripting language are keys like any other, in the core and in the report.
import assert from 'node:assert/strict';
import { actions } from '../fixtures/assertions.mjs';
import { mapOf } from '../fixtures/cbor.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { known } from './kit.mjs';

const keys = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'prototype',
  'then',
  'toJSON',
  'valueOf',
  '__defineGetter__',
];

const poison = { polluted: true, isTrusted: true };

/** Nothing that the report inherits was changed, and nothing inherits from the file. */
function assertClean(report) {
  for (const target of [Object.prototype, Array.prototype, Function.prototype, Promise.prototype]) {
    assert.ok(!('polluted' in target) && !('isTrusted' in target), 'a prototype was changed');
  }
  for (const value of [
    report,
    ...report.manifests,
    ...report.manifests[0].assertions,
    ...report.manifests[0].actions,
  ]) {
    assert.ok([Object.prototype, null].includes(Object.getPrototypeOf(value)), 'an object inherits from the file');
    assert.equal(value.polluted, undefined);
  }
  const copy = JSON.parse(JSON.stringify(report));
  assert.deepEqual(copy, JSON.parse(JSON.stringify(structuredClone(report))));
}

const harmless = { state: 'trusted', hides: [/\[object|function|undefined|NaN/], check: assertClean };

const attacks = keys.flatMap((key) => [
  {
    title: `${key} in a CBOR assertion, a claim and a list of actions`,
    build: () =>
      signed({
        manifest: {
          assertions: [
            actions(undefined, { cbor: mapOf([...Object.entries(actions().cbor), [key, poison]]) }),
            { label: 'org.example.proto', cbor: mapOf([[key, poison]]) },
          ],
          edit: { claim: (claim) => mapOf([...Object.entries(claim), [key, poison]]) },
        },
      }),
    ...harmless,
  },
  {
    title: `${key} in a JSON assertion`,
    build: () =>
      signed({
        manifest: {
          assertions: [
            actions(),
            { label: 'org.example.proto', json: `{"${key}": {"polluted": true}, "a": {"${key}": {"polluted": true}}}` },
            { label: 'stds.schema-org.CreativeWork', json: `{"@type": "CreativeWork", "${key}": {"polluted": true}}` },
          ],
        },
      }),
    ...harmless,
  },
  {
    title: `${key} as a label, a title, a generator and the kind of an action`,
    build: () =>
      signed({
        manifest: {
          title: key,
          claim: { claim_generator_info: { name: key, version: key } },
          assertions: [
            actions([{ ...actions().cbor.actions[0] }, { action: key, softwareAgent: { name: key } }]),
            { label: key, cbor: { [`x${key}`]: 1 } },
          ],
        },
      }),
    ...harmless,
  },
]);

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-79',
  attacker: 'uses __proto__, constructor, toString and the like as keys and names',
  answer: 'They stay data: no prototype is changed, nothing is looked up by them, and nobody reads a function’s text.',
  attacks: [...attacks, known('claim-proto-keys', { check: assertClean })],
};
