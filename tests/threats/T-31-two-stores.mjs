// T-31: more than one store. None is used, because nobody can know which one others would use.
import { carrierRange } from '../fixtures/edit.mjs';
import { embed } from '../fixtures/embed.mjs';
import { insert, otherBase, signed } from '../fixtures/catalog/kit.mjs';
import { jpegParts, segment } from '../fixtures/jpeg.mjs';
import { bmffHash } from '../fixtures/mp4.mjs';
import { textChunk } from '../fixtures/png.mjs';
import { known } from './kit.mjs';

const several = {
  state: 'invalid',
  codes: ['general.error'],
  absentCodes: ['claimSignature.validated', 'assertion.dataHash.match', 'assertion.bmffHash.match'],
  shows: [/Several sets of credentials in one file; none is used/, /the file holds more than one record/],
  hides: [/vouched for by/],
};

const carrier = (format, asset) => {
  const { start, length } = carrierRange(format, asset);
  return asset.subarray(start, start + length);
};

/** Another picture's store. */
const foreign = (format) => carrier(format, signed({ format, base: otherBase[format], manifest: { name: 'other' } }));

const own = (format) => carrier(format, signed({ format }));

const places = {
  'in front of its own': (format, asset) => carrierRange(format, asset).start,
  'behind its own': (format, asset) => {
    const { start, length } = carrierRange(format, asset);
    return start + length;
  },
  'with other parts between': (format, asset) =>
    format === 'png' ? asset.length - 12 : jpegParts(asset).find(({ name }) => name === 'SOS').start,
};

const stores = { 'its own store again': own, 'another picture’s store': foreign };

const pictures = ['jpeg', 'png'].flatMap((format) =>
  Object.entries(stores).flatMap(([what, store]) =>
    Object.entries(places).map(([where, at]) => ({
      title: `${what} ${where}, in a ${format}`,
      before: () => signed({ format }),
      edit: (bytes) => insert(bytes, at(format, bytes), store(format)),
      ...several,
    })),
  ),
);

const interleaved = {
  title: 'the packets of two stores in turn, in a JPEG',
  before: () => signed({ embed: { chunkSize: 512 } }),
  edit: (bytes) => {
    const { start, length } = carrierRange('jpeg', bytes);
    const one = [];
    for (let at = start; at < start + length; at += 2 + bytes.readUInt16BE(at + 2)) {
      one.push(bytes.subarray(at, at + 2 + bytes.readUInt16BE(at + 2)));
    }
    const two = one.map((packet) => {
      const other = Buffer.from(packet);
      other.writeUInt16BE(9, 6);
      return other;
    });
    const mixed = one.flatMap((packet, i) => [packet, two[i]]);
    return Buffer.concat([bytes.subarray(0, start), ...mixed, bytes.subarray(start + length)]);
  },
  ...several,
  // Each packet of the other store ends the run of this one.
  shows: [/Signed by Nobody/],
};

/** A store that ends nothing: behind the end of the picture it is no part of it. */
const behindTheEnd = ['jpeg', 'png'].map((format) => ({
  title: `another store behind the end of a ${format}`,
  before: () => signed({ format }),
  edit: (bytes) => Buffer.concat([bytes, foreign(format)]),
  state: 'invalid',
  anyCodes: ['assertion.dataHash.mismatch', 'general.error'],
}));

const movie = (more = {}) => signed({ format: 'mp4', manifest: (layout) => ({ binding: bmffHash(layout), ...more }) });

/** The box with the store, which stands behind the first one. */
const storeBox = (bytes) => {
  const at = bytes.readUInt32BE(0);
  return bytes.subarray(at, at + bytes.readUInt32BE(at));
};

const films = [
  ['in front of its own', (bytes) => bytes.readUInt32BE(0)],
  ['behind its own', (bytes) => bytes.readUInt32BE(0) + storeBox(bytes).length],
  ['at the end', (bytes) => bytes.length],
].flatMap(([where, at]) => [
  {
    title: `its own store again ${where}, in a film`,
    before: () => movie(),
    edit: (bytes) => insert(bytes, at(bytes), storeBox(bytes)),
    ...several,
  },
  {
    title: `another film’s store ${where}, in a film`,
    before: () => movie(),
    edit: (bytes) => insert(bytes, at(bytes), storeBox(movie({ name: 'other' }))),
    ...several,
  },
]);

const embeddedTwice = ['wav', 'html', 'structured'].map((format) => ({
  title: `a second store in a ${format} file`,
  build: () => {
    let store;
    const bytes = signed({ format, editAsset: (a, _, s) => ((store = s), a) });
    const type = { html: 'text/html', structured: 'text/x-python' }[format];
    const twice = embed(format, bytes, store).bytes;
    return type ? { bytes: twice, type } : twice;
  },
  state: 'invalid',
  absentCodes: ['claimSignature.validated', 'assertion.dataHash.match'],
  shows: [/Several sets of credentials in one file/],
}));

/** Of several wrappers in a text the hash has to leave out the one that is meant; here it leaves out another. */
const inText = {
  title: 'a second store in a text',
  build: () => {
    let store;
    const bytes = signed({ format: 'text', editAsset: (a, _, s) => ((store = s), a) });
    return { bytes: embed('text', bytes, store).bytes, type: 'text/plain' };
  },
  state: 'invalid',
  codes: ['assertion.dataHash.mismatch'],
};

const between = {
  title: 'two stores with a comment between, in a PNG',
  before: () => signed({ format: 'png' }),
  edit: (bytes) =>
    insert(bytes, places['behind its own']('png', bytes), Buffer.concat([textChunk('a', 'b'), own('png')])),
  ...several,
};
const betweenSegments = {
  title: 'two stores with a comment between, in a JPEG',
  before: signed,
  edit: (bytes) =>
    insert(
      bytes,
      places['behind its own']('jpeg', bytes),
      Buffer.concat([segment(0xfe, Buffer.from('b')), own('jpeg')]),
    ),
  ...several,
};

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-31',
  attacker: 'puts a second store into a file, before, behind or into the first',
  answer: 'None is used: several sets of credentials in one file.',
  attacks: [
    ...pictures,
    interleaved,
    between,
    betweenSegments,
    ...behindTheEnd,
    ...films,
    ...embeddedTwice,
    inText,
    known('png-store-after-end', { state: 'none', shows: [/There are bytes after the end of the file's format/] }),
    known('structured-two-blocks', { shows: several.shows.slice(0, 1) }),
    known('text-two-wrappers', { shows: several.shows.slice(0, 1) }),
    known('html-two-scripts', { shows: several.shows.slice(0, 1) }),
  ],
};
