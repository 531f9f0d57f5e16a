// T-45: a manifest has one claim, one signature and one assertion store; where there are two, none is taken.
import { signed } from '../fixtures/catalog/kit.mjs';
import * as jumbf from '../fixtures/jumbf.mjs';
import { known } from './kit.mjs';
import { appended, boxChanged, prepended } from './without-key.mjs';

const forgedClaim = (label) =>
  jumbf.superbox({ type: jumbf.uuid.claim, label }, [
    jumbf.cborBox({ 'dc:title': 'forged', claim_generator_info: { name: 'Forger' } }),
  ]);
const forgedSignature = jumbf.superbox({ type: jumbf.uuid.signature, label: 'c2pa.signature' }, [
  jumbf.cborBox([Buffer.from([0xa0]), {}, null, Buffer.alloc(64, 1)]),
]);
const forgedAssertions = jumbf.superbox({ type: jumbf.uuid.assertions, label: 'c2pa.assertions' }, [
  jumbf.superbox({ type: jumbf.uuid.cbor, label: 'c2pa.actions.v2' }, [
    jumbf.cborBox({ actions: [{ action: 'c2pa.created', description: 'forged' }] }),
  ]),
]);
const emptyAssertions = jumbf.superbox({ type: jumbf.uuid.assertions, label: 'c2pa.assertions' }, []);
const forgedContent = jumbf.cborBox({ 'dc:title': 'forged' });

const manifest = [''];
const claim = ['', 'c2pa.claim.v2'];
const signature = ['', 'c2pa.signature'];

/** What is added, where, and the codes it must have. */
const edits = [
  ['a second claim', manifest, forgedClaim('c2pa.claim.v2'), ['claim.multiple']],
  ['a claim of version 1', manifest, forgedClaim('c2pa.claim'), ['claim.multiple']],
  ['a second signature', manifest, forgedSignature, ['claimSignature.missing']],
  ['a second assertion store', manifest, forgedAssertions, ['assertion.missing']],
  ['an empty assertion store', manifest, emptyAssertions, ['assertion.missing']],
  ['a second CBOR box in the claim', claim, forgedContent, ['claim.cbor.invalid']],
  ['a second CBOR box in the signature', signature, forgedContent, ['claimSignature.missing']],
];

const attacks = edits.flatMap(([what, path, box, codes]) =>
  Object.entries({ 'in front of the signed content': prepended, 'behind the signed content': appended }).map(
    ([where, put]) => ({
      title: `${what}, ${where}`,
      before: signed,
      edit: boxChanged(path, put(box)),
      state: 'invalid',
      codes,
      absentCodes: codes[0] === 'assertion.missing' ? [] : ['claimSignature.validated'],
      shows: [/Invalid Content Credentials/],
      hides: [/forge/i],
    }),
  ),
);

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-45',
  attacker: 'adds a second claim, signature or assertion store, or a second CBOR box to one of them',
  answer: 'Invalid: none of the two is taken, wherever the forged one stands.',
  attacks: [
    ...attacks,
    known('manifest-second-signature', { hides: [/Example Press/] }),
    known('manifest-second-assertion-store'),
  ],
};
