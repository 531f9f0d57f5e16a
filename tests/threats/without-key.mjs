// Edits by somebody without a key: boxes of the store are changed in place, and what they gain or lose is taken from or
// given to the zero padding beside the signature. So no offset of the file moves, and its hard binding still matches.
import { editBox, extractStore, findBox, replaceStore } from '../fixtures/edit.mjs';
import { box } from '../fixtures/jumbf.mjs';

const padKey = Buffer.from('63706164', 'hex');

/** The signature box with `delta` bytes less padding (more, if negative). @param {Buffer} box @param {number} delta */
function withPadding(box, delta) {
  const inner = 8 + box.readUInt32BE(8);
  const length = box.lastIndexOf(padKey) + padKey.length + 1;
  if (box[length - 1] !== 0x59) throw new Error('no padding of two length bytes');
  const size = box.readUInt16BE(length) - delta;
  if (size < 0x100 || size > 0xffff) throw new Error(`the padding cannot give ${delta} bytes`);
  const rest = box.subarray(length + 2 + box.readUInt16BE(length));
  const changed = Buffer.concat([box.subarray(0, length + 2), Buffer.alloc(size), rest]);
  changed.writeUInt16BE(size, length);
  changed.writeUInt32BE(changed.length - inner, inner);
  changed.writeUInt32BE(changed.length, 0);
  return changed;
}

/**
 * Changes the box at `path` of the store (see editBox) and keeps the store's length with the padding of the active
 * manifest.
 * @param {string[]} path @param {(box: Buffer) => Buffer} change
 * @param {import('../fixtures/edit.mjs').Format} [format]
 */
export const boxChanged =
  (path, change, format = 'jpeg') =>
  (bytes) => {
    const store = extractStore(format, bytes);
    const delta = editBox(store, path, change).length - store.length;
    const paid = delta === 0 ? store : editBox(store, ['', 'c2pa.signature'], (box) => withPadding(box, delta));
    return replaceStore(format, bytes, editBox(paid, path, change));
  };

/** Puts another signature box in the place of the active manifest's, with as much more or less padding as it needs. */
export const signatureExchanged =
  (other, format = 'jpeg') =>
  (bytes) => {
    const own = (box) => withPadding(other, other.length - box.length);
    return replaceStore(format, bytes, editBox(extractStore(format, bytes), ['', 'c2pa.signature'], own));
  };

/** Takes the box at `path` out and fills the room with a free box, so that even the signature can go. @param {string[]} path */
export const removed =
  (path, { format = 'jpeg' } = {}) =>
  (bytes) => {
    const store = extractStore(format, bytes);
    const shorter = editBox(store, path, () => Buffer.alloc(0));
    const filler = box('free', Buffer.alloc(store.length - shorter.length - 8));
    return replaceStore(format, bytes, editBox(shorter, [''], appended(filler)));
  };

/** The bytes of the box at `path` of a picture's store. @param {Buffer} asset @param {string[]} path */
export function boxAt(asset, path, { format = 'jpeg' } = {}) {
  const store = extractStore(format, asset);
  const { start, end } = findBox(store, path).at(-1);
  return Buffer.from(store.subarray(start, end));
}

/** A superbox with boxes behind its content. @param {Buffer[]} extra */
export const appended =
  (...extra) =>
  (superbox) => {
    const grown = Buffer.concat([superbox, ...extra]);
    grown.writeUInt32BE(grown.length, 0);
    return grown;
  };

/** A superbox with boxes in front of its content, behind its description. @param {Buffer[]} extra */
export const prepended =
  (...extra) =>
  (superbox) => {
    const at = 8 + superbox.readUInt32BE(8);
    const grown = Buffer.concat([superbox.subarray(0, at), ...extra, superbox.subarray(at)]);
    grown.writeUInt32BE(grown.length, 0);
    return grown;
  };

/** A superbox with another description box. @param {Buffer} description */
export const redescribed = (description) => (superbox) => {
  const changed = Buffer.concat([
    superbox.subarray(0, 8),
    description,
    superbox.subarray(8 + superbox.readUInt32BE(8)),
  ]);
  changed.writeUInt32BE(changed.length, 0);
  return changed;
};
