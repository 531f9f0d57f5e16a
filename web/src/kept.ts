import type { Source } from './drive.js';
import { bytesSource, gather } from './sources.js';

/** A file up to this size stays in memory once all of it was needed. */
const MOST_KEPT = 32 * 1024 * 1024;

/**
 * Reads a file that has to be walked to its end only once: what is parsed and what is hashed are then the same bytes for
 * certain. Files that can be jumped through are read as before.
 */
export function keeping(source: Source): Source {
  const { size, mediaType } = source;
  if (source.inMemory === true || size > MOST_KEPT) return source;
  let whole: Promise<Source> | undefined;
  const keep = async (signal: AbortSignal): Promise<Source> =>
    bytesSource(await source.read(0, size, signal), mediaType);
  return {
    ...source,
    read: async (offset, length, signal) => {
      if (length === size) whole ??= keep(signal);
      return ((await whole) ?? source).read(offset, length, signal);
    },
    // Asked for when reading in sequence does not end.
    stream: async function* (offset, length, signal) {
      whole ??= keep(signal);
      yield await (await whole).read(offset, length, signal);
    },
    gather: async (segments, signal) => gather((await whole) ?? source, segments, signal),
  };
}
