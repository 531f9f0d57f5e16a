// T-80: whatever the bytes are, there is a report with a state and words for it; an exception would leave the page
// silent. tests/tamper asks the same of many more mutants, tests/extension what a page shows when the engine fails.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { base, flip, signed } from '../fixtures/catalog/kit.mjs';
import { carrierRange } from '../fixtures/edit.mjs';
import { film } from '../fixtures/mp4.mjs';
import { wavOf } from '../fixtures/wav.mjs';
import { reportOn, textOf } from './kit.mjs';

const states = ['none', 'invalid', 'wellFormed', 'valid', 'trusted'];
const words = /Content Credentials|Could not check/;

/** Each of these ends in a report that people can read. @param {Iterable<Buffer>} files */
async function allReported(files) {
  let count = 0;
  for (const bytes of files) {
    const report = await reportOn(bytes);
    assert.ok(states.includes(report.state), `file ${count}: ${report.state}`);
    assert.match(textOf(report), words);
    count += 1;
  }
  assert.ok(count > 10, `${count} files`);
}

/** The same bytes whenever the test runs. */
function* noise(count, size) {
  for (let i = 0; i < count; i += 1) {
    const blocks = Array.from({ length: size / 32 }, (_, j) => createHash('sha256').update(`${i} ${j}`).digest());
    yield Buffer.concat(blocks);
  }
}

/** Starts that make a file look like one of a kind, with noise behind them. */
const starts = {
  JPEG: 'ffd8ffe000104a46',
  PNG: '89504e470d0a1a0a',
  GIF: '474946383961',
  RIFF: '524946460001000057454250',
  TIFF: '49492a0008000000',
  BMFF: '0000001866747970',
  PDF: '255044462d312e37',
  ZIP: '504b030414000000',
  MP3: '49443304000000000f00',
  OGG: '4f67675300020000',
  FLAC: '664c6143',
  JXL: '0000000c4a584c200d0a870a',
  SVG: '3c7376672078',
  HTML: '3c21646f63747970652068746d6c3e',
  font: '0001000000010000',
  'a bare store': '0000ffff6a756d62',
};

function* behind(start) {
  for (const bytes of noise(20, 256)) yield Buffer.concat([start, bytes]);
}

function* cut(bytes, step) {
  for (let length = 0; length < bytes.length; length += step) yield bytes.subarray(0, length);
}

function* changed(bytes, from, to, step) {
  for (let at = from; at < to; at += step) yield flip(bytes, at, 0x55);
}

const inCarrier = (format, bytes) => {
  const { start, length } = carrierRange(format, bytes);
  return changed(bytes, start, start + length, 29);
};

const isSigned = (title, format, files) => ({
  title: `${format}: ${title}`,
  build: () => signed({ format }),
  state: 'trusted',
  check: () => allReported(files(signed({ format }))),
});

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-80',
  attacker: 'sends bytes that make a validator throw, so that the page shows nothing at all',
  answer: 'There is always a report with a state and words for it; content is never an exception.',
  attacks: [
    ...['jpeg', 'png', 'mp4', 'wav'].map((format) =>
      isSigned('a signed file cut short at many places', format, (b) => cut(b, 151)),
    ),
    ...['jpeg', 'png'].map((format) =>
      isSigned('a signed file with bytes of its record changed', format, (b) => inCarrier(format, b)),
    ),
    ...['mp4', 'wav', 'html', 'text'].map((format) =>
      isSigned('a signed file with bytes changed all over', format, (b) => changed(b, 0, b.length, 61)),
    ),
    ...Object.entries(starts).map(([kind, hex]) => ({
      title: `noise that begins like ${kind}`,
      build: () => base.png,
      state: 'none',
      check: () => allReported(behind(Buffer.from(hex, 'hex'))),
    })),
    ...[0, 1, 7, 8, 12].map((length) => ({
      title: `the first ${length} bytes of files`,
      build: () => base.jpeg.subarray(0, length),
      state: 'none',
      check: async () => {
        for (const file of [base.jpeg, base.png, film, wavOf(Buffer.alloc(64))]) {
          assert.match(textOf(await reportOn(file.subarray(0, length))), words);
        }
      },
    })),
  ],
};
