// Limits of the containers.
import { deflateSync } from 'node:zlib';
import { encode } from '../fixtures/cbor.mjs';
import { page, prose } from '../fixtures/documents.mjs';
import { base, insert, signed } from '../fixtures/catalog/kit.mjs';
import { jpegParts, segment } from '../fixtures/jpeg.mjs';
import { box } from '../fixtures/jumbf.mjs';
import { bmffHash, film, filmOf } from '../fixtures/mp4.mjs';
import { encodePng, pngParts, xmpChunk } from '../fixtures/png.mjs';
import { paint, scenes } from '../fixtures/scene.mjs';
import { tiff } from '../fixtures/tiff.mjs';
import { book, collectionHash, zip } from '../fixtures/zip.mjs';
import { media } from '../tamper/media.mjs';
import { storeIn } from './kit.mjs';

/** @typedef {import('./kit.mjs').Entry} Entry */

const count = (length, make) => Array.from({ length }, (_, i) => make(i));
const ascii = (text) => Buffer.from(text, 'latin1');
const u32 = (value, little) => {
  const bytes = Buffer.alloc(4);
  if (little) bytes.writeUInt32LE(value);
  else bytes.writeUInt32BE(value);
  return bytes;
};

/** A store that our own writer signs in a format, and its length, which the file does not show at once. */
function stored(format, binding) {
  let length = 0;
  const measure = (made) => {
    length = made.length;
    return made;
  };
  const manifest = binding ? (layout) => ({ binding: binding(layout) }) : {};
  return { file: () => signed({ format, manifest, editStore: measure }), needed: () => length };
}

const broken = { limit: 'storeBytes', below: /** @type {const} */ ('invalid'), says: 'general.error' };

// Stores in files that nobody signs here: whatever they are bound to, a limit that is met has to be said.
const loose = signed();
const store = storeIn(loose);
const elsewhere = {
  ...broken,
  needed: store.length,
  state: /** @type {const} */ ('invalid'),
  says: /"presence":"broken"/,
};

const riffChunk = (name, body) =>
  Buffer.concat([ascii(name), u32(body.length, true), body, Buffer.alloc(body.length % 2)]);
const riff = (form, ...chunks) => riffChunk('RIFF', Buffer.concat([ascii(form), ...chunks]));
const subBlocks = (bytes) =>
  Buffer.concat([
    ...count(Math.ceil(bytes.length / 255), (i) => {
      const part = bytes.subarray(255 * i, 255 * (i + 1));
      return Buffer.concat([Buffer.from([part.length]), part]);
    }),
    Buffer.from([0]),
  ]);
const gifWith = (...extensions) => {
  const plain = media.gif.make(1);
  return Buffer.concat([plain.subarray(0, -1), ...extensions, plain.subarray(-1)]);
};
const gifApplication = (name, content) => Buffer.concat([Buffer.from([0x21, 0xff, 11]), ascii(name), content]);
const synchsafe = (n) => Buffer.from([(n >> 21) & 127, (n >> 14) & 127, (n >> 7) & 127, n & 127]);
const id3Frame = (name, body) => Buffer.concat([ascii(name), synchsafe(body.length), Buffer.alloc(2), body]);
const id3 = (...frames) => {
  const body = Buffer.concat(frames);
  return Buffer.concat([ascii('ID3\x04\0\0'), synchsafe(body.length), body, media.mp3.make(1).subarray(-417)]);
};
const objectHead = ascii('\0application/c2pa\0\0\0');
const oggPage = (serial, flags, lacing, data) =>
  Buffer.concat([
    ascii('OggS\0'),
    Buffer.from([flags]),
    Buffer.alloc(8),
    u32(serial, true),
    Buffer.alloc(8),
    Buffer.from([lacing.length, ...lacing]),
    data,
  ]);
const oggPrefix = ascii('\0c2pa');
/** A packet in as many pages as it needs: all but its end in pages of 255 segments of 255 bytes. */
function oggStore(packet) {
  const full = 255 * 255;
  const pages = count(Math.floor(packet.length / full), (i) =>
    oggPage(7, i === 0 ? 2 : 1, Array(255).fill(255), packet.subarray(full * i, full * (i + 1))),
  );
  const rest = packet.subarray(full * pages.length);
  const lacing = [...Array(Math.floor(rest.length / 255)).fill(255), rest.length % 255];
  return Buffer.concat([...pages, oggPage(7, pages.length === 0 ? 6 : 5, lacing, rest)]);
}
const ogg = (...pages) => Buffer.concat([oggPage(1, 2, [7], ascii('\x01vorbis')), ...pages]);
const jxl = (...boxes) =>
  Buffer.concat([box('JXL ', ascii('\r\n\x87\n')), box('ftyp', ascii('jxl \0\0\0\0jxl ')), ...boxes]);
const c2paTable = (body) => {
  const head = Buffer.alloc(20);
  head.writeUInt16BE(1, 2);
  head.writeUInt32BE(20, 12);
  head.writeUInt32BE(body.length, 16);
  return Buffer.concat([head, body]);
};
const font = (table) => {
  const head = Buffer.alloc(28);
  head.writeUInt32BE(0x10000, 0);
  head.writeUInt16BE(1, 4);
  head.write('C2PA', 12, 'latin1');
  head.writeUInt32BE(28, 20);
  head.writeUInt32BE(table.length, 24);
  return Buffer.concat([head, table]);
};
const svg = (body) =>
  ascii(
    `<svg xmlns="http://www.w3.org/2000/svg"><metadata><c2pa:manifest xmlns:c2pa="http://c2pa.org/manifest">` +
      `${body.toString('base64')}</c2pa:manifest></metadata></svg>`,
  );

/** A PDF file of these objects, numbered from 1; the first is the catalogue. @param {Buffer[]} objects */
function pdf(...objects) {
  const parts = [ascii('%PDF-1.7\n')];
  const at = [];
  let length = parts[0].length;
  for (const [i, object] of objects.entries()) {
    at.push(length);
    parts.push(Buffer.concat([ascii(`${i + 1} 0 obj\n`), object, ascii('\nendobj\n')]));
    length += parts.at(-1).length;
  }
  const lines = at.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  const table = `xref\n0 ${at.length + 1}\n0000000000 65535 f \n${lines.join('')}`;
  parts.push(ascii(`${table}trailer\n<</Root 1 0 R/Size ${at.length + 1}>>\nstartxref\n${length}\n%%EOF\n`));
  return Buffer.concat(parts);
}
const pdfStream = (entries, data) =>
  Buffer.concat([ascii(`<<${entries}/Length ${data.length}>>\nstream\r\n`), data, ascii('\nendstream')]);
const specification = ascii('<</Type/Filespec/AFRelationship/C2PA_Manifest/F(c.c2pa)/EF<</F 3 0 R>>>>');
const pdfStore = (stream) => pdf(ascii('<</Type/Catalog/AF[2 0 R]>>'), specification, stream);

/** @type {Entry[]} */
const stores = [
  { ...broken, title: 'a PNG file', ...stored('png') },
  { ...broken, title: 'a WAV file', ...stored('wav') },
  { ...broken, title: 'an MP4 file', ...stored('mp4', bmffHash) },
  { ...broken, title: 'a ZIP archive', ...stored('zip', collectionHash) },
  { ...broken, title: 'an HTML page', ...stored('html') },
  { ...broken, title: 'a program', ...stored('structured') },
  { ...broken, title: 'a text', ...stored('text'), says: 'manifest.text.corruptedWrapper' },
  { ...elsewhere, title: 'a WebP file', file: () => riff('WEBP', riffChunk('C2PA', store)) },
  {
    ...elsewhere,
    title: 'a GIF file',
    file: () => gifWith(gifApplication('C2PA_GIF\x01\0\0', subBlocks(store))),
  },
  { ...elsewhere, title: 'a TIFF file', file: () => tiff(store).bytes },
  {
    ...elsewhere,
    title: 'an MP3 file',
    file: () => id3(id3Frame('GEOB', Buffer.concat([objectHead, store]))),
    needed: objectHead.length + store.length,
  },
  {
    ...elsewhere,
    title: 'an Ogg file',
    file: () => ogg(oggStore(Buffer.concat([oggPrefix, store]))),
    needed: oggPrefix.length + store.length,
  },
  { ...elsewhere, title: 'a JPEG XL file', file: () => jxl(store) },
  { ...elsewhere, title: 'a font', file: () => font(c2paTable(store)), needed: 20 + store.length },
  { ...elsewhere, title: 'an SVG file', file: () => svg(store) },
  { ...elsewhere, title: 'a PDF file', file: () => pdfStore(pdfStream('', store)) },
  {
    ...elsewhere,
    title: 'a PDF file, compressed',
    file: () => pdfStore(pdfStream('/Filter/FlateDecode', deflateSync(Buffer.concat([store, Buffer.alloc(9000)])))),
    needed: store.length + 9000,
  },
  { ...elsewhere, title: 'a store alone', file: () => store, state: 'wellFormed' },
];

/** A container whose walk ends before it is over: nobody knows what else is in it. */
const halted = {
  limit: 'segments',
  cut: true,
  state: /** @type {const} */ ('none'),
  below: /** @type {const} */ ('none'),
  says: /"id":"notChecked"/,
};
const comments = (length) => Buffer.concat(count(length, () => segment(0xfe, Buffer.from('x'))));
const scene = paint({ ...scenes.dusk, width: 64, height: 40 });
const pngChunks = (file) => pngParts(file).length - 1;

/** @type {Entry[]} */
const pieces = [
  {
    limit: 'app11Packets',
    title: 'a JPEG file',
    file: () => signed({ embed: { chunkSize: 500 } }),
    needed: (file) =>
      count(
        file.length - 3,
        (i) => file[i] === 0xff && file[i + 1] === 0xeb && file.toString('latin1', i + 4, i + 6) === 'JP',
      ).filter(Boolean).length,
    ...broken,
    limit: 'app11Packets',
  },
  // The scan belongs to its marker.
  {
    ...halted,
    title: 'a JPEG file',
    file: () => insert(base.jpeg, 20, comments(9)),
    needed: (file) => jpegParts(file).length,
  },
  { ...halted, title: 'a PNG file', file: () => base.png, needed: pngChunks },
  { ...halted, title: 'a WAV file', file: () => media.wav.make(1), needed: 3 },
  { ...halted, title: 'a WebP file', file: () => media.webp.make(1), needed: 4 },
  {
    ...halted,
    title: 'a GIF file',
    file: () => gifWith(gifApplication('NETSCAPE2.0', Buffer.from([1, 0, 0]))),
    needed: 4,
  },
  { ...halted, title: 'an MP3 file', file: () => id3(...count(5, () => id3Frame('TIT2', ascii('\x03x')))), needed: 5 },
  { ...halted, title: 'an Ogg file', file: () => ogg(...count(4, () => oggPage(1, 0, [1], ascii('x')))), needed: 5 },
  { ...halted, title: 'a JPEG XL file', file: () => jxl(...count(3, () => box('free', Buffer.alloc(0)))), needed: 5 },
  {
    ...halted,
    title: 'the objects of a PDF file',
    cut: false,
    file: () => pdf(ascii('<</Type/Catalog>>'), ...count(7, () => ascii('null'))),
    needed: 9,
  },
  {
    ...halted,
    title: 'a JPEG file whose store is reached',
    file: signed,
    needed: (file) => jpegParts(file).length,
    state: 'trusted',
    below: 'trusted',
    says: /"limit":"container"/,
  },
  {
    ...halted,
    title: 'a JPEG file with a box hash',
    file: () => signed({ manifest: (layout) => ({ binding: layout.boxesHash() }) }),
    needed: (file) => jpegParts(file).length,
    state: 'trusted',
    below: 'invalid',
    says: 'assertion.boxesHash.mismatch',
  },
];

/** A film whose movie box holds four boxes in each other and one that holds no others. */
const nestedBoxes = () => {
  const outwards = ['stbl', 'minf', 'mdia', 'trak', 'moov'];
  const movie = outwards.reduce((inner, type) => box(type, inner), box('stsd', Buffer.alloc(8)));
  return Buffer.concat([box('ftyp', ascii('isom\0\0\0\0isom')), movie, box('mdat', Buffer.alloc(9))]);
};
const directories = (length) => {
  const at = (i) => 8 + 18 * i;
  const head = Buffer.concat([ascii('II*\0'), u32(8, true)]);
  const each = count(length, (i) =>
    Buffer.concat([
      Buffer.from([1, 0, 0, 1, 4, 0]),
      u32(1, true),
      u32(0, true),
      u32(i + 1 < length ? at(i + 1) : 0, true),
    ]),
  );
  return Buffer.concat([head, ...each]);
};
const proofBox = (length) =>
  box('uuid', [c2paUuid, Buffer.alloc(4), ascii('merkle\0'), encode({ location: Buffer.alloc(length - 12) })]);
const unread = {
  state: /** @type {const} */ ('none'),
  below: /** @type {const} */ ('none'),
  says: /"id":"notChecked"/,
};

/** @type {Entry[]} */
const structures = [
  // moov, trak, mdia, minf, stbl and stsd; with ftyp and mdat all boxes.
  { limit: 'bmffDepth', title: 'an MP4 file', file: nestedBoxes, needed: 6, ...unread },
  { limit: 'bmffBoxes', title: 'an MP4 file', file: nestedBoxes, needed: 8, ...unread },
  {
    limit: 'storeBytes',
    title: 'the proofs of an MP4 file',
    file: () => Buffer.concat([film, ...count(3, () => proofBox(40))]),
    needed: 3 * 40,
    ...unread,
    says: /Merkle box is larger/,
  },
  { limit: 'tiffDirectories', title: 'a TIFF file', file: () => directories(6), needed: 6, ...unread },
  {
    limit: 'zipEntries',
    title: 'an archive',
    ...stored('zip', collectionHash),
    needed: 3,
    below: 'none',
    says: /\"id\":\"notChecked\"/,
  },
  {
    limit: 'storeBytes',
    title: 'the directory of an archive',
    file: () => zip(book),
    needed: (file) => file.readUInt32LE(file.length - 10),
    ...unread,
  },
  { limit: 'textBytes', title: 'a text', file: () => prose, needed: prose.length, ...unread, cut: true },
  { limit: 'textBytes', title: 'an HTML page', file: () => page, needed: page.length, ...unread, cut: true },
  {
    limit: 'textBytes',
    title: 'an SVG file',
    file: () => media.svg.make(1),
    needed: (file) => file.length,
    ...unread,
    cut: true,
  },
];

const packet = `<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:d="http://purl.org/dc/terms/" d:provenance="https://press.example/store.c2pa"/>`;
/** A picture that points at its store is one without credentials where the pointer is not read. */
const pointer = {
  limit: 'xmpBytes',
  state: /** @type {const} */ ('none'),
  below: /** @type {const} */ ('none'),
  shown: /press\.example/,
  needed: packet.length,
};
const iTXt = (file) => pngParts(file).find(({ name }) => name === 'iTXt');
const GUID = 'A'.repeat(32);
const extendedXmp = segment(
  0xe1,
  Buffer.concat([ascii(`http://ns.adobe.com/xmp/extension/\0${GUID}`), u32(packet.length), u32(0), ascii(packet)]),
);
const tiffXmp = () => {
  const directory = Buffer.concat([
    Buffer.from([1, 0, 0xbc, 2, 1, 0]),
    u32(packet.length, true),
    u32(26, true),
    u32(0, true),
  ]);
  return Buffer.concat([ascii('II*\0'), u32(8, true), directory, ascii(packet)]);
};
/** XMP in a GIF file stands there as it is; a ramp of lengths behind it leads every reader to the end. */
const ramp = Buffer.from([1, ...count(256, (i) => 255 - i), 0]);
const gifXmp = () => gifWith(gifApplication('XMP DataXMP', Buffer.concat([ascii(packet), ramp])));
const c2paUuid = Buffer.from('d8fec3d61b0e483c92975828877ec481', 'hex');
const xmpUuid = Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex');
const zlib = deflateSync(Buffer.from(packet));

/** @type {Entry[]} */
const metadata = [
  { ...pointer, title: 'extended XMP of a JPEG file', file: () => insert(base.jpeg, 20, extendedXmp) },
  {
    ...pointer,
    title: 'a PNG file',
    file: () => encodePng(scene, [xmpChunk(packet)]),
    needed: (file) => iTXt(file).length - 12,
  },
  { ...pointer, title: 'a WebP file', file: () => riff('WEBP', riffChunk('XMP ', ascii(packet))) },
  { ...pointer, title: 'a GIF file', file: gifXmp, needed: 'search' },
  { ...pointer, title: 'a TIFF file', file: tiffXmp },
  { ...pointer, title: 'a JPEG XL file', file: () => jxl(box('xml ', ascii(packet))) },
  {
    ...pointer,
    title: 'an MP3 file',
    file: () => id3(id3Frame('PRIV', ascii(`XMP\0${packet}`))),
    needed: packet.length + 4,
  },
  {
    ...pointer,
    title: 'an MP4 file',
    file: () => Buffer.concat([filmOf(Buffer.alloc(9)), box('uuid', [xmpUuid, ascii(packet)])]),
  },
  {
    ...pointer,
    title: 'a PDF file',
    file: () => pdf(ascii('<</Type/Catalog/Metadata 2 0 R>>'), pdfStream('', ascii(packet))),
  },
  {
    ...pointer,
    limit: 'inflateBytes',
    cut: true,
    title: 'XMP of a PDF file',
    file: () => pdf(ascii('<</Type/Catalog/Metadata 2 0 R>>'), pdfStream('/Filter/FlateDecode', zlib)),
  },
];

/** @type {Entry[]} */
export const containers = [...stores, ...pieces, ...structures, ...metadata];
