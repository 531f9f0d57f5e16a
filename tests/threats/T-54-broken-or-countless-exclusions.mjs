// T-54: exclusions that overlap, run backwards or out of the file, or are too many to be honest.
import assert from 'node:assert/strict';
import { signed } from '../fixtures/catalog/kit.mjs';
import { allKnown, known } from './kit.mjs';

const wide = (start, length) => (layout) => ({
  binding: layout.dataHash({ fields: { exclusions: [{ start, length }] } }),
});

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-54',
  attacker: 'signs exclusions that overlap, are unsorted, negative, huge, outside the file or countless',
  answer: 'Invalid, malformed or a mismatch; above the limit they are not even read.',
  attacks: [
    ...allKnown(
      ['overlap', 'unsorted', 'same-twice', 'negative-start', 'negative-length'].map((n) => `exclusions-${n}`),
    ),
    ...allKnown(
      ['huge-start', 'huge-length', 'not-a-list', 'text-numbers', 'no-length'].map((n) => `exclusions-${n}`),
      { codes: ['assertion.dataHash.malformed'], absentCodes: ['assertion.dataHash.match'] },
    ),
    ...allKnown(
      ['beyond-end', 'missing', 'empty'].map((n) => `exclusions-${n}`),
      {
        shows: [/do not match this file/],
      },
    ),
    known('number-wide-start'),
    known('number-float-start', { codes: ['assertion.dataHash.malformed'] }),
    known('exclusions-many', {
      check: (report) => assert.ok(report.limits.some(({ limit }) => limit === 'exclusions')),
    }),
    ...[
      ['start and length whose sum is 2^64', 0xffffffffffffff00n, 0x100n],
      ['start and length whose sum is above 2^64', 0xffffffffffffffffn, 2n],
      ['a length of 2^63', 0n, 1n << 63n],
      ['a start of 2^32 and a length of 0', 1n << 32n, 0n],
    ].map(([title, start, length]) => ({
      title: `an exclusion with ${title}`,
      build: () => signed({ manifest: wide(start, length) }),
      state: 'invalid',
      anyCodes: ['assertion.dataHash.malformed', 'assertion.dataHash.mismatch'],
      absentCodes: ['assertion.dataHash.match'],
    })),
    {
      title: 'two thousand exclusions of no bytes, which leave nothing out',
      build: () =>
        signed({
          manifest: (layout) => ({
            binding: layout.dataHash({
              fields: {
                exclusions: [layout.range, ...Array(2000).fill({ start: layout.bytes.length, length: 0 })].map(
                  ({ start, length }) => ({ start, length }),
                ),
              },
            }),
          }),
        }),
      state: 'trusted',
      codes: ['assertion.dataHash.match'],
    },
  ],
};
