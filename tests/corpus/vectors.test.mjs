// Vectors that other implementations publish with their expectations (expected/ of the corpus), at the time each asks
// for. Where the text of the specification decides otherwise, the disagreement is argued here, and must be one.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createValidator } from '../../web/dist/node.js';
import { assets, corpus, present, read, trust } from './corpus.mjs';

const FILES = ['encypher-conformance-corpus', 'encypher-core-corpus'];

/** Codes that we report besides or do not report, and the state if it is another; by the vector's id. */
const ARGUED = {
  'suite-valid-jpeg-es256': { why: 'their signer is on no list of ours', extra: ['signingCredential.untrusted'] },
  'suite-valid-png-es256': { why: 'their signer is on no list of ours', extra: ['signingCredential.untrusted'] },
  'suite-expired-signer': { why: 'their signer is on no list of ours', extra: ['signingCredential.untrusted'] },
  'suite-truncated-jumbf': {
    why: 'T-38: a store that cannot be read is said aloud, never taken for no store',
    extra: ['general.error'],
    state: 'invalid',
  },
  'suite-wrong-eku-signer': {
    why: 'R-730: a purpose that no list is configured for makes a credential untrusted, not invalid',
    extra: ['signingCredential.untrusted'],
    missing: ['signingCredential.invalid'],
  },
  'reference-missing-hash-algorithm': {
    why: 'RFC 9053 §2.1: the ECDSA signature is in DER, which COSE does not know; and the binding has no algorithm',
    extra: ['claimSignature.mismatch'],
    missing: ['claimSignature.validated', 'assertion.dataHash.match'],
  },
  'reference-invalid-bmff-missing-generator-info': {
    why: 'R-404, docs/adr/0010: claim_generator_info is younger than claims of version 1; the file is as it was signed',
    missing: ['claim.malformed'],
    unwanted: ['assertion.bmffHash.match'],
    ingredients: true,
    state: 'trusted',
  },
};

const validator = present ? await createValidator({ trust: trust() }) : undefined;
after(() => validator?.dispose());

const files = present ? new Map(assets().map((asset) => [asset.sha256, asset.file])) : new Map();
const vectorsOf = (name) =>
  present ? JSON.parse(readFileSync(join(corpus, `expected/${name}.json`), 'utf8')).vectors : [];
const sorted = (codes) => [...new Set(codes)].sort();
const without = (codes, others) => codes.filter((code) => !others.includes(code));

for (const name of FILES) {
  const vectors = vectorsOf(name);
  const here = vectors.filter(({ sha256 }) => files.has(sha256));
  for (const { id, sha256, fixed_validation_time: now, ...vector } of here) {
    const expected = vector.expected ?? vector.normative_expected;
    test(`${name}: ${id}`, async () => {
      const report = await validator.validate(read(files.get(sha256)), { now });
      const own = report.statuses.filter(({ manifest }) => manifest <= 0);
      const codes = own.map(({ code }) => code);
      const { extra = [], missing = [], unwanted = [], state, ingredients } = ARGUED[id] ?? {};
      const good = [...(expected.success_codes ?? []), ...(expected.required_success_codes ?? [])];
      const lacking = sorted([...good, ...expected.failure_codes].filter((code) => !codes.includes(code)));
      assert.deepEqual(lacking, sorted(missing));
      const failures = own.filter(({ kind }) => kind === 'failure').map(({ code }) => code);
      if (!ingredients) assert.deepEqual(sorted(without(failures, expected.failure_codes)), sorted(extra));
      const refused = (expected.forbidden_success_codes ?? []).filter((code) => codes.includes(code));
      assert.deepEqual(refused, unwanted);
      const wanted = state ?? expected.validation_state.toLowerCase();
      assert.ok(wanted === report.state || (wanted === 'valid' && report.state === 'trusted'), report.state);
    });
  }
  test(`${name}: the vectors that are here`, { skip: present ? false : `${name}: the corpus is not here` }, (t) => {
    assert.ok(here.length > 0);
    t.diagnostic(`${here.length} of ${vectors.length} vectors have their file in the corpus`);
  });
}
