// node tests/bench/large-files.mjs FOLDER: the files that large.mjs measures, signed by the fixtures' test keys, with
// index.json and the anchor; of each a small one of the same kind, to warm up with, and a copy with one byte changed
// in its middle.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kinds, largeFile } from '../fixtures/large.mjs';
import { extension } from '../fixtures/embed.mjs';
import { root } from '../fixtures/test-pki.mjs';

const MEGABYTE = 1_000_000;

const wanted = [
  { kind: 'flat', title: '200 MB MP4', megabytes: 200 },
  { kind: 'tree', title: '200 MB MP4, Merkle', megabytes: 200 },
  { kind: 'sound', title: '200 MB WAV', megabytes: 200 },
  { kind: 'picture', title: '24 MB JPEG', megabytes: 24 },
];

const [folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const index = wanted.map(({ kind, title, megabytes }) => {
  const { format, fails } = kinds[kind];
  const file = `${kind}.${extension[format]}`;
  const bytes = largeFile(kind, megabytes * MEGABYTE);
  writeFileSync(join(folder, file), bytes);
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(join(folder, `changed-${file}`), bytes);
  writeFileSync(join(folder, `small-${file}`), largeFile(kind, MEGABYTE));
  return { title, file, fails };
});
writeFileSync(join(folder, 'root.pem'), root().pem);
writeFileSync(join(folder, 'index.json'), JSON.stringify(index));
