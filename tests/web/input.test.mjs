// The trust lists of one call after the other: recognised as the same without reading them again, and never
// taken for lists that differ.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './bundle.mjs';

const { trustOf } = await load('input');

const list = (pem, rest = {}) => ({ name: 'studio', role: 'signer', pem, ...rest });
const bytes = (...values) => new Uint8Array(values);

test('R-736: the same lists are one set, whichever object brings them', () => {
  const first = trustOf({ lists: [list('PEM'), list(bytes(1, 2), { eku: ['1.2.3'] })] });
  assert.equal(trustOf({ lists: [list('PEM'), list(bytes(1, 2), { eku: ['1.2.3'] })] }), first);
  assert.equal(trustOf(undefined), trustOf({}));
  assert.notEqual(trustOf(undefined), first);
});

test('R-736: whatever differs makes another set', () => {
  const sets = [
    undefined,
    { useDefault: false },
    { lists: [list('PEM')] },
    { lists: [list('PEM')], useDefault: false },
    { lists: [list('PEN')] },
    { lists: [list('PEM'), list('PEM')] },
    { lists: [list('PEM', { without: ['00'] })] },
  ];
  assert.equal(new Set(sets.map((set) => trustOf(set).id)).size, sets.length);
  // Bytes that are no UTF-8 all read as the same text.
  assert.notEqual(trustOf({ lists: [list(bytes(0xff))] }).id, trustOf({ lists: [list(bytes(0xfe))] }).id);
});

test('T-06: bytes changed in place are noticed, and do not change the set they belonged to', () => {
  for (const pem of [bytes(1, 2, 3), Buffer.from([1, 2, 3])]) {
    const before = trustOf({ lists: [list(pem)] });
    pem[1] = 9;
    const after = trustOf({ lists: [list(pem)] });
    assert.notEqual(after.id, before.id);
    assert.deepEqual([...before.lists[0].bytes], [1, 2, 3]);
    assert.deepEqual([...after.lists[0].bytes], [1, 9, 3]);
  }
});

test('lists that come and go do not pile up', () => {
  const first = trustOf({ lists: [list('first')] });
  for (let i = 0; i < 8; i += 1) trustOf({ lists: [list(`other ${i}`)] });
  assert.notEqual(trustOf({ lists: [list('first')] }).id, first.id);
});
