// T-63: thousands of small assertions are read once each. That the work grows with their number and no faster is
// counted in tests/unit; here each file ends, and what lies above the limit says so.
import assert from 'node:assert/strict';
import { actions } from '../fixtures/assertions.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { known } from './kit.mjs';

/** A claim that lists so many assertions of a few bytes. */
const withMany =
  (count, gathered = false) =>
  () => {
    const assertions = [
      actions(),
      ...Array.from({ length: count }, (_, i) => ({
        label: `org.example.n__${i + 1}`,
        cbor: i,
        salt: false,
        gathered,
      })),
    ];
    return signed({ format: 'png', manifest: { assertions } });
  };

const listed = (count) => (report) => {
  assert.equal(report.manifests[0].assertions.length, count + 2);
  assert.equal(report.statuses.filter(({ code }) => code === 'assertion.hashedURI.match').length, count + 2);
};

const refused = {
  state: 'invalid',
  shows: [/More than \d+ assertions/],
  check: (report) =>
    assert.ok(
      report.limits.some(({ limit }) => limit === 'assertions'),
      JSON.stringify(report.limits),
    ),
};

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-63',
  attacker: 'signs a claim with thousands of tiny assertions',
  answer: 'Each is read and hashed once; more than the limit are refused with the limit as the reason.',
  attacks: [
    ...[625, 1250, 2500, 5000].map((count) => ({
      title: `${count} assertions of a few bytes`,
      build: withMany(count),
      state: 'trusted',
      check: listed(count),
    })),
    { title: '2,500 gathered assertions', build: withMany(2500, true), state: 'trusted', check: listed(2500) },
    { title: '10,100 assertions', build: withMany(10100), ...refused },
    known('jumbf-many-assertions'),
  ],
};
