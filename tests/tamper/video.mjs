// Pictures and films of 16 × 16 pixels (ISO 14496-12, AV1 in ISOBMFF, AVIF): small, and a browser decodes them.
import { box as boxOf } from '../fixtures/jumbf.mjs';

const SIZE = 16;
const TICKS = 100; // thousandths of a second, per picture
const TRACK = 1;

const ascii = (text) => Buffer.from(text, 'latin1');
const zeros = (length) => Buffer.alloc(length);

function number(value, length) {
  const bytes = Buffer.alloc(length);
  bytes.writeUIntBE(value, 0, length);
  return bytes;
}
const u16 = (value) => number(value, 2);
const u32 = (value) => number(value, 4);

const box = (type, ...parts) => boxOf(type, parts);
const fullBox = (type, flags, ...parts) => box(type, u32(flags), ...parts);

// AV1: the sequence header, and three key frames of drawings with a square on a coloured ground.
const sequence = Buffer.from('0a0c000000019ff8034404340610', 'hex');
const pictures = [
  'Mm4QSgAIIIIQACDAYTTBPWvF0sl/QqNOfXErnJOvH6xwRGtG8MAW8Xq+LVu650lwu0Us/YWjyKp5IKvSJ/bZhPz0qNghUmS2Vq+zeEBY0dH///+yoj' +
    '3a3a3a3a3an2qU1yNspZKAu2N4sFCP8a24Uw==',
  'MpEBEEoACCCCEAAgwIAPsft45wxCn3HqBMbF38/m8n/ch7jeCgo5jSxLEpcZuH8OzNoyZ6PT+laEwJiKzUUlilkohAKia4HN4yfa9l5N2mRUC7UW7m' +
    '5gpJNvJou96tZuegiJAIPDbwHwyJ///qt4qvK8ryvK8nYYE7YjPnVSwhWTtoJwXmUUYXi80PHDy3zBtt1eYA==',
  'MmEQSgAIIIIQACC/419SnzvpU1zOr/jX4XQXBUBaYJM+tOBa3Y96pYbDDDDDIzYZQOeN/kLO4uR6mmx6/mC9MejonAmr+catDhWif///wnwNDIqKio' +
    'pwP3qfiaVLpJxPOa7r',
].map((frame) => Buffer.concat([sequence, Buffer.from(frame, 'base64')]));

const picture = (n) => pictures[n % pictures.length];
const configuration = () => box('av1C', Buffer.from([0x81, 0, 0x0c, 0]), sequence);

// --- films ------------------------------------------------------------------------------------

const identity = () => Buffer.concat([0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].map(u32));

function movieHeader(duration) {
  const rates = Buffer.concat([u32(0x10000), u16(0x100), zeros(10)]);
  return fullBox('mvhd', 0, zeros(8), u32(1000), u32(duration), rates, identity(), zeros(24), u32(TRACK + 1));
}

function sampleEntry() {
  const sizes = Buffer.concat([u16(SIZE), u16(SIZE), u32(0x480000), u32(0x480000)]);
  const entry = [zeros(6), u16(1), zeros(16), sizes, zeros(4), u16(1), zeros(32), u16(24), u16(0xffff)];
  return box('av01', ...entry, configuration());
}

/** @param {{sizes: number[], offset: number}} samples none where fragments have them */
function track({ sizes, offset }) {
  const duration = sizes.length * TICKS;
  const some = sizes.length > 0 ? 1 : 0;
  const table = box(
    'stbl',
    fullBox('stsd', 0, u32(1), sampleEntry()),
    fullBox('stts', 0, u32(some), ...(some ? [u32(sizes.length), u32(TICKS)] : [])),
    fullBox('stsc', 0, u32(some), ...(some ? [u32(1), u32(sizes.length), u32(1)] : [])),
    fullBox('stsz', 0, u32(0), u32(sizes.length), ...sizes.map(u32)),
    fullBox('stco', 0, u32(some), ...(some ? [u32(offset)] : [])),
  );
  const information = box(
    'minf',
    fullBox('vmhd', 1, zeros(8)),
    box('dinf', fullBox('dref', 0, u32(1), fullBox('url ', 1))),
    table,
  );
  const shape = Buffer.concat([identity(), u32(SIZE << 16), u32(SIZE << 16)]);
  return box(
    'trak',
    fullBox('tkhd', 7, zeros(8), u32(TRACK), zeros(4), u32(duration), zeros(16), shape),
    box(
      'mdia',
      fullBox('mdhd', 0, zeros(8), u32(1000), u32(duration), u16(0x55c4), u16(0)),
      fullBox('hdlr', 0, zeros(4), ascii('vide'), zeros(13)),
      information,
    ),
  );
}

const samplesFrom = (n, count) => Array.from({ length: count }, (_, i) => picture(n + i));

/** Three pictures from number `n` on, and bytes that are no part of any. */
export function film(n, rest) {
  const type = box('ftyp', ascii('isom'), u32(512), ascii('isomiso6mp41'));
  const samples = samplesFrom(n, 3);
  const sizes = samples.map(({ length }) => length);
  const movie = (offset) => box('moov', movieHeader(sizes.length * TICKS), track({ sizes, offset }));
  const offset = type.length + movie(0).length + 8;
  return Buffer.concat([type, movie(offset), box('mdat', ...samples, rest)]);
}

/** What initialises a fragmented film. */
export const fragmentedMovie = () =>
  box(
    'moov',
    movieHeader(0),
    track({ sizes: [], offset: 0 }),
    box('mvex', fullBox('trex', 0, u32(TRACK), u32(1), zeros(12))),
  );

/** Fragment `n` of such a film, with two pictures. */
export function fragment(n) {
  const samples = samplesFrom(n, 2);
  const entries = samples.flatMap(({ length }) => [u32(TICKS), u32(length)]);
  const moof = (offset) =>
    box(
      'moof',
      fullBox('mfhd', 0, u32(n + 1)),
      box(
        'traf',
        fullBox('tfhd', 0x20000, u32(TRACK)),
        fullBox('tfdt', 0, u32(n * samples.length * TICKS)),
        fullBox('trun', 0x301, u32(samples.length), u32(offset), ...entries),
      ),
    );
  return [moof(moof(0).length + 8), box('mdat', ...samples)];
}

// --- pictures ---------------------------------------------------------------------------------

/**
 * An image item whose data lie in the mdat box.
 * @param {string} brand @param {string} item @param {Buffer[]} properties @param {Buffer} data @param {Buffer} rest
 */
function heif(brand, item, properties, data, rest) {
  const type = box('ftyp', ascii(brand), u32(0), ascii(`mif1miaf${brand}`));
  const associations = properties.map((_, i) => 0x81 + i);
  const meta = (offset) =>
    fullBox(
      'meta',
      0,
      fullBox('hdlr', 0, zeros(4), ascii('pict'), zeros(13)),
      fullBox('pitm', 0, u16(1)),
      fullBox('iloc', 0, Buffer.from([0x44, 0, 0, 1, 0, 1, 0, 0, 0, 1]), u32(offset), u32(data.length)),
      fullBox('iinf', 0, u16(1), fullBox('infe', 0x02000000, u16(1), u16(0), ascii(`${item}\0`))),
      box(
        'iprp',
        box('ipco', ...properties),
        fullBox('ipma', 0, u32(1), u16(1), Buffer.from([properties.length, ...associations])),
      ),
    );
  const offset = type.length + meta(0).length + 8;
  return Buffer.concat([type, meta(offset), box('mdat', data, rest)]);
}

const extent = () => fullBox('ispe', 0, u32(SIZE), u32(SIZE));
const depths = () => fullBox('pixi', 0, Buffer.from([3, 8, 8, 8]));

/** Picture `n`. */
export const avif = (n, rest) => heif('avif', 'av01', [extent(), configuration(), depths()], picture(n), rest);
/** In its structure a picture; what the bytes show nobody can tell. */
export const heic = (data) => heif('heic', 'hvc1', [extent(), depths()], data, zeros(0));
