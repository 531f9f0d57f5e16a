// The icon as PNG files, rasterised here so that no image editor and no binary file is needed: the same
// hexagon with a round hole that marks a record in the panel. No tick, no green, nobody else's mark.
import { deflateSync } from 'node:zlib';

const HEXAGON = [
  [12, 1.2],
  [21.6, 6.6],
  [21.6, 17.4],
  [12, 22.8],
  [2.4, 17.4],
  [2.4, 6.6],
];
const CORNER = 1.1;
const HOLE = 4.4;
const FILL = [0x2f, 0x6d, 0xc0];
const SAMPLES = 8;

/** Signed distance to the hexagon's outline, negative inside (all edges wind the same way). */
function distanceToHexagon(x, y) {
  let nearest = Infinity;
  let inside = true;
  for (const [i, [ax, ay]] of HEXAGON.entries()) {
    const [bx, by] = HEXAGON[(i + 1) % HEXAGON.length];
    const [ex, ey, px, py] = [bx - ax, by - ay, x - ax, y - ay];
    const t = Math.min(1, Math.max(0, (px * ex + py * ey) / (ex * ex + ey * ey)));
    nearest = Math.min(nearest, Math.hypot(px - t * ex, py - t * ey));
    inside &&= ex * py - ey * px >= 0;
  }
  return inside ? -nearest : nearest;
}

/** The hexagon with its corners rounded: what a disc can reach that stays inside. */
const inHexagon = (x, y) => distanceToHexagon(12 + (x - 12) * 1.1, 12 + (y - 12) * 1.1) <= CORNER;
const inHole = (x, y) => Math.hypot(x - 12, y - 12) <= HOLE;

/** Share of the pixel that lies in the shape, 0…255. */
function coverage(column, rowAt, size) {
  let hits = 0;
  for (let i = 0; i < SAMPLES * SAMPLES; i += 1) {
    const x = ((column + ((i % SAMPLES) + 0.5) / SAMPLES) * 24) / size;
    const y = ((rowAt + (Math.floor(i / SAMPLES) + 0.5) / SAMPLES) * 24) / size;
    if (inHexagon(x, y) && !inHole(x, y)) hits += 1;
  }
  return Math.round((hits * 255) / (SAMPLES * SAMPLES));
}

const CRC_TABLE = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const crc = ~body.reduce((c, byte) => CRC_TABLE[(c ^ byte) & 0xff] ^ (c >>> 8), 0xffffffff) >>> 0;
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc, 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** The icon as an RGBA PNG of `size` × `size`. */
export function iconPng(size) {
  const pixels = Buffer.alloc(size * (size * 4 + 1));
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      pixels.set([...FILL, coverage(x, y, size)], y * (size * 4 + 1) + 1 + x * 4);
    }
  }
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 6, 0, 0, 0]);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const image = deflateSync(pixels, { level: 9 });
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', image), chunk('IEND', Buffer.alloc(0))]);
}
