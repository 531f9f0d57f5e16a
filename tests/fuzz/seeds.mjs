// What a fuzz target starts from: pieces of the fixture catalogue and, where the corpus is there, of its files, so
// that the first second is not spent on guessing magic numbers. Written once into the target's working folder.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, deflateSync } from 'node:zlib';
import { box, fragmentedStream } from '../fixtures/bmff.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import { catalog } from '../fixtures/catalog.mjs';
import { Layout } from '../fixtures/asset.mjs';
import { encode } from '../fixtures/cbor.mjs';
import { extractStore } from '../fixtures/edit.mjs';
import { bmffHash, filmOf, merkleHash } from '../fixtures/mp4.mjs';
import { chains, decentralizedIdentifiers, trustLists, vectors } from './seeds-pki.mjs';

const LARGEST = 64 * 1024;

const formats = {
  jpeg: ['jpg', 'jpeg'],
  png: ['png'],
  riff: ['wav', 'avi', 'webp'],
  bmff: ['mp4', 'mov', 'heic', 'heif', 'avif', 'm4a'],
  pdf: ['pdf'],
  zip: ['zip', 'epub', 'docx', 'odt'],
  svg_html: ['svg', 'html'],
  text: ['txt', 'md', 'json', 'xml'],
};

/** Kinds whose targets read a byte of their own first; a whole validation takes them as they are. */
const otherFormats = ['gif', 'tif', 'tiff', 'mp3', 'jxl', 'ogg', 'otf', 'ttf', 'c2pa'];

/** Files below a folder that are small enough and end like this. */
function corpusFiles(corpus, endings) {
  if (!corpus || !existsSync(corpus)) return [];
  return readdirSync(corpus, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.includes(entry.name.split('.').at(-1)))
    .map((entry) => readFileSync(join(entry.parentPath ?? entry.path, entry.name)))
    .filter((bytes) => bytes.length <= LARGEST);
}

/** Made when they are asked for, and once: signing takes time. */
function once(make) {
  let made;
  return () => (made ??= make());
}

const assets = once(() => catalog.map((fixture) => ({ format: fixture.format, bytes: fixture.build() })));

const stores = once(() =>
  assets().flatMap(({ format, bytes }) => {
    try {
      return [extractStore(format, bytes)];
    } catch {
      return []; // a case that breaks the carrier has no store to cut out
    }
  }),
);

/** Payloads of the boxes of a kind in a store: with CBOR those of claims, assertions, signatures. */
function boxes(store, kind) {
  const found = [];
  for (let at = store.indexOf(kind, 4); at >= 0; at = store.indexOf(kind, at + 4)) {
    const end = at - 4 + store.readUInt32BE(at - 4);
    if (end > at + 4 && end <= store.length) found.push(store.subarray(at + 4, end));
  }
  return found;
}

const cborBoxes = (store) => boxes(store, 'cbor');

const isSignature = (bytes) => bytes[0] === 0xd2;

/** DER structures of more than 255 bytes, outermost only. */
function derParts(bytes) {
  const found = [];
  const mark = Buffer.from([0x30, 0x82]);
  for (let at = bytes.indexOf(mark); at >= 0 && at + 4 <= bytes.length;) {
    const end = at + 4 + bytes.readUInt16BE(at + 2);
    if (end <= bytes.length) found.push(bytes.subarray(at, end));
    at = bytes.indexOf(mark, end <= bytes.length ? end : at + 2);
  }
  return found;
}

const signatures = () => stores().flatMap(cborBoxes).filter(isSignature);
const der = () => signatures().flatMap(derParts);

/** Certificates, each behind its length, as path_fuzz reads them: leaf first, anchor last. */
function chained(certificates) {
  const parts = certificates.map((part) => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(part.length);
    return Buffer.concat([length, part]);
  });
  return Buffer.concat(parts);
}

const u16 = (value) => Buffer.from([value >> 8, value & 0xff]);

/** A picture with XMP in an item: in the file, and in the item data box. */
function picturesWithXmp() {
  const full = (type, version, ...content) => box(type, Buffer.from([version, 0, 0, 0]), ...content);
  const packet = Buffer.from('<x:xmpmeta xmlns:x="adobe:ns:meta/"><r/></x:xmpmeta>');
  const infe = (id, type, ...more) => full('infe', 2, u16(id), u16(0), Buffer.from(`${type}\0${more.join('\0')}\0`));
  const names = full('iinf', 0, u16(2), infe(1, 'av01'), infe(2, 'mime', 'application/rdf+xml', ''));
  const picture = (version, construction, offset) => {
    const at = Buffer.alloc(8);
    at.writeUInt32BE(offset);
    at.writeUInt32BE(packet.length, 4);
    const method = version > 0 ? u16(construction) : Buffer.alloc(0);
    const places = full('iloc', version, Buffer.from([0x44, 0]), u16(1), u16(2), method, u16(0), u16(1), at);
    return Buffer.concat([
      box('ftyp', Buffer.from('avif\0\0\0\0mif1')),
      full(
        'meta',
        0,
        full('hdlr', 0, Buffer.from('\0\0\0\0pict'), Buffer.alloc(13)),
        names,
        places,
        box('idat', packet),
      ),
      box('mdat', packet),
    ]);
  };
  const { length } = picture(0, 0, 0);
  return [picture(0, 0, length - packet.length), picture(1, 1, 0), picture(1, 0, length), picture(2, 2, 0)];
}

const filmsOfCatalog = () => assets().flatMap(({ format, bytes }) => (format === 'mp4' ? [bytes] : []));

const isPicture = (bytes) => bytes[0] === 0xff || bytes[0] === 0x89;

/** The JSON that a piece of CBOR carries. */
function jsonIn(bytes) {
  const start = bytes.indexOf('{"');
  const end = bytes.lastIndexOf('}') + 1;
  return start >= 0 && end > start ? [bytes.subarray(start, end)] : [];
}

/** Identity assertions, the credentials in them and beside them, and the documents fetched for them. */
function identities(corpus) {
  const found = [...vectors('identity').values()];
  const pictures = [...found.filter(isPicture), ...corpusFiles(corpus, ['c2pa', ...formats.jpeg])];
  const statements = [...stores(), ...pictures].flatMap(cborBoxes).filter((box) => box.includes('signer_payload'));
  const credentials = stores()
    .filter((store) => store.includes('c2pa.credentials'))
    .flatMap((store) => boxes(store, 'json'));
  return [
    ...statements,
    ...statements.flatMap(jsonIn),
    ...credentials,
    ...decentralizedIdentifiers(),
    ...found.filter((bytes) => !isPicture(bytes)),
  ];
}

const NO_LIMIT = 0xff;

/** Assets behind the bytes that say what kind of host validates them; every fourth host lowers a ceiling. */
const hosted = (list) =>
  list.map((bytes, i) => {
    const limit = i % 4 === 0 ? (i / 4) % 60 : NO_LIMIT;
    return Buffer.concat([Buffer.from([(i * 37) & 0xff, limit, i & 0x1f, 0, 0]), bytes]);
  });

/** Streams: an initialisation segment and one of its segments, behind the bytes that say where the second begins. */
function streamed() {
  const { init, segments } = fragmentedStream(3);
  return segments.map((segment) => {
    const head = Buffer.from([4, NO_LIMIT, 0, 0, 0]);
    head.writeUInt16BE(init.length, 3);
    return Buffer.concat([head, init, segment]);
  });
}

/** Stores beside the asset that the first of them was made for, as resigned_fuzz reads them. */
function beside() {
  let own;
  const asset = signed({
    embed: { editSegments: () => [] },
    manifest: (layout) => ({ binding: layout.dataHash({ exclusions: [] }) }),
    editStore: (store) => (own = store),
    lengthIsFree: true,
  });
  const head = Buffer.from([4, asset.length >> 8, asset.length & 0xff]);
  return [own, ...stores()].map((store) => Buffer.concat([head, asset, store]));
}

/** A film without its store and the BMFF hash of it, behind the two bytes that say how long the film is. */
function mediaTrees() {
  return [60, 700, 1500].flatMap((length) => {
    const layout = new Layout('mp4', { bytes: filmOf(Buffer.alloc(length, 7)), range: { start: 0, length: 0 } });
    const size = Buffer.from([layout.bytes.length >> 3, layout.bytes.length & 7]);
    const hashes = [bmffHash(layout), merkleHash(layout, 64), merkleHash(layout, 1 << 16)];
    return hashes.map(({ cbor }) => Buffer.concat([size, layout.bytes, encode(cbor)]));
  });
}

/** One text in blocks that are stored, have the fixed codes and codes of their own, without the two bytes of the header. */
function deflated() {
  const text = Buffer.from('Any words, and again any words. '.repeat(40));
  const ways = [{ level: 0 }, { strategy: constants.Z_FIXED }, { level: 9 }, { strategy: constants.Z_HUFFMAN_ONLY }];
  return [Buffer.alloc(0), text].flatMap((bytes) => ways.map((way) => deflateSync(bytes, way).subarray(2)));
}

const SOURCES = {
  deflate: deflated,
  merkle: mediaTrees,
  resigned: beside,
  session: (corpus) => [
    ...hosted([
      ...assets().map(({ bytes }) => bytes),
      ...corpusFiles(corpus, [...Object.values(formats).flat(), ...otherFormats]),
    ]),
    ...streamed(),
  ],
  jumbf: stores,
  cbor: () => stores().flatMap(cborBoxes),
  cose: signatures,
  der,
  x509: () => [...der(), ...vectors('pki').values(), ...chains().flat()],
  timestamp: () => [...der(), ...vectors('pki').values()],
  ocsp: () => [...der(), ...vectors('pki').values()],
  path: () => [...signatures().map(derParts), ...chains()].map(chained),
  trust: (corpus) => [...trustLists(), ...corpusFiles(corpus && join(corpus, 'trust'), ['pem', 'txt', 'json'])],
  bmff: () => [...filmsOfCatalog(), ...picturesWithXmp()],
  identity: identities,
  jpeg: () => assets().flatMap(({ format, bytes }) => (format === 'jpeg' ? [bytes] : [])),
  png: () => assets().flatMap(({ format, bytes }) => (format === 'png' ? [bytes] : [])),
};

/** Puts the seeds of a target into `folder`, each distinct one once, or so many of them; gives how many there are. */
export function writeSeeds(target, folder, corpus, most = Infinity) {
  mkdirSync(folder, { recursive: true });
  const made = SOURCES[target]?.(corpus) ?? [];
  const seeds = new Map();
  for (const seed of [...made, ...corpusFiles(corpus, formats[target] ?? [])]) {
    seeds.set(createHash('sha1').update(seed).digest('hex'), seed);
  }
  const step = Math.max(1, seeds.size / most);
  const names = [...seeds.keys()].filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
  for (const name of names) writeFileSync(join(folder, name), seeds.get(name));
  return names.length;
}
