// One signed asset per kind of file: those that the tamper matrix starts from, and the kinds that it leaves to others.
import { signed } from '../fixtures/catalog/kit.mjs';
import { collectionHash } from '../fixtures/zip.mjs';
import { bases } from '../tamper/bases.mjs';

const ours = ['zip', 'html', 'text', 'structured'];
const declared = { html: 'text/html', text: 'text/plain', structured: 'text/x-python' };

const bindingOf = (format) => (layout) => (format === 'zip' ? { binding: collectionHash(layout) } : {});

/** @typedef {{name: string, bytes: Buffer, sidecar?: Buffer, type?: string}} SignedAsset */

/** The whole assets, and the one whose store stands beside it; streams are more than one file. */
const whole = (await bases()).filter(({ given, at }) => given !== 'stream' && at === 0);

const made = [
  ...whole.map(({ name, files: [bytes, sidecar] }) => ({ name, bytes, sidecar })),
  ...ours.map((format) => ({
    name: format,
    bytes: signed({ format, manifest: bindingOf(format) }),
    type: declared[format],
  })),
];

/** @type {SignedAsset[]} */
export const assets = made.map(({ name, bytes, sidecar, type }) => ({
  name,
  bytes,
  ...(sidecar ? { sidecar } : {}),
  ...(type ? { type } : {}),
}));

/** Those of one picture format or file type, by name. @param {string[]} names */
export const assetsNamed = (...names) => assets.filter(({ name }) => names.includes(name));

/** The asset as something to validate, with other bytes. @param {SignedAsset} asset @param {Buffer} [bytes] */
export function asInput({ bytes: own, sidecar, type }, bytes = own) {
  return sidecar || type ? { bytes, ...(sidecar ? { sidecar } : {}), ...(type ? { type } : {}) } : bytes;
}
