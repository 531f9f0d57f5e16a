// T-33: the file type box of a BMFF file is left out of its hash by the rules, so that its brands can be rewritten. What
// the file is called then changes; the bytes that are shown do not, and the record's format says what it was.
import assert from 'node:assert/strict';
import { signed } from '../fixtures/catalog/kit.mjs';
import { bmffHash } from '../fixtures/mp4.mjs';
import { assetsNamed, asInput } from './assets.mjs';

const film = () => signed({ format: 'mp4', manifest: (layout) => ({ binding: bmffHash(layout) }) });

const brands = ['heic', 'avif', 'mif1', 'qt  ', 'M4A ', 'isom', 'crx ', 'zzzz'];

/** Writes the major brand and all compatible ones again. */
const branded = (brand) => (bytes) => {
  const copy = Buffer.from(bytes);
  copy.write(brand, 8, 4, 'latin1');
  for (let at = 16; at < copy.readUInt32BE(0); at += 4) copy.write(brand, at, 4, 'latin1');
  return copy;
};

const said = {
  state: 'trusted',
  shows: [/A box \(ftyp\) that the signer left out of the hash/],
  check: ({ uncovered, asset, manifests: [{ format }] }) => {
    assert.ok(
      uncovered.some(({ kind, offset }) => kind === 'box:ftyp' && offset === 0),
      JSON.stringify(uncovered),
    );
    // What was signed, where its writer said so; what the file is called now stands apart from it.
    assert.ok(['', 'video/mp4'].includes(format), format);
    assert.match(asset.mediaType, /^(video|image|audio|application)\//);
  },
};

const of = (name, before) =>
  brands.map((brand) => ({
    title: `a ${name} as “${brand.trim()}”`,
    before,
    edit: branded(brand),
    ...said,
  }));

const others = assetsNamed('mp4', 'avif', 'heic').flatMap((asset) =>
  of(`${asset.name} of another writer`, () => asInput(asset)),
);

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-33',
  attacker: 'rewrites the brands of a film or picture, which its hash leaves out',
  answer:
    'The verdict stays, and it is said that the file type is not covered; the record tells the format that was signed.',
  attacks: [...of('film', film), ...others],
};
