// What is measured: files of the corpus where it is there, else samples of our own.
import { readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { assets, corpus, present } from '../corpus/corpus.mjs';
import { largeFile } from '../fixtures/large.mjs';
import { root } from '../browser/server.mjs';
import { anchors } from '../fixtures/catalog/anchors.mjs';
import { eku } from '../fixtures/oids.mjs';

export const now = '2026-11-23T00:00:00Z';
const TYPES = { '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.png': 'image/png', '.mp4': 'video/mp4' };

const inCorpus = (path) => ({
  title: basename(path).replace('ptf-adobe-20220124-', ''),
  bytes: readFileSync(join(corpus, path)),
  type: TYPES[extname(path)],
});
const sample = (file) => ({
  title: file,
  bytes: readFileSync(join(root, 'tests/samples', file)),
  type: TYPES[extname(file)],
});
const made = (title, kind, length, type) => ({ title, bytes: largeFile(kind, length), type });

/** Files for single validations. */
export const warmFiles = () => [
  ...(present
    ? [
        inCorpus('jpeg/rs-C.jpg'),
        inCorpus('jpeg/rs-CA.jpg'),
        inCorpus('jpeg/ptf-adobe-20220124-CAIAIIICAICIICAIICICA.jpg'),
        inCorpus('png/gen-fmt_png.png'),
        inCorpus('png/se-chatgpt_image_gray.png'),
        inCorpus('mp4/gen-fmt_mp4.mp4'),
      ]
    : [sample('trusted.jpg'), sample('trusted.png')]),
  made('4 MB JPEG', 'picture', 4_000_000, 'image/jpeg'),
  made('4 MB MP4', 'flat', 4_000_000, 'video/mp4'),
];

/** Fifty signed pictures for a page that shows them all. */
export function manyFiles() {
  const pictures = present
    ? assets()
        .filter(
          ({ file, size, manifests }) =>
            /^(jpeg|png)\//.test(file) && manifests > 0 && size > 50_000 && size < 1_500_000,
        )
        .slice(0, 50)
        .map(({ file }) => inCorpus(file))
    : [sample('trusted.jpg')];
  return Array.from({ length: 50 }, (_, i) => pictures[i % pictures.length]);
}

const list = (file) => (present ? readFileSync(join(corpus, 'trust/official', file), 'utf8') : '');

/** Anchors as PEM: one, or the official lists as well. */
export const trust = {
  plain: anchors().root,
  lists: [anchors().root, list('C2PA-TRUST-LIST.pem'), list('C2PA-TSA-TRUST-LIST.pem')].join('\n'),
};
export const purposes = [eku.claimSigning, eku.emailProtection, eku.timeStamping].join('\n');
