import { SourceError, messageOf } from '../../../web/src/errors.js';
import type { Validator } from '../../../web/src/types.js';
import type { CheckedFile, Media, Outcome } from '../check.js';
import type { CheckMessage, PageBytes } from '../messages.js';
import type { PixelSize } from '../parity.js';
import { FetchFailure, fetchFile, type Fetched } from './fetch.js';

/** After this the worker is ended, whatever it is doing. */
const DEADLINE_MILLISECONDS = 30_000;
/** WebCrypto hashes in one piece only. */
const LARGEST_DIGEST = 64 * 1024 * 1024;

const NO_SIZE: PixelSize = { width: 0, height: 0 };

type Failed = Extract<Outcome, { kind: 'failed' }>;

/** Fetches and validates one file. Rejects only when it was told to stop. */
export async function check(validator: Validator, message: CheckMessage, stop: AbortSignal): Promise<Outcome> {
  let file: CheckedFile | null = null;
  try {
    const fetched = message.bytes === null ? await fetchFile(message, stop) : fromPage(message.bytes);
    file = await describe(fetched, message.media);
    const deadline = AbortSignal.timeout(DEADLINE_MILLISECONDS);
    const report = await validator
      .validate(fetched.blob, {
        signal: AbortSignal.any([stop, deadline]),
        type: file.mediaType,
        trust: { lists: message.lists },
      })
      .catch((error: unknown) => {
        if (deadline.aborted) throw new FetchFailure('validationTimeout');
        throw error;
      });
    return { kind: 'report', report, file };
  } catch (error) {
    stop.throwIfAborted();
    return failureOf(error, file);
  }
}

function failureOf(error: unknown, file: CheckedFile | null): Failed {
  if (error instanceof FetchFailure) return { kind: 'failed', reason: error.reason, detail: error.message, file };
  const reason = error instanceof SourceError && error.reason === 'tooLarge' ? 'tooLarge' : 'engine';
  return { kind: 'failed', reason, detail: messageOf(error), file };
}

function fromPage({ base64, mediaType }: PageBytes): Fetched {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return { blob: new Blob([bytes], { type: mediaType }), finalUrl: '' };
}

async function describe({ blob, finalUrl }: Fetched, media: Media): Promise<CheckedFile> {
  const blobUrl = URL.createObjectURL(blob);
  return {
    blobUrl,
    ...(media === 'image' ? await sizeOf(blobUrl) : NO_SIZE),
    finalUrl: finalUrl.startsWith('data:') ? '' : finalUrl,
    size: blob.size,
    mediaType: blob.type,
    sha256: blob.size > LARGEST_DIGEST ? '' : await digestOf(blob),
  };
}

/** The size of a picture without unpacking it, however large it says it is. */
function sizeOf(blobUrl: string): Promise<PixelSize> {
  return new Promise((resolve) => {
    const picture = new Image();
    picture.onload = () => {
      resolve({ width: picture.naturalWidth, height: picture.naturalHeight });
    };
    picture.onerror = () => {
      resolve(NO_SIZE);
    };
    picture.src = blobUrl;
  });
}

async function digestOf(blob: Blob): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
