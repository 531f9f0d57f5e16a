// Streams of separate files: init segment and segments, bound by a Merkle tree or each for itself, as live
// video.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  box,
  eventMessage,
  fragmentedStream,
  liveSegment,
  plainInit,
  plainSegment,
  signedInit,
} from '../fixtures/bmff.mjs';
import { flip } from '../fixtures/catalog/kit.mjs';
import { c2paBox } from '../fixtures/mp4.mjs';
import { reportSchema } from '../web/schema.mjs';
import { clock, openValidator } from './cases.mjs';

const validator = openValidator();
after(async () => (await validator).dispose());

async function check(init, segments, options = {}) {
  const seen = [];
  const report = await (
    await validator
  ).validateFragments(init, segments, {
    now: clock,
    onSegment: (segment, soFar) => {
      assert.deepEqual(reportSchema(soFar), []);
      seen.push({ ...segment, streamState: soFar.state });
    },
    ...options,
  });
  assert.deepEqual(reportSchema(report), []);
  return { report, seen, codes: report.statuses.map((status) => status.code) };
}
const states = (seen) => seen.map((segment) => segment.state);
const orders = (seen) => seen.map((segment) => segment.order);

const three = fragmentedStream(3);

test('R-534: all segments of a stream, in order', async () => {
  const { report, seen, codes } = await check(three.init, three.segments, { complete: true });
  assert.equal(report.state, 'trusted', codes.join(' '));
  assert.equal(report.facets.content, 'verified');
  assert.deepEqual(states(seen), ['trusted', 'trusted', 'trusted']);
  assert.deepEqual(orders(seen), ['expected', 'expected', 'expected']);
  assert.deepEqual(
    seen.map(({ proof, track, location }) => [proof, track, location]),
    [0, 1, 2].map((location) => ['fragment', 1, location]),
  );
  assert.deepEqual(
    seen.map((segment) => segment.streamState),
    ['wellFormed', 'wellFormed', 'trusted'],
  );
  assert.deepEqual(report.stream.missing, []);
});

test('R-534: segments as they come, from a generator', async () => {
  async function* source() {
    for (const segment of three.segments) yield new Blob([segment]);
  }
  const { report } = await check(new Blob([three.init]), source());
  assert.equal(report.state, 'trusted');
  assert.equal(report.stream.received, 3);
});

test('R-534: what has not come yet is no failure, and no verdict', async () => {
  const { report, seen } = await check(three.init, three.segments.slice(0, 2));
  assert.deepEqual(states(seen), ['trusted', 'trusted']);
  assert.equal(report.state, 'wellFormed');
  assert.equal(report.facets.content, 'notChecked');
  assert.match(report.stream.missing.join(), /2 of 3/);
  assert.ok(report.summary.some((sentence) => sentence.id === 'streamIncomplete'));
});

test('R-534: what is missing at the end is a failure', async () => {
  for (const segments of [three.segments.slice(0, 2), []]) {
    const { report, codes } = await check(three.init, segments, { complete: true });
    assert.equal(report.state, 'invalid');
    assert.ok(codes.includes('assertion.bmffHash.mismatch'));
    assert.equal(report.headline, 'invalid');
  }
});

test('R-534: once failed, a stream stays failed', async () => {
  const [first, second, third] = three.segments;
  const changed = flip(second, second.length - 1);
  const { report, seen, codes } = await check(three.init, [first, changed, third, second]);
  assert.deepEqual(states(seen), ['trusted', 'invalid', 'trusted', 'trusted']);
  assert.deepEqual(
    seen.map((segment) => segment.streamState),
    ['wellFormed', 'invalid', 'invalid', 'invalid'],
  );
  assert.deepEqual(
    seen[1].statuses.map((status) => status.code),
    ['assertion.bmffHash.mismatch'],
  );
  assert.equal(report.facets.content, 'mismatch');
  assert.ok(codes.includes('assertion.bmffHash.mismatch'));
  assert.equal(report.summary.at(0).id, 'contentMismatch');
});

test('R-534: a jump is said, not punished', async () => {
  const [first, second, third] = three.segments;
  const { report, seen } = await check(three.init, [first, third, second], { complete: true });
  assert.deepEqual(orders(seen), ['expected', 'discontinuity', 'discontinuity']);
  assert.equal(report.state, 'trusted');
  assert.equal(report.stream.jumps, 2);
  assert.ok(report.summary.some((sentence) => sentence.id === 'streamJumps'));
});

test('R-531: a changed init segment spoils its segments', async () => {
  const changed = flip(three.init, three.init.length - 1);
  const { report, seen } = await check(changed, three.segments, { complete: true });
  assert.deepEqual(states(seen), ['invalid', 'invalid', 'invalid']);
  assert.equal(report.state, 'invalid');
});

test('R-533: a segment of nothing or of another stream is not what was signed', async () => {
  for (const segment of [plainSegment(1), Buffer.from('GIF89a'), Buffer.alloc(0), liveSegment(1)]) {
    const { report, seen } = await check(three.init, [segment]);
    assert.deepEqual(states(seen), ['invalid']);
    assert.equal(report.state, 'invalid');
  }
});

test('R-520: what no hash covers is listed with its segment', async () => {
  const [first, ...others] = three.segments;
  const added = Buffer.from('anything');
  const kinds = ({ uncovered }) => uncovered.map(({ kind }) => kind);
  for (const more of [c2paBox('merkle', added), c2paBox('manifest', added), box('ftyp', added)]) {
    const { report, seen } = await check(three.init, [Buffer.concat([first, more]), ...others]);
    assert.equal(report.state, 'trusted');
    assert.deepEqual(seen.map(kinds), [
      ['merkleProof', `box:${more.toString('latin1', 4, 8)}`],
      ...others.map(() => ['merkleProof']),
    ]);
    assert.equal(seen[0].uncovered[1].offset, first.length);
    assert.deepEqual(report.stream.segments.map(kinds), seen.map(kinds));
  }
});

test('segments may be memory or Blobs: the same report', async () => {
  const options = { trust: { useDefault: false } };
  const whole = await check(three.init, three.segments, options);
  const again = await check(
    three.init,
    three.segments.map((bytes) => new Blob([bytes])),
    options,
  );
  assert.deepEqual(again.report, whole.report);
});

test('an endless stream keeps the last segments only', async () => {
  const [first] = three.segments;
  const { report, seen } = await check(three.init, Array(70).fill(first));
  assert.equal(report.stream.received, 70);
  assert.equal(report.stream.segments.length, 64);
  assert.equal(seen.at(-1).index, 69);
  assert.equal(report.stream.jumps, 69);
});

test('a stream that is given up leaves the validator usable', async () => {
  const stop = new AbortController();
  const onSegment = () => stop.abort();
  await assert.rejects(check(three.init, three.segments, { signal: stop.signal, onSegment }), /abort/i);
  assert.equal((await check(three.init, three.segments)).report.state, 'trusted');
});

test('R-590, R-591: live video whose segments vouch for themselves', async () => {
  const segments = [liveSegment(7), liveSegment(8), liveSegment(9)];
  const { report, seen, codes } = await check(signedInit(), segments);
  assert.deepEqual(states(seen), ['trusted', 'trusted', 'trusted'], codes.join(' '));
  assert.deepEqual(orders(seen), ['unknown', 'expected', 'expected']);
  assert.equal(report.state, 'trusted');
  assert.equal(report.stream.kind, 'live');
  assert.equal(seen[0].location, 7);
  assert.ok(seen[0].signer.length > 0);
});

test('R-590: without a manifest in the init segment the stream is not more than well-formed', async () => {
  const { report } = await check(plainInit, [liveSegment(1), liveSegment(2)]);
  assert.equal(report.state, 'wellFormed');
  assert.equal(report.headline, 'partial');
});

test('R-590: an init segment with media data', async () => {
  const { report, codes } = await check(signedInit([box('mdat', Buffer.alloc(9))]), [liveSegment(1)]);
  assert.ok(codes.includes('livevideo.init.invalid'));
  assert.equal(report.state, 'invalid');
});

test('R-590: a segment that nothing vouches for', async () => {
  const after = await check(plainInit, [liveSegment(1), plainSegment(2)]);
  assert.deepEqual(states(after.seen), ['trusted', 'invalid']);
  assert.ok(after.codes.includes('livevideo.segment.invalid'));
  assert.equal(after.report.state, 'invalid');
  const before = await check(plainInit, [plainSegment(1), liveSegment(2)]);
  assert.ok(before.codes.includes('livevideo.segment.invalid'));
  assert.equal(before.report.state, 'invalid');
  const never = await check(plainInit, [plainSegment(1), plainSegment(2)]);
  assert.deepEqual(states(never.seen), ['none', 'none']);
  assert.equal(never.report.state, 'none');
  assert.deepEqual(never.codes, []);
});

test('R-590: a segment whose manifest does not hold', async () => {
  const good = liveSegment(2);
  const { report, seen, codes } = await check(plainInit, [liveSegment(1), flip(good, good.length - 1), liveSegment(3)]);
  assert.deepEqual(states(seen), ['trusted', 'invalid', 'trusted']);
  assert.ok(codes.includes('livevideo.manifest.invalid'));
  assert.ok(codes.includes('assertion.bmffHash.mismatch'));
  assert.equal(report.state, 'invalid');
});

for (const [what, fields, code] of [
  ['the number does not grow', { sequenceNumber: 7 }, 'livevideo.assertion.invalid'],
  ['the number is missing', { sequenceNumber: undefined }, 'livevideo.assertion.invalid'],
  ['the stream is another', { streamId: 'other' }, 'livevideo.assertion.invalid'],
  ['there is no assertion', null, 'livevideo.assertion.invalid'],
  ['the method is missing', { continuityMethod: undefined }, 'livevideo.continuityMethod.invalid'],
  ['the method is unknown', { continuityMethod: 'org.example' }, 'livevideo.continuityMethod.invalid'],
  ['no manifest is named', { previousManifestId: undefined }, 'livevideo.continuityMethod.invalid'],
  ['another manifest is named', { previousManifestId: 'urn:c2pa:other' }, 'livevideo.segment.invalid'],
]) {
  test(`R-591: ${what}`, async () => {
    const { report, seen, codes } = await check(signedInit(), [liveSegment(7), liveSegment(8, fields)]);
    assert.deepEqual(states(seen), ['trusted', 'invalid']);
    assert.deepEqual(
      codes.filter((one) => one.startsWith('livevideo.')),
      [code],
    );
    assert.equal(report.state, 'invalid');
  });
}

test('R-591: the first segment of all names none before it', async () => {
  const { seen } = await check(signedInit(), [liveSegment(1, { previousManifestId: undefined })]);
  assert.deepEqual(states(seen), ['trusted']);
});

test('R-592: signed segment information is not checked, and that is said', async () => {
  const info = eventMessage('urn:c2pa:verifiable-segment-info', Buffer.from([0xd2, 0x84, 0x40, 0xa0, 0x40, 0x40]));
  const { report, seen } = await check(signedInit(), [Buffer.concat([info, plainSegment(1)])]);
  assert.deepEqual(states(seen), ['wellFormed']);
  assert.equal(seen[0].proof, 'segmentInfo');
  assert.match(seen[0].note, /not checked/);
  assert.equal(report.state, 'wellFormed');
  assert.ok(report.summary.some((sentence) => sentence.id === 'streamNotChecked'));
});
