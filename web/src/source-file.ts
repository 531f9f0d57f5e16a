import { open, type FileHandle } from 'node:fs/promises';
import type { Source } from './drive.js';
import { SourceError, messageOf } from './errors.js';

/** A file on disk. Size and time of change are compared before and after: the pieces must be of one file. */
export async function fileSource(path: string | URL, mediaType = ''): Promise<Source> {
  const failed = (error: unknown): never => {
    throw new SourceError('unreadable', messageOf(error), { cause: error });
  };
  const file = await open(path, 'r').catch(failed);
  try {
    const before = await file.stat({ bigint: true });
    if (!before.isFile()) throw new SourceError('unreadable', 'It is not a file.');
    return {
      size: Number(before.size),
      mediaType,
      read: (offset, length) => readExactly(file, offset, length).catch(failed),
      settle: async () => {
        const after = await file.stat({ bigint: true });
        if (after.size === before.size && after.mtimeNs === before.mtimeNs) return;
        throw new SourceError('changed', 'It changed while it was read. Check it again.');
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function readExactly(file: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let at = 0;
  while (at < length) {
    const { bytesRead } = await file.read(bytes, at, length - at, offset + at);
    if (bytesRead === 0) return bytes.subarray(0, at);
    at += bytesRead;
  }
  return bytes;
}
