// T-68: the padding beside the signature is covered by nothing, so that data in it is noted and never shown.
import assert from 'node:assert/strict';
import { oldStyle } from '../fixtures/catalog/good.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { editBox, extractStore, replaceStore } from '../fixtures/edit.mjs';
import { known } from './kit.mjs';

const padKey = Buffer.from('63706164', 'hex');

/** Writes into the padding of a finished file. @param {(pad: Buffer) => void} write */
const filled = (format, write) => (bytes) =>
  replaceStore(
    format,
    bytes,
    editBox(extractStore(format, bytes), ['', 'c2pa.signature'], (box) => {
      const at = box.lastIndexOf(padKey) + padKey.length + 3;
      write(box.subarray(at, at + box.readUInt16BE(at - 2)));
      return box;
    }),
  );

const noted = (atLeast) => ({
  state: 'trusted',
  codes: ['claimSignature.validated', 'assertion.dataHash.match'],
  shows: [/Padding of the signature is not empty \(\d+ bytes? at \d+ of the record\)/],
  hides: [/hidden|script/],
  check(report) {
    const found = report.uncovered.filter(({ kind }) => kind === 'signaturePadding');
    assert.ok(found.length > 0 && found[0].length >= atLeast);
  },
});

const contents = {
  'a text': [(pad) => pad.write('hidden text'), 11],
  'markup from end to end': [(pad) => pad.fill('<script>hidden</script>'), 2000],
  'one bit in its first byte': [(pad) => pad.writeUInt8(1, 0), 1],
  'one bit in its last byte': [(pad) => pad.writeUInt8(1, pad.length - 1), 1],
};

const files = {
  jpeg: ['jpeg', () => signed()],
  png: ['png', () => signed({ format: 'png' })],
  'an old jpeg': ['jpeg', () => signed({ manifest: oldStyle() })],
};

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-68',
  attacker: 'fills the zero padding of the signature with data',
  answer: 'Nothing changes but a note: unsigned padding is not empty, with its place and length.',
  attacks: [
    ...Object.entries(files).flatMap(([name, [format, before]]) =>
      Object.entries(contents).map(([what, [write, length]]) => ({
        title: `${name}: ${what}`,
        before,
        edit: filled(format, write),
        ...noted(length),
      })),
    ),
    known('cose-pad-filled', { hides: [/hidden/] }),
    known('identity-pad2-filled'),
  ],
};
