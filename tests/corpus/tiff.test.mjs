// a box hash of a TIFF file is undefined: no binding, whatever it says.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { actions } from '../fixtures/assertions.mjs';
import { Layout, simpleManifest } from '../fixtures/asset.mjs';
import { storeBox } from '../fixtures/manifest.mjs';
import { signer } from '../fixtures/test-pki.mjs';
import { tiff } from '../fixtures/tiff.mjs';
import { clock, openValidator } from './cases.mjs';

const validator = openValidator();
after(async () => (await validator).dispose());

const boxesHash = {
  label: 'c2pa.hash.boxes',
  cbor: { alg: 'sha256', boxes: [{ names: ['TIFh'], hash: Buffer.alloc(32) }] },
};

/** A signed TIFF; the store is made until its length, which is hashed, stands still. */
function signedTiff(manifestOf) {
  for (let length = 4096, round = 0; round < 8; round += 1) {
    const layout = new Layout('jpeg', tiff(Buffer.alloc(length)));
    const spec = { signer: signer(), format: 'image/tiff', title: 'picture.tiff', ...manifestOf(layout) };
    const store = storeBox([simpleManifest(layout, spec).bytes]);
    if (store.length === length) return tiff(store).bytes;
    length = store.length;
  }
  throw new Error('the length of the manifest store does not settle');
}

async function check(manifestOf) {
  const report = await (await validator).validate(signedTiff(manifestOf), { now: clock });
  assert.equal(report.asset.format, 'tiff');
  return { state: report.state, codes: report.statuses.map((status) => status.code) };
}

// the count changes with the store's length, so it may be left out of the hash like the store itself.
test('R-136, A-04: the count of the entry left out is not an exclusion of content', async () => {
  const leavingOut = (extra) => (layout) => ({ binding: layout.dataHash({ exclusions: [extra, layout.range] }) });
  const count = await check(leavingOut({ start: 14, length: 4 }));
  assert.equal(count.state, 'trusted', count.codes.join(' '));
  assert.ok(!count.codes.includes('assertion.dataHash.additionalExclusionsPresent'), count.codes.join(' '));
  const offset = await check(leavingOut({ start: 18, length: 4 }));
  assert.equal(offset.state, 'invalid', offset.codes.join(' '));
});

test('R-137: a box hash alone binds nothing', async () => {
  const { state, codes } = await check(() => ({ binding: boxesHash }));
  assert.equal(state, 'invalid');
  assert.ok(codes.includes('claim.hardBindings.missing'), codes.join(' '));
  assert.deepEqual(
    codes.filter((code) => code.startsWith('assertion.boxesHash.')),
    [],
  );
});

test('R-137: beside a data hash it is ignored', async () => {
  const { state, codes } = await check((layout) => ({
    assertions: [actions(), boxesHash],
    binding: layout.dataHash(),
  }));
  assert.equal(state, 'trusted', codes.join(' '));
  assert.ok(codes.includes('assertion.dataHash.match'));
});
