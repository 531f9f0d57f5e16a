// What every byte of a base file is for: where the manifest store lies in its carrier, and inside the store which
// box or COSE field a byte belongs to. Reads well-formed files only, with a reader of its own.
import { boxesIn } from '../fixtures/edit.mjs';
import { rootBoxes } from '../fixtures/mp4.mjs';

const ascii = (bytes, at, length) => bytes.toString('latin1', at, at + length);

/** An ISO base media file or a segment of one. */
export const isBmff = (bytes) => ['ftyp', 'styp'].includes(ascii(bytes, 4, 4));

/** Positions of the store's bytes when they lie in one piece: where its superbox begins. */
function contiguous(bytes) {
  const mark = Buffer.from('6a756d6463327061001100108000', 'hex'); // jumd, c2pa
  const start = bytes.indexOf(mark) - 12;
  if (start < 0) throw new Error('no manifest store in this file');
  return Array.from({ length: bytes.readUInt32BE(start) }, (_, i) => [start + i]);
}

/** JPEG: every APP11 segment after the first repeats the box header. */
function inSegments(bytes) {
  const places = [];
  for (let at = 2; bytes[at + 1] !== 0xda; at += 2 + bytes.readUInt16BE(at + 2)) {
    if (bytes[at + 1] !== 0xeb || ascii(bytes, at + 4, 2) !== 'JP') continue;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    for (let i = at + (places.length === 0 ? 12 : 20); i < end; i += 1) places.push([i]);
  }
  return places;
}

/** GIF: sub-blocks of at most 255 bytes behind an application extension. */
function inSubBlocks(bytes) {
  const places = [];
  let at = bytes.indexOf('C2PA_GIF') + 11;
  while (bytes[at] !== 0) {
    for (let i = 1; i <= bytes[at]; i += 1) places.push([at + i]);
    at += bytes[at] + 1;
  }
  return places;
}

/** SVG: base64, so that a byte lies in two characters. */
function inBase64(bytes) {
  const open = bytes.indexOf('<c2pa:manifest');
  const start = bytes.indexOf('>', open) + 1;
  const end = bytes.indexOf('<', start);
  const length = Buffer.from(ascii(bytes, start, end - start), 'base64').length;
  return Array.from({ length }, (_, i) => {
    const first = start + Math.floor((i * 8) / 6);
    return [first, start + Math.floor((i * 8 + 7) / 6)];
  });
}

const carriers = { jpeg: inSegments, gif: inSubBlocks, svg: inBase64 };

/** For each byte of the store its places in the file. */
export const storePlaces = ({ carrier, part }) => (carriers[carrier] ?? contiguous)(part);

export function storeOf({ carrier, part }) {
  const places = storePlaces({ carrier, part });
  if (carrier === 'svg') {
    const text = ascii(part, places[0][0], places.at(-1)[1] + 1 - places[0][0]);
    return Buffer.from(text, 'base64').subarray(0, places.length);
  }
  return Buffer.from(places.map(([at]) => part[at]));
}

// --- inside the store -------------------------------------------------------------------------

/** Header of a CBOR item: major type, argument, where its content starts. */
function cborHead(bytes, at) {
  const major = bytes[at] >> 5;
  const low = bytes[at] & 31;
  const width = { 24: 1, 25: 2, 26: 4, 27: 8 }[low] ?? 0;
  const argument = width === 0 ? low : Number(BigInt(`0x${bytes.toString('hex', at + 1, at + 1 + width)}`));
  return { major, argument, start: at + 1 + width };
}

/** Where the item at `at` ends. */
function cborEnd(bytes, at) {
  const { major, argument, start } = cborHead(bytes, at);
  if (major === 2 || major === 3) return start + argument;
  if (major !== 4 && major !== 5 && major !== 6) return start;
  let next = start;
  const items = major === 6 ? 1 : argument * (major === 5 ? 2 : 1);
  for (let i = 0; i < items; i += 1) next = cborEnd(bytes, next);
  return next;
}

function headerName(bytes, at) {
  const { major, argument, start } = cborHead(bytes, at);
  if (major === 3) return ascii(bytes, start, argument);
  return major === 0 && argument === 33 ? 'x5chain' : String(argument);
}

/** Fields of a COSE_Sign1_Tagged. */
function coseFields(bytes, from, mark) {
  const array = from + 1;
  const protectedAt = array + 1;
  const unprotectedAt = cborEnd(bytes, protectedAt);
  const map = cborHead(bytes, unprotectedAt);
  mark(from, protectedAt, 'cose.structure');
  mark(protectedAt, unprotectedAt, 'cose.protected');
  mark(unprotectedAt, map.start, 'cose.structure');
  let at = map.start;
  for (let i = 0; i < map.argument; i += 1) {
    const value = cborEnd(bytes, at);
    const end = cborEnd(bytes, value);
    const name = headerName(bytes, at);
    mark(at, value, `cose.unprotected.name`);
    mark(value, end, `cose.unprotected.${name}`);
    at = end;
  }
  mark(at, cborEnd(bytes, at), 'cose.payload');
  at = cborEnd(bytes, at);
  mark(at, cborEnd(bytes, at), 'cose.signature');
}

/** Header, description (its fields apart) and content of a superbox; gives the boxes behind the description. */
function split(store, box, kind, mark) {
  const [description, ...children] = boxesIn(store, box.start + box.header, box.end);
  mark(box.start, description.start, `${kind}.header`);
  const type = description.start + description.header;
  const toggles = type + 16;
  const salt = store.indexOf(0, toggles + 1) + 1;
  mark(description.start, type, `${kind}.description`);
  mark(type, toggles, `${kind}.type`);
  mark(toggles, toggles + 1, `${kind}.toggles`);
  mark(toggles + 1, salt, `${kind}.label`);
  mark(salt, description.end, `${kind}.salt`);
  return children;
}

function activeManifest(store, manifest, mark) {
  for (const part of split(store, manifest, 'manifest', mark)) {
    const kind = part.label === 'c2pa.assertions' ? 'assertions' : part.label?.replace(/^c2pa\.|\.v2$/g, '');
    if (part.type !== 'jumb') {
      mark(part.start, part.end, 'manifest.free');
      continue;
    }
    const children = split(store, part, kind, mark);
    for (const child of children) {
      if (kind === 'assertions') {
        for (const content of split(store, child, 'assertion', mark))
          mark(content.start, content.end, 'assertion.content');
        if (child.end === part.end) mark(child.start, child.start + 4, 'assertion.lastLength');
      } else {
        mark(child.start, child.start + 8, `${kind}.content.header`);
        if (kind === 'signature') coseFields(store, child.start + 8, mark);
        else mark(child.start + 8, child.end, `${kind}.content`);
      }
    }
  }
}

/** Name of the region of each byte of a store. */
export function storeRegions(store) {
  const names = new Array(store.length).fill('store.unknown');
  const mark = (start, end, name) => names.fill(name, start, end);
  const [whole] = boxesIn(store, 0, store.length);
  const manifests = split(store, whole, 'store', mark);
  manifests.slice(0, -1).forEach((manifest) => mark(manifest.start, manifest.end, 'ingredient'));
  activeManifest(store, manifests.at(-1), mark);
  return names;
}

// --- the whole file ---------------------------------------------------------------------------

/** Fields of the carrier whose bytes may be told apart from the rest of it. */
function carrierFields({ part, carrier }, mark) {
  if (carrier === 'gif') {
    const version = part.indexOf('C2PA_GIF') + 8;
    mark(version + 1, version + 3, 'carrier.version');
  }
  if (carrier === 'png') {
    const end = storePlaces({ part, carrier }).at(-1)[0] + 1;
    mark(end, end + 4, 'carrier.crc');
  }
  if (carrier === 'jpeg') {
    for (let at = 2; part[at + 1] !== 0xda; at += 2 + part.readUInt16BE(at + 2)) {
      if (part[at + 1] !== 0xeb) continue;
      mark(at + 6, at + 8, 'carrier.instance');
      mark(at + 8, at + 12, 'carrier.sequence');
    }
  }
}

/** A base64 character may hold bits of two regions: `a+b`. */
const joined = (before, name) =>
  before === name || !/^[a-z]+\.|^ingredient/.test(before) || before.startsWith('carrier') ? name : `${before}+${name}`;

/** Merkle boxes: what a box says it is, and the place and the proof in it; a fragment needs the one before it. */
function merkleBoxes(part, mark) {
  const roots = rootBoxes(part);
  for (const [i, { type, start, length }] of roots.entries()) {
    const purpose = start + 8 + 16 + 4;
    if (type !== 'uuid' || ascii(part, purpose, 7) !== 'merkle\0') continue;
    const kind = roots[i + 1]?.type === 'moof' ? 'fragment' : 'merkle';
    mark(start, purpose + 7, `${kind}.header`);
    mark(purpose + 7, start + length, `${kind}.content`);
  }
}

/**
 * Name of the region of each byte of the tampered part: `content` is what a hard binding covers, `carrier` what it
 * leaves out around the store, `excluded:…` what else it leaves out.
 * @param {import('./bases.mjs').Base & {part: Buffer}} base
 * @param {import('../../web/src/report.js').Report} report of the base
 */
export function regions(base, report) {
  const names = new Array(base.part.length).fill('content');
  const mark = (start, end, name) => names.fill(name, start, end);
  // What is uncovered is told of the first file.
  for (const { kind, offset, length } of base.at === 0 ? report.uncovered : []) {
    mark(offset, offset + length, kind === 'manifestStore' ? 'carrier' : `excluded:${kind}`);
  }
  if (isBmff(base.part)) merkleBoxes(base.part, mark);
  if (base.carrier === null) return names;
  carrierFields(base, mark);
  const inside = storeRegions(storeOf(base));
  storePlaces(base).forEach((places, i) => {
    for (const at of places) names[at] = joined(names[at], inside[i]);
  });
  return names;
}
