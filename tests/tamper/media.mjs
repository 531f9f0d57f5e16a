// The smallest files of each kind that the independent implementation will sign: no encoder's work, just the
// structure that carries a manifest store around a little content.
import { encodeJpeg } from '../fixtures/jpeg.mjs';
import { encodePng } from '../fixtures/png.mjs';
import { paint, scenes } from '../fixtures/scene.mjs';
import { avif, film, heic } from './video.mjs';

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

/** Numbers of some bits each, the lowest first. @param {[number, number][]} fields value, bits */
function packed(fields) {
  const bits = fields.flatMap(([value, count]) => Array.from({ length: count }, (_, i) => (value >> i) & 1));
  return Buffer.from(
    Array.from({ length: Math.ceil(bits.length / 8) }, (_, i) => bits.slice(i * 8, i * 8 + 8)).map((eight) =>
      eight.reduce((byte, bit, n) => byte | (bit << n), 0),
    ),
  );
}

/** Lossless, one pixel: 14-bit sizes, no transform, no cache, and five prefix codes of one symbol each. */
function webp(seed) {
  const only = (symbol) => [
    [0b101, 3],
    [symbol, 8],
  ];
  const sizes = [
    [0, 14],
    [0, 14],
    [0, 4],
  ];
  const colours = [only(seed * 40), only(128), only(200), only(255), only(0)];
  const pixel = Buffer.concat([Buffer.from([0x2f]), packed([...sizes, [0, 3], ...colours.flat()])]);
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

/** Frames of silence; what they hold besides is not sound. */
function mp3(seed) {
  const frame = (i) => Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x64]), Buffer.alloc(32), noise(381, seed + i)]);
  const frames = Array.from({ length: 2 + seed }, (_, i) => frame(i));
  const title = Buffer.concat([ascii('TIT2'), u32be(6), Buffer.from([0, 0, 3]), ascii('noise')]);
  const tag = Buffer.concat([ascii('ID3'), Buffer.from([4, 0, 0, 0, 0, 0, title.length]), title]);
  return Buffer.concat([tag, ...frames]);
}

function svg(seed) {
  const dots = [...noise(60, seed)].map((x, i) => `<circle cx="${i}" cy="${x}" r="1"/>`).join('\n');
  return ascii(
    `<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 256">\n${dots}\n</svg>\n`,
  );
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
  mp4: { type: 'video/mp4', make: (seed) => film(seed, noise(900, seed)) },
  avif: { type: 'image/avif', make: (seed) => avif(seed, noise(700, seed)) },
  heic: { type: 'image/heic', make: (seed) => heic(noise(900, seed)) },
};
