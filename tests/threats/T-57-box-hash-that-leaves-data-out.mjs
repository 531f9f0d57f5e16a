// T-57: a box hash lists every box of the file in its order; what it leaves out may only be the store and metadata.
// JPEG XL with several JUMBF boxes is tested in tests/unit/container and tests/unit/binding.
import { signed } from '../fixtures/catalog/kit.mjs';
import { jpegParts, segment } from '../fixtures/jpeg.mjs';
import { chunk, pngParts } from '../fixtures/png.mjs';
import { allKnown } from './kit.mjs';

const boxed = (format, edit) => () =>
  signed({ format, manifest: (layout) => ({ binding: layout.boxesHash({ edit }) }) });

/** A box put in front of the named one. */
const inserted = (format, name, added) => (bytes) => {
  const parts = format === 'jpeg' ? jpegParts(bytes) : pngParts(bytes);
  const { start } = parts.find((part) => part.name === name);
  return Buffer.concat([bytes.subarray(0, start), added, bytes.subarray(start)]);
};

const mismatch = {
  state: 'invalid',
  anyCodes: ['assertion.boxesHash.mismatch', 'assertion.boxesHash.unknownBox'],
  absentCodes: ['assertion.boxesHash.match'],
  shows: [/do not match this file/],
};

const refused = { absentCodes: ['assertion.boxesHash.match'], shows: [/do not match this file/] };
const boxHash = (names) => names.map((name) => `boxes-hash-${name}`);

const insertions = [
  ['jpeg', 'EOI', segment(0xfe, Buffer.from('added later')), 'a comment'],
  ['jpeg', 'SOF0', segment(0xdb, Buffer.concat([Buffer.from([0]), Buffer.alloc(64, 1)])), 'another quantisation table'],
  ['jpeg', 'SOS', segment(0xeb, Buffer.from('XX another APP11')), 'a foreign APP11 segment'],
  ['png', 'IEND', chunk('tEXt', Buffer.from('Comment\0added later')), 'a text chunk'],
  ['png', 'IEND', chunk('IDAT', Buffer.from([0])), 'more picture data'],
  ['png', 'IDAT', chunk('acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0])), 'an animation control'],
];

/** Marks the entry of a box as excluded, or gives it no hash to speak of. */
const marked = (name, fields) => (entries) =>
  entries.map((entry) => (entry.names[0] === name ? { ...entry, ...fields } : entry));

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-57',
  attacker: 'signs a list of boxes that leaves data out, or adds boxes that no list has',
  answer: 'Invalid: an unknown box, a mismatch or a malformed list; picture data can never be excluded.',
  attacks: [
    ...insertions.map(([format, name, added, what]) => ({
      title: `${format}: ${what} put in front of ${name} afterwards`,
      before: boxed(format),
      edit: inserted(format, name, added),
      ...mismatch,
    })),
    ...['IHDR', 'IDAT', 'IEND'].map((name) => ({
      title: `png: ${name} is marked as excluded`,
      build: boxed('png', marked(name, { excluded: true })),
      state: 'invalid',
      ...refused,
    })),
    ...['SOF0', 'DHT', 'DQT', 'SOS'].map((name) => ({
      title: `jpeg: ${name} is marked as excluded`,
      build: boxed('jpeg', marked(name, { excluded: true })),
      state: 'invalid',
      ...refused,
    })),
    {
      title: 'jpeg: all of the scan is an excluded stretch of its box',
      build: boxed('jpeg', marked('SOS', { exclusions: [{ start: 0, length: 100 }] })),
      state: 'invalid',
      ...refused,
    },
    ...allKnown(boxHash(['pixel-flipped-jpeg', 'pixel-flipped-png', 'order', 'unlisted', 'unlisted-last']), refused),
    ...allKnown(
      boxHash(['unlisted-picture', 'listed-absent', 'hash-missing', 'hash-wrong', 'excluded-picture']),
      refused,
    ),
    ...allKnown(boxHash(['names-missing', 'names-empty', 'store-not-listed', 'without-boxes', 'no-boxes']), {
      codes: ['assertion.boxesHash.malformed'],
      ...refused,
    }),
    ...allKnown(boxHash(['store-in-range', 'picture-called-store']), refused),
    ...allKnown(['restart-boxes-changed', 'restart-markers-only-changed'], refused),
    ...allKnown(['two-pictures-after-changed', 'two-pictures-second-unlisted'], refused),
    ...allKnown(
      ['negative', 'overlap', 'no-such-box', 'beyond'].map((name) => `box-exclusion-${name}`),
      refused,
    ),
  ],
};
