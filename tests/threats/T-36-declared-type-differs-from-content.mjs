// T-36: a server or page that calls a file something else. What counts is what the bytes are; only what is text is told
// apart by its type.
import assert from 'node:assert/strict';
import { base } from '../fixtures/catalog/kit.mjs';
import { asInput, assets } from './assets.mjs';

const types = [
  ...['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/svg+xml', 'image/avif', 'video/mp4', 'audio/wav'],
  ...['application/pdf', 'application/zip', 'text/plain', 'text/html', 'application/octet-stream', 'not a type', ''],
];

const texts = ['svg', 'html', 'text', 'structured'];

const declared = assets
  .filter(({ name }) => !texts.includes(name))
  .flatMap((asset) =>
    types.map((type) => ({
      title: `${asset.name}, declared as ${type === '' ? 'nothing' : type}`,
      before: () => asInput(asset),
      edit: (bytes) => ({ ...asset, bytes, type }),
      state: 'trusted',
    })),
  );

const changed = assets
  .filter(({ name }) => ['jpeg', 'png', 'mp4', 'webp'].includes(name))
  .flatMap((asset) =>
    types.map((type) => ({
      title: `${asset.name} with a byte changed, declared as ${type === '' ? 'nothing' : type}`,
      build: () => {
        const bytes = Buffer.from(asset.bytes);
        bytes[bytes.length - 8] ^= 0x10;
        return { ...asset, bytes, type };
      },
      state: 'invalid',
    })),
  );

const unsigned = types.map((type) => ({
  title: `a picture without a record, declared as ${type === '' ? 'nothing' : type}`,
  build: () => ({ bytes: base.png, type }),
  state: 'none',
  check: ({ asset }) => assert.equal(asset.mediaType, 'image/png'),
}));

/** @type {import('./kit.mjs').Threat} */
export default {
  id: 'T-36',
  attacker: 'declares a file as something that it is not',
  answer: 'The bytes decide what is looked for, whatever is declared; the verdict is the same.',
  attacks: [...declared, ...changed, ...unsigned],
};
