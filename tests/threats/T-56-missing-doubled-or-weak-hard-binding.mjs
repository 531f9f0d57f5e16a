// T-56: exactly one hard binding, of a kind that holds, with an algorithm that does.
import { actions } from '../fixtures/assertions.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { allKnown, known } from './kit.mjs';

const unbound = { shows: [/Invalid Content Credentials/], absentCodes: ['assertion.dataHash.match'] };
const weak = {
  codes: ['algorithm.unsupported'],
  absentCodes: ['assertion.dataHash.match', 'assertion.boxesHash.match'],
};

const withBinding = (title, binding, expected) => ({
  title,
  build: () => signed({ manifest: (layout) => ({ binding: binding(layout) }) }),
  state: 'invalid',
  ...expected,
});

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-56',
  attacker: 'signs a record without a hard binding, with two, or with one that is broken or weak',
  answer: 'Invalid with the code of what is wrong; an unknown or weak algorithm is never computed with.',
  attacks: [
    known('binding-none', unbound),
    known('binding-soft-only', unbound),
    known('binding-part-only', unbound),
    known('binding-cloud-data', { ...unbound, codes: ['assertion.cloud-data.hardBinding'] }),
    known('binding-bmff-v1-only', unbound),
    known('binding-bmff-on-jpeg'),
    known('binding-collection-on-jpeg'),
    known('binding-twice'),
    known('binding-two-kinds'),
    ...allKnown(['data-hash-missing', 'data-hash-empty', 'data-hash-short', 'data-hash-alg-other'], {
      shows: [/do not match this file/],
    }),
    ...allKnown(['data-hash-alg-md5', 'data-hash-alg-sha1', 'data-hash-alg-capitals'], weak),
    ...allKnown(['claim-alg-unknown', 'claim-alg-capitals', 'claim-alg-md5', 'claim-alg-sha1'], {
      codes: ['algorithm.unsupported'],
    }),
    withBinding(
      'a data hash of the whole file as text',
      (l) => {
        const { hash } = l.dataHash().cbor;
        return l.dataHash({ fields: { hash: hash.toString('base64') } });
      },
      { codes: ['assertion.dataHash.mismatch'] },
    ),
    withBinding(
      'a right hash with a byte behind it',
      (l) => {
        const { hash } = l.dataHash().cbor;
        return l.dataHash({ fields: { hash: Buffer.concat([hash, Buffer.alloc(1)]) } });
      },
      { codes: ['assertion.dataHash.mismatch'] },
    ),
    withBinding(
      'a data hash of version 2, which does not exist',
      (l) => l.dataHash({ assertion: { label: 'c2pa.hash.data.v2' } }),
      { codes: ['claim.hardBindings.missing'] },
    ),
    {
      title: 'a good data hash and a second one that is wrong',
      build: () =>
        signed({
          manifest: (l) => ({
            assertions: [
              actions(),
              l.dataHash({ fields: { hash: Buffer.alloc(32) }, assertion: { label: 'c2pa.hash.data__1' } }),
            ],
          }),
        }),
      state: 'invalid',
      codes: ['assertion.multipleHardBindings'],
    },
  ],
};
