// The smallest files of each kind that the independent implementation will sign: no encoder's work, just the
// structure that carries a manifest store around a little content.
import { encodeJpeg } from '../fixtures/jpeg.mjs';
import { encodePng } from '../fixtures/png.mjs';
import { paint, scenes } from '../fixtures/scene.mjs';

const size = { width: 64, height: 40 };
const ascii = (text) => Buffer.from(text, 'latin1');

function u32le(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u32be(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Bytes that repeat nowhere near each other, so that every cut and swap changes something. */
export function noise(length, seed = 1) {
  const bytes = Buffer.alloc(length);
  let state = (seed * 2654435761) >>> 0;
  for (let i = 0; i < length; i += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

const chunk = (name, body) => Buffer.concat([ascii(name), u32le(body.length), body, Buffer.alloc(body.length % 2)]);
const riff = (form, chunks) => chunk('RIFF', Buffer.concat([ascii(form), ...chunks]));

function wav(seed) {
  const format = Buffer.from([1, 0, 1, 0, 0x40, 0x1f, 0, 0, 0x40, 0x1f, 0, 0, 1, 0, 8, 0]);
  return riff('WAVE', [chunk('fmt ', format), chunk('data', noise(1200, seed))]);
}

/** Lossless, one pixel: signature, 14-bit sizes, no transform, five trivial prefix codes. */
function webp(seed) {
  const pixel = Buffer.from([0x2f, 0, 0, 0, 0, 0x07, 0xd0, 0xff, 0xfe, 0xf7, 0xbf, 0xff, 0x81, 0x88, 0xe8, 0xff, 0]);
  const header = Buffer.from([0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  return riff('WEBP', [chunk('VP8X', header), chunk('VP8L', pixel), chunk('ZZZZ', noise(600, seed))]);
}

function gif(seed) {
  const screen = Buffer.from([1, 0, 1, 0, 0x80, 0, 0, seed, 128, 0, 255, 255, 255]);
  const comment = Buffer.concat([Buffer.from([0x21, 0xfe, 200]), noise(200, seed), Buffer.from([0])]);
  const image = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]);
  return Buffer.concat([ascii('GIF89a'), screen, comment, image, Buffer.from([0x3b])]);
}

/** Baseline, uncompressed, eight bits of grey. */
function tiff(seed) {
  const pixels = noise(30 * 20, seed);
  const entry = (tag, type, value) => {
    const bytes = Buffer.alloc(12);
    bytes.writeUInt16LE(tag, 0);
    bytes.writeUInt16LE(type, 2);
    bytes.writeUInt32LE(1, 4);
    bytes.writeUInt32LE(value, 8);
    return bytes;
  };
  const entries = [
    entry(256, 3, 30),
    entry(257, 3, 20),
    entry(258, 3, 8),
    entry(259, 3, 1),
    entry(262, 3, 1),
    entry(273, 4, 8),
    entry(277, 3, 1),
    entry(278, 3, 20),
    entry(279, 4, pixels.length),
  ];
  const directory = Buffer.concat([Buffer.from([entries.length, 0]), ...entries, u32le(0)]);
  return Buffer.concat([ascii('II*\0'), u32le(8 + pixels.length), pixels, directory]);
}

function mp3(seed) {
  const frame = (i) => Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x64]), noise(413, seed + i)]);
  const title = Buffer.concat([ascii('TIT2'), u32be(6), Buffer.from([0, 0, 3]), ascii('noise')]);
  const tag = Buffer.concat([ascii('ID3'), Buffer.from([4, 0, 0, 0, 0, 0, title.length]), title]);
  return Buffer.concat([tag, frame(1), frame(2), frame(3)]);
}

function svg(seed) {
  const dots = [...noise(60, seed)].map((x, i) => `<circle cx="${i}" cy="${x}" r="1"/>`).join('\n');
  return ascii(
    `<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 256">\n${dots}\n</svg>\n`,
  );
}

const box = (type, ...parts) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([u32be(8 + body.length), ascii(type), body]);
};
const fullBox = (type, ...parts) => box(type, u32be(0), ...parts);
const zeros = (length) => Buffer.alloc(length);

function trackBox(offset, sizes) {
  const identity = Buffer.concat([0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].map(u32be));
  const mediaHeader = fullBox('mdhd', zeros(8), u32be(1000), u32be(1000), zeros(4));
  const handler = fullBox('hdlr', zeros(4), ascii('soun'), zeros(13));
  const table = box(
    'stbl',
    fullBox('stsd', u32be(0)),
    fullBox('stts', u32be(1), u32be(sizes.length), u32be(100)),
    fullBox('stsc', u32be(1), u32be(1), u32be(sizes.length), u32be(1)),
    fullBox('stsz', u32be(0), u32be(sizes.length), ...sizes.map(u32be)),
    fullBox('stco', u32be(1), u32be(offset)),
  );
  const header = fullBox('tkhd', zeros(8), u32be(1), zeros(4), u32be(1000), zeros(16), identity, zeros(8));
  return box('trak', header, box('mdia', mediaHeader, handler, box('minf', fullBox('smhd', zeros(4)), table)));
}

function mp4(seed) {
  const type = box('ftyp', ascii('isom'), u32be(512), ascii('isomiso2mp41'));
  const sizes = [700, 500, 900];
  const movie = (offset) =>
    box('moov', fullBox('mvhd', zeros(8), u32be(1000), u32be(1000), zeros(80)), trackBox(offset, sizes));
  const offset = type.length + movie(0).length + 8;
  return Buffer.concat([type, movie(offset), box('mdat', noise(2100, seed))]);
}

/** An image item whose data lie in the mdat box. */
function heif(brand, item) {
  return (seed) => {
    const type = box('ftyp', ascii(brand), u32be(0), ascii(`mif1${brand}`));
    const content = noise(900, seed);
    const meta = (offset) =>
      fullBox(
        'meta',
        fullBox('hdlr', zeros(4), ascii('pict'), zeros(13)),
        fullBox('pitm', Buffer.from([0, 1])),
        fullBox('iloc', Buffer.from([0x44, 0, 0, 1, 0, 1, 0, 0, 0, 1]), u32be(offset), u32be(content.length)),
        fullBox(
          'iinf',
          Buffer.from([0, 1]),
          box('infe', u32be(0x02000000), Buffer.from([0, 1, 0, 0]), ascii(`${item}\0`)),
        ),
      );
    const offset = type.length + meta(0).length + 8;
    return Buffer.concat([type, meta(offset), box('mdat', content)]);
  };
}

/** Name, media type, and a maker of different content per seed. */
export const media = {
  jpeg: { type: 'image/jpeg', make: (seed) => encodeJpeg(paint({ ...Object.values(scenes)[seed], ...size })) },
  png: { type: 'image/png', make: (seed) => encodePng(paint({ ...Object.values(scenes)[seed], ...size })) },
  webp: { type: 'image/webp', make: webp },
  gif: { type: 'image/gif', make: gif },
  tiff: { type: 'image/tiff', make: tiff },
  svg: { type: 'image/svg+xml', make: svg },
  wav: { type: 'audio/wav', make: wav },
  mp3: { type: 'audio/mpeg', make: mp3 },
  mp4: { type: 'video/mp4', make: mp4 },
  avif: { type: 'image/avif', make: heif('avif', 'av01') },
  heic: { type: 'image/heic', make: heif('heic', 'hvc1') },
};
