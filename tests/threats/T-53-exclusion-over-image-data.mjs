// T-53: what a data hash leaves out must be the carrier of the store as the walk through the container finds it, or
// metadata. Each attack replaces what it left out, so that the hash itself is right.
import { jpegWithXmp } from '../fixtures/catalog/boxes-hash.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { jpegParts } from '../fixtures/jpeg.mjs';
import { pngParts } from '../fixtures/png.mjs';
import { allKnown } from './kit.mjs';

const partsOf = (layout) => (layout.format === 'jpeg' ? jpegParts(layout.bytes) : pngParts(layout.bytes));
const part = (layout, ...names) => partsOf(layout).find(({ name }) => names.includes(name));
const from = (start, end) => ({ start, length: end - start });
const end = ({ start, length }) => start + length;

/** What is left out beside the store or together with it; exclusions in ascending order. */
const exclusions = {
  'the header of the picture': (l) => [part(l, 'IHDR', 'SOF0')],
  'the whole picture data': (l) => [part(l, 'IDAT', 'SOS')],
  'the middle of the picture data': (l) => {
    const data = part(l, 'IDAT', 'SOS');
    return [from(data.start + 40, end(data) - 40)];
  },
  'one byte of the picture data': (l) => [from(part(l, 'IDAT', 'SOS').start + 60, part(l, 'IDAT', 'SOS').start + 61)],
  'the end of the picture': (l) => [part(l, 'IEND', 'EOI')],
};

/** The store's own exclusion, grown. */
const grown = {
  'from the start of the file to the end of the store': (l) => [from(0, end(l.range))],
  'from the store to the end of the file': (l) => [from(l.range.start, l.bytes.length)],
  'the whole file': (l) => [from(0, l.bytes.length)],
  'one byte before the store': (l) => [from(l.range.start - 1, end(l.range))],
  'one byte behind the store': (l) => [from(l.range.start, end(l.range) + 1)],
  'the store and the header of what follows it': (l) => [from(l.range.start, end(l.range) + 8)],
  'the store and the picture data': (l) => [from(l.range.start, end(part(l, 'IDAT', 'SOS')))],
};

const sorted = (ranges) => ranges.sort((a, b) => a.start - b.start);

/** A file signed over these exclusions, and the byte in the middle of what is no store changed. */
const attacked = (format, ranges) => () => {
  let target;
  return signed({
    format,
    manifest: (layout) => {
      const list = sorted(ranges(layout));
      const other = list.find(({ start }) => start !== layout.range.start);
      if (other === undefined) target = end(list[0]) - 1;
      else if (other.start < layout.range.start) target = Math.min(end(other), layout.range.start) - 1;
      else target = other.start + Math.floor(other.length / 2);
      return { binding: layout.dataHash({ exclusions: list.map(({ start, length }) => ({ start, length })) }) };
    },
    editAsset: (asset) => {
      asset[target] ^= 0x01;
      return asset;
    },
  });
};

const refused = {
  state: 'invalid',
  codes: ['assertion.dataHash.mismatch', 'claimSignature.validated'],
  absentCodes: ['assertion.dataHash.match', 'assertion.dataHash.additionalExclusionsPresent'],
  shows: [/These credentials do not match this file/],
};

const attacks = ['jpeg', 'png'].flatMap((format) => [
  ...Object.entries(exclusions).map(([what, ranges]) => ({
    title: `${format}: an exclusion of its own over ${what}, which is replaced`,
    build: attacked(format, (l) => [...ranges(l), l.range]),
    ...refused,
  })),
  ...Object.entries(grown).map(([what, ranges]) => ({
    title: `${format}: an exclusion over ${what}, and a byte of it replaced`,
    build: attacked(format, ranges),
    ...refused,
  })),
]);

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-53',
  attacker: 'signs a hash that leaves out picture data, and replaces it afterwards',
  answer: 'Invalid: each excluded byte must lie in the store’s own carrier or in metadata, as the walk finds them.',
  attacks: [
    ...attacks,
    {
      title: 'an exclusion that covers metadata and one byte behind it',
      build: () =>
        signed({
          base: jpegWithXmp,
          manifest: (layout) => {
            const xmp = part(layout, 'APP1');
            return {
              binding: layout.dataHash({ exclusions: [layout.range, from(xmp.start, end(xmp) + 1)] }),
            };
          },
        }),
      ...refused,
    },
    ...allKnown([
      'png-chunk-longer-than-store',
      'png-second-picture-inside-exclusion',
      'exclusion-not-store',
      'exclusion-of-picture-jpeg',
      'exclusion-of-picture-png',
    ]),
  ],
};
