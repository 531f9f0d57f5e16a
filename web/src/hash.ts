import { lengthOf, type Hasher } from './drive.js';
import { gather } from './sources.js';

/**
 * WebCrypto hashes in one piece only, of which it makes a copy: beyond this a file is streamed through the core's own
 * digest, which takes little longer and no memory to speak of.
 */
const LARGEST_PIECE = 32 * 1024 * 1024;

const NAMES = { sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' } as const;

export const webHasher: Hasher = async (need, source, signal) => {
  // Missing in pages that are not a secure context.
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle;
  if (subtle === undefined || lengthOf(need) > LARGEST_PIECE) return null;
  const bytes = await gather(source, need.segments, signal);
  return new Uint8Array(await subtle.digest(NAMES[need.alg], bytes));
};
