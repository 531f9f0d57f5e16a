import { lengthOf, type Hasher, type Source } from './drive.js';
import { gather } from './sources.js';

/**
 * WebCrypto hashes in one piece only, of which it makes a copy: beyond this a file is streamed through the core's own
 * digest, which takes little longer and no memory to speak of.
 */
const LARGEST_READ = 32 * 1024 * 1024;
/** Who has a file of this size in memory has room for a copy, except on small devices. */
const LARGEST_COPY = 256 * 1024 * 1024;
const LARGEST_COPY_SMALL = 64 * 1024 * 1024;

function largest(source: Source): number {
  if (source.inMemory !== true) return LARGEST_READ;
  const device = globalThis.navigator as { deviceMemory?: number } | undefined;
  return (device?.deviceMemory ?? 0) >= 8 ? LARGEST_COPY : LARGEST_COPY_SMALL;
}

const NAMES = { sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' } as const;

export const webHasher: Hasher = async (need, source, signal) => {
  // Missing in pages that are not a secure context.
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle;
  if (subtle === undefined || lengthOf(need) > largest(source)) return null;
  const bytes = await gather(source, need.segments, signal);
  return new Uint8Array(await subtle.digest(NAMES[need.alg], bytes));
};
