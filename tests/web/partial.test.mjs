// What `onProgress` says before a verdict: who signed, while the content is not compared yet, and never more than that.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createValidator } from '../../web/dist/node.js';
import { fragmentedStream } from '../fixtures/bmff.mjs';
import { anchors } from '../fixtures/catalog/anchors.mjs';
import { catalog } from '../fixtures/catalog.mjs';
import { largeFile } from '../fixtures/large.mjs';
import { load } from './bundle.mjs';
import { FakeCore } from './fake-core.mjs';
import { now, samples, read, trust } from './samples.mjs';
import { reportSchema } from './schema.mjs';

const { Engine, drive, bytesSource, webHasher, noSignal } = await load('engine', 'drive', 'sources', 'hash', 'abort');
const LENGTH = 9_500_000;
const lists = [...trust.lists, { name: 'fixtures', role: 'signer', pem: anchors().root }];

let validator;
before(async () => {
  validator = await createValidator({ trust: { useDefault: false, lists } });
});
after(() => validator.dispose());

/** The verdict, and everything that was said before it. */
async function watched(bytes, options = {}) {
  const said = [];
  const report = await validator.validate(bytes, { now, onProgress: (progress) => said.push(progress), ...options });
  return { report, said, partials: said.flatMap(({ partial }) => partial ?? []) };
}

/** T-53: whatever becomes of the content, a partial report has not vouched for it. */
function checkPartial(partial, report, name) {
  assert.deepEqual(reportSchema(partial), [], name);
  assert.equal(partial.pending, true, name);
  assert.ok(['wellFormed', 'invalid'].includes(partial.state), name);
  assert.ok(['notChecked', 'notApplicable'].includes(partial.facets.content), name);
  assert.notEqual(partial.facets.integrity, 'intact', name);
  assert.ok(!partial.statuses.some(({ code }) => /Hash\.match$/.test(code)), name);
  for (const { state } of partial.manifests) assert.ok(['wellFormed', 'invalid'].includes(state), name);
  if (partial.state === 'invalid') assert.equal(report.state, 'invalid', `${name}: invalid stays so`);
  else assert.equal(partial.summary[0].id, 'contentPending', name);
  assert.ok(!('pending' in report), name);
}

test('a large file: the signer is known before the content is compared', async () => {
  const bytes = largeFile('flat', LENGTH);
  for (const state of ['trusted', 'invalid']) {
    const { report, said, partials } = await watched(bytes);
    assert.equal(report.state, state);
    assert.equal(partials.length, 1);
    const [partial] = partials;
    checkPartial(partial, report, state);
    assert.equal(partial.state, 'wellFormed');
    assert.equal(partial.headline, 'partial');
    assert.equal(partial.signer.trust, 'recognised');
    assert.equal(partial.facets.integrity, 'partial');
    assert.equal(partial.facets.content, 'notChecked');
    const at = said.findIndex((progress) => progress.partial !== undefined);
    assert.ok(said[at].bytes < LENGTH && said.at(-1).bytes >= LENGTH, 'bytes add up');
    assert.ok(said.every(({ bytes: so_far, size }, i) => size === bytes.length && so_far >= (said[i - 1]?.bytes ?? 0)));
    bytes[bytes.length >> 1] ^= 1; // the same record, another content
  }
});

test('every sample and every made file: at most one partial report, and no verdict in it', async () => {
  const files = [
    ...samples.map(({ file }) => ({ name: file, build: () => read(file) })),
    ...catalog.map(({ name, build }) => ({ name, build })),
  ];
  const states = { wellFormed: 0, invalid: 0 };
  for (const { name, build } of files) {
    const { report, partials } = await watched(build());
    assert.ok(partials.length <= 1, name);
    for (const partial of partials) {
      checkPartial(partial, report, name);
      states[partial.state] += 1;
    }
  }
  assert.ok(states.wellFormed > 20 && states.invalid > 20, JSON.stringify(states));
});

test('aborting out of a partial report ends the validation', async () => {
  const reason = new Error('seen enough');
  const abort = new AbortController();
  const said = [];
  const onProgress = (progress) => {
    said.push(progress);
    if (progress.partial !== undefined) abort.abort(reason);
  };
  const started = validator.validate(largeFile('picture', LENGTH), { now, signal: abort.signal, onProgress });
  await assert.rejects(started, reason);
  assert.ok(said.at(-1).partial, 'nothing is said after that');
});

test('segments of a stream have no partial report of their own', async () => {
  const { init, segments } = fragmentedStream(3);
  const said = [];
  await validator.validateFragments(init, segments, { now, onProgress: (progress) => said.push(progress) });
  assert.ok(said.length > segments.length);
  assert.ok(said.filter(({ partial }) => partial !== undefined).length <= 1);
});

test('one who does not listen pays for no report', async () => {
  const counting = class extends FakeCore {
    reports = 0;
    step(handle) {
      return JSON.stringify({ ...JSON.parse(super.step(handle)), awaitsContent: true });
    }
    report(handle, format) {
      this.reports += 1;
      return super.report(handle, format);
    }
  };
  for (const [onProgress, expected] of [
    [undefined, 0],
    [() => undefined, 1],
  ]) {
    const core = new counting();
    const session = await new Engine(() => Promise.resolve(core), []).open({ size: 64, now });
    const source = bytesSource(new Uint8Array(64));
    const resolver = () => Promise.resolve('notAllowed');
    await drive(session, { source, hasher: webHasher, resolver, signal: noSignal(), onProgress });
    assert.equal(core.reports, expected);
    session.close();
  }
});
