// T-55: what the signer left out of the hash may be changed by anybody, and is never shown as part of the record.
import assert from 'node:assert/strict';
import { signed } from '../fixtures/catalog/kit.mjs';
import { encodeJpeg, jpegParts, segment, xmpSegment } from '../fixtures/jpeg.mjs';
import { encodePng, pngParts, textChunk, xmpChunk } from '../fixtures/png.mjs';
import { paint, scenes } from '../fixtures/scene.mjs';
import { allKnown } from './kit.mjs';

const small = { width: 64, height: 40 };
const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/">caption as signed</x:xmpmeta>';
const exif = Buffer.concat([
  Buffer.from('Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0', 'latin1'),
  Buffer.from('2025:06:01 12:00:00'),
]);

const picture = (extra) => encodeJpeg(paint({ ...scenes.noon, ...small }), { extra });
const image = (chunks) => encodePng(paint({ ...scenes.dusk, ...small }), chunks);

/** What carries the details, the part that is left out, and what is written over what. */
const carriers = {
  'XMP of a JPEG': ['jpeg', () => picture([xmpSegment(xmp)]), 'APP1', 'as signed', 'as forged'],
  'Exif of a JPEG': ['jpeg', () => picture([segment(0xe1, exif)]), 'APP1', '2025:06:01', '1999:12:31'],
  'a comment of a JPEG': [
    'jpeg',
    () => picture([segment(0xfe, Buffer.from('as signed'))]),
    'COM',
    'as signed',
    'as forged',
  ],
  'XMP of a PNG': ['png', () => image([xmpChunk(xmp)]), 'iTXt', 'as signed', 'as forged'],
  'a text of a PNG': ['png', () => image([textChunk('Comment', 'as signed')]), 'tEXt', 'as signed', 'as forged'],
};

const file = (format, base, name, excluded) => () =>
  signed({
    format,
    base: base(),
    manifest: (layout) => {
      const parts = format === 'jpeg' ? jpegParts(layout.bytes) : pngParts(layout.bytes);
      const { start, length } = parts.find((part) => part.name === name);
      const exclusions = excluded ? [layout.range, { start, length }] : [layout.range];
      return { binding: layout.dataHash({ exclusions: exclusions.sort((a, b) => a.start - b.start) }) };
    },
  });

const overwritten = (old, other) => (asset) => {
  asset.write(other, asset.indexOf(old), 'latin1');
  return asset;
};

const attacks = Object.entries(carriers).flatMap(([what, [format, base, name, old, other]]) => [
  {
    title: `${what}, which the hash leaves out, is changed`,
    before: file(format, base, name, true),
    edit: overwritten(old, other),
    state: 'trusted',
    codes: ['assertion.dataHash.match', 'assertion.dataHash.additionalExclusionsPresent'],
    shows: [/What the signature covers has not changed/, /left out of the hash/],
    hides: [/forged|1999|caption|The file has not changed since it was signed/],
    check: (report) =>
      assert.ok(
        report.uncovered.some(({ kind }) => /^metadata:/.test(kind)),
        JSON.stringify(report.uncovered),
      ),
  },
  {
    title: `${what}, which the hash covers, is changed`,
    before: file(format, base, name, false),
    edit: overwritten(old, other),
    state: 'invalid',
    codes: ['assertion.dataHash.mismatch'],
    shows: [/do not match this file/],
    hides: [/as forged|1999/],
  },
]);

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-55',
  attacker: 'changes captions, dates or places in metadata that the signer left out of the hash',
  answer: 'Still the signer’s picture, with a note which metadata are not covered; none of them is shown as signed.',
  attacks: [
    ...attacks,
    ...allKnown([
      'metadata-inserted-jpeg',
      'metadata-inserted-png',
      'metadata-before-store-jpeg',
      'metadata-before-store-png',
    ]),
  ],
};
