// T-50: a compressed manifest is inflated up to a ceiling and a ratio, whatever its stream says.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { brotliCompressSync, constants } from 'node:zlib';
import { ingredient } from '../fixtures/assertions.mjs';
import { openedFrom, original } from '../fixtures/catalog/ingredients.mjs';
import { signed } from '../fixtures/catalog/kit.mjs';
import * as jumbf from '../fixtures/jumbf.mjs';
import { manifestLabel } from '../fixtures/manifest.mjs';

// A Brotli stream of zeros: its first 16 MiB, each further 16 MiB, its end.
const head = Buffer.from('cfffff7f002400e2b14072efff0d', 'hex');
const more = Buffer.from('fcffff074002200e0b40f7fedf00', 'hex');
const zeros = (pieces) => Buffer.concat([head, ...Array(pieces - 1).fill(more), Buffer.from([3])]);

const compressed = (name, brob) =>
  jumbf.superbox({ type: jumbf.uuid.compressed, label: manifestLabel(name) }, [jumbf.box('brob', brob)]);

const activeBomb = (brob) => () =>
  signed({ format: 'png', editManifests: () => [compressed('active', brob())], lengthIsFree: true });

const fast = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };

/** The manifest itself, and zeros behind it. */
const swollen = (size) => () =>
  signed({
    format: 'png',
    editManifests: ([manifest]) => {
      const free = jumbf.box('free', Buffer.alloc(size));
      const grown = Buffer.concat([manifest, free]);
      grown.writeUInt32BE(grown.length, 0);
      return [compressed('active', brotliCompressSync(grown, fast))];
    },
    lengthIsFree: true,
  });

/** Bytes that no compression shortens. */
function noise(size) {
  const blocks = [];
  for (let i = 0; i < size / 32; i += 1) blocks.push(createHash('sha256').update(String(i)).digest());
  return Buffer.concat(blocks);
}

/** More than 32 MiB, at less than 200 to 1. */
const belowRatio = () => brotliCompressSync(Buffer.concat([noise(200 << 10), Buffer.alloc(33 << 20)]), fast);

const met = (limit) => (report) =>
  assert.ok(
    report.limits.some((hit) => hit.limit === limit),
    `no ${limit} among ${report.limits.map((hit) => hit.limit).join(' ')}`,
  );

const stopped = (limit, words) => ({
  state: 'invalid',
  codes: ['manifest.compressed.invalid'],
  absentCodes: ['claimSignature.validated', 'assertion.dataHash.match'],
  shows: [words],
  check: met(limit),
});

const byRatio = stopped('decompressionRatio', /More than 200 times the size of a compressed manifest/);

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-50',
  attacker: 'stores a manifest compressed that would be gigabytes',
  answer: 'Inflating stops at 32 MiB or at 200 to 1; invalid, with the limit that was met.',
  attacks: [
    { title: 'a kilobyte that would be a gigabyte', build: activeBomb(() => zeros(64)), ...byRatio },
    { title: 'ten kilobytes that would be eleven gigabytes', build: activeBomb(() => zeros(730)), ...byRatio },
    { title: 'a true manifest with four megabytes of zeros in it', build: swollen(4 << 20), ...byRatio },
    {
      title: '33 MiB at less than 200 to 1',
      build: activeBomb(belowRatio),
      ...stopped('decompressedManifestBytes', /bytes of one manifest, decompressed/),
    },
    {
      title: 'the manifest of an ingredient is a bomb',
      build: () =>
        signed({
          earlier: (layout) => [original(layout)],
          manifest: (_, [first]) => {
            const bomb = { ...first, bytes: compressed('original', zeros(64)) };
            const parent = ingredient({ manifest: bomb });
            return { assertions: [openedFrom(parent), parent] };
          },
          editManifests: ([, active]) => [compressed('original', zeros(64)), active],
        }),
      state: 'invalid',
      codes: ['manifest.compressed.invalid'],
      check: met('decompressionRatio'),
    },
  ],
};
