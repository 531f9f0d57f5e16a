// What a report quotes: how the content came about, and what was recorded about ingredients.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { actions, createdAction, ingredient, manifestUri, sourceType } from '../fixtures/assertions.mjs';
import { edited, openedFrom, original } from '../fixtures/catalog/ingredients.mjs';
import { flip, signed } from '../fixtures/catalog/kit.mjs';
import { manifestLabel } from '../fixtures/manifest.mjs';
import { caseOf, clock, openValidator } from './cases.mjs';

const validator = openValidator();
after(async () => (await validator).dispose());

const reportOn = async (bytes) => (await validator).validate(bytes, { now: clock });
const reportOf = (name) => reportOn(caseOf(name).build());
const says = (report) => report.summary.map((sentence) => sentence.id);
const createdBy = (source) => actions([{ ...createdAction, digitalSourceType: source }]);
const iptc = (term) => `http://cv.iptc.org/newscodes/digitalsourcetype/${term}`;
const picture = (...list) => reportOn(signed({ manifest: { assertions: list } }));
const editedWith = (o) => edited('here', '', [], o, { state: 'trusted' }).build();

test('R-566: the source type of the created action, quoted as the signer’s statement', async () => {
  const report = await reportOf('good-trained');
  const expected = { kind: 'generated', trainedModel: true, statedBy: 'signer', manifest: 0 };
  assert.deepEqual(report.origin, { ...expected, source: sourceType.trained });
  assert.ok(says(report).includes('statedGenerated'));
});

test('R-566, T-05, T-25: a capture is what the signer states, and the words say so', async () => {
  const report = await reportOf('good-es256-jpeg');
  assert.equal(report.origin.kind, 'captured');
  const sentence = report.summary.find(({ id }) => id === 'statedCaptured');
  assert.match(sentence.text, /^The signer states /);
  assert.doesNotMatch(sentence.text, /\b(real|authentic|true|verified|genuine)\b/i);
});

test('R-566: composites, terms that nobody knows, and a foreign vocabulary with the same term', async () => {
  assert.equal((await picture(createdBy(iptc('compositeCapture')))).origin.kind, 'composite');
  assert.equal((await picture(createdBy(iptc('digitalArt')))).origin.kind, 'unknown');
  const foreign = await picture(createdBy('https://example.org/digitalsourcetype/digitalCapture'));
  assert.equal(foreign.origin.kind, 'unknown');
  assert.ok(says(foreign).includes('statedSource'));
});

test('R-566: a trained model in a later action makes a composite of a capture', async () => {
  const later = { action: 'c2pa.edited', digitalSourceType: iptc('compositeWithTrainedAlgorithmicMedia') };
  const { origin } = await picture(actions([createdAction, later]));
  assert.deepEqual([origin.kind, origin.trainedModel], ['composite', true]);
});

test('R-566, T-22: an opened picture began as its parent says, whose signer it is', async () => {
  const report = await reportOf('ingredient-good-v3');
  assert.deepEqual([report.origin.kind, report.origin.manifest], ['captured', 1]);
  assert.ok(says(report).includes('statedEarlierCaptured'));
});

test('R-1005: nothing is quoted from a record that does not hold', async () => {
  assert.equal((await reportOf('pixel-flipped-jpeg')).origin, null);
  assert.equal((await reportOf('none-jpeg')).origin, null);
  const broken = await reportOn(editedWith({ original: { edit: { storedClaim: (b) => flip(b, b.length - 2) } } }));
  assert.equal(broken.origin, null);
});

test('R-1006, T-13: what is only gathered is not quoted as the signer’s statement', async () => {
  const report = await reportOf('actions-gathered-inception');
  assert.equal(report.origin.statedBy, 'gathered');
  assert.match(report.summary.find(({ id }) => id === 'statedCaptured').text, /^A statement that nobody vouches for/);
});

test('R-555: that a generator found the parent by soft binding is quoted, with the algorithms it names', async () => {
  const fields = { softBindingsMatched: true, softBindingAlgorithmsMatched: ['org.example.mark', 7] };
  const [found] = (await reportOn(editedWith({ ingredient: { fields } }))).manifests[0].ingredients;
  assert.deepEqual(found.foundBySoftBinding, ['org.example.mark', '']);
  const [plain] = (await reportOf('ingredient-good-v3')).manifests[0].ingredients;
  assert.equal(plain.foundBySoftBinding, undefined);
});

const failuresOf = (report) => report.manifests[0].ingredients[0].deltas.filter((delta) => delta.kind === 'failure');

test('R-914: a failure that the signer did not record is a delta', async () => {
  const found = failuresOf(await reportOf('ingredient-bad-parent-recorded'));
  const mismatch = found.find((delta) => delta.code === 'claimSignature.mismatch');
  assert.equal(mismatch.recorded, false);
  assert.match(mismatch.url, /^self#jumbf=\/c2pa\/.+\/c2pa\.signature$/);
});

test('R-914: an ingredient that is as recorded has no failures among its deltas', async () => {
  assert.deepEqual(failuresOf(await reportOf('ingredient-good-v3')), []);
  assert.deepEqual((await reportOf('ingredient-good-v1')).manifests[0].ingredients[0].deltas, []);
});

const signatureUri = manifestUri(manifestLabel('original'), 'c2pa.signature');
const badParent = { edit: { storedClaim: (b) => flip(b, b.length - 2) } };
const recorded = (url, code = 'claimSignature.mismatch') => ({
  validationResults: { activeManifest: { success: [], informational: [], failure: [{ code, url }] } },
});

test('R-914, R-1011, R-1013: what the signer recorded is no delta, by absolute or relative URL; the rest comes back', async () => {
  for (const url of [signatureUri, 'self#jumbf=c2pa.signature']) {
    const report = await reportOn(editedWith({ original: badParent, ingredient: { fields: recorded(url) } }));
    const codes = failuresOf(report).map((delta) => delta.code);
    assert.ok(!codes.includes('claimSignature.mismatch'), url);
  }
  const gone = await reportOn(editedWith({ ingredient: { fields: recorded(signatureUri, 'com.example.odd') } }));
  const [delta] = failuresOf(gone);
  assert.deepEqual([delta.code, delta.recorded], ['com.example.odd', true]);
});

test('R-916, R-1015, R-840: lists of the first versions admit failures, also under their old names', async () => {
  const of = (validationStatus, o = {}) =>
    reportOn(editedWith({ original: badParent, ingredient: { version: 1, fields: { validationStatus } }, ...o }));
  const admitted = await of([{ code: 'claimSignature.mismatch', url: signatureUri }]);
  assert.ok(!failuresOf(admitted).some((delta) => delta.code === 'claimSignature.mismatch'));
  const praised = await of([{ code: 'claimSignature.mismatch', url: signatureUri, success: true }]);
  assert.ok(failuresOf(praised).some((delta) => delta.code === 'claimSignature.mismatch'));
  const renamed = await of([{ code: 'signingCredential.expired', url: signatureUri }]);
  assert.ok(failuresOf(renamed).some((delta) => delta.code === 'claimSignature.outsideValidity' && delta.recorded));
});

test('R-914: the differences of one ingredient that are listed are limited, and it says so', async () => {
  const failure = Array.from({ length: 500 }, (_, i) => ({ code: `com.example.c${i}`, url: signatureUri }));
  const fields = { validationResults: { activeManifest: { success: [], informational: [], failure } } };
  const { deltas } = (await reportOn(editedWith({ ingredient: { fields } }))).manifests[0].ingredients[0];
  assert.equal(deltas.length, 128);
  assert.equal(deltas.at(-1).code, 'general.error');
});

test('R-921: a reference to another manifest tells nothing about this one', async () => {
  const bytes = signed({
    earlier: (layout) => [original(layout)],
    manifest: (_, [first]) => {
      const fields = { activeManifest: { url: manifestUri(first.label), hash: Buffer.alloc(32) } };
      const parent = ingredient({ manifest: first, fields });
      return { assertions: [openedFrom(parent), parent] };
    },
  });
  const report = await reportOn(bytes);
  assert.equal(report.manifests[0].ingredients[0].integrity, 'mismatch');
  assert.equal(report.origin, null);
});
