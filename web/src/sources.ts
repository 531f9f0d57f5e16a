import { anySignal } from './abort.js';
import { fromBase64, type Segment, type Source } from './drive.js';
import { SourceError } from './errors.js';
import { linkedStore } from './link-header.js';
import { streamOf, unreadable } from './pieces.js';

/** Beyond this a file from the network is read in ranges, if the server can promise that they belong together. */
const WHOLE_FETCH = 64 * 1024 * 1024;
const LARGEST_FETCH = 2 * 1024 * 1024 * 1024;

/** Bytes that are already in memory. The caller must not change them before the report is there. */
export function bytesSource(data: ArrayBufferLike | ArrayBufferView, mediaType = ''): Source {
  const view = ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
  // Memory that another thread may write to has to be copied: what is parsed must be what is hashed.
  const shared = typeof SharedArrayBuffer !== 'undefined' && view.buffer instanceof SharedArrayBuffer;
  const bytes = shared ? view.slice() : view;
  return {
    size: bytes.length,
    mediaType,
    inMemory: true,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
  };
}

/** A Blob or File. Blobs do not change; a File whose content changed on disk fails to read. */
export function blobSource(blob: Blob, mediaType = blob.type): Source {
  // Reading a slice takes a tenth longer than reading the Blob that it was cut from.
  const run = (offset: number, length: number): Blob =>
    offset === 0 && length === blob.size ? blob : blob.slice(offset, offset + length);
  return {
    size: blob.size,
    mediaType,
    read: async (offset, length) => new Uint8Array(await run(offset, length).arrayBuffer().catch(unreadable)),
    stream: (offset, length) => streamOf(() => Promise.resolve(run(offset, length).stream()), length),
    // One read for all segments: the gap of an excluded range costs no copy of ours.
    gather: (segments) => {
      const parts = segments.map((part) =>
        typeof part === 'string' ? fromBase64(part) : blob.slice(part[0], part[0] + part[1]),
      );
      return new Blob(parts).arrayBuffer().catch(unreadable);
    },
  };
}

/** All segments in one buffer, whatever the source. */
export async function gather(source: Source, segments: readonly Segment[], signal: AbortSignal): Promise<ArrayBuffer> {
  if (source.gather !== undefined) return source.gather(segments, signal);
  const literals = segments.map((part) => (typeof part === 'string' ? fromBase64(part) : null));
  const sizes = segments.map((part, i) => (typeof part === 'string' ? (literals[i]?.length ?? 0) : part[1]));
  const all = new Uint8Array(sizes.reduce((sum, size) => sum + size, 0));
  let at = 0;
  for (const [i, part] of segments.entries()) {
    const bytes = typeof part === 'string' ? literals[i] : await source.read(part[0], part[1], signal);
    if (bytes?.length !== sizes[i]) throw new SourceError('changed', 'The file became shorter while it was read.');
    all.set(bytes ?? [], at);
    at += sizes[i] ?? 0;
  }
  return all.buffer;
}

const networkError = (what: string, options?: ErrorOptions): SourceError => new SourceError('network', what, options);

const requestOptions = (signal: AbortSignal): RequestInit => ({
  credentials: 'omit',
  referrerPolicy: 'no-referrer',
  signal,
});

async function request(url: URL, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init).catch((error: unknown) => {
    if (init.signal?.aborted === true) throw error;
    throw networkError(`${url.host || 'The address'} could not be reached, or does not allow it.`, { cause: error });
  });
  if (!response.ok) throw networkError(`${url.host} answered ${response.status}.`);
  return response;
}

/** A file at an address: fetched without cookies and referrer, the whole of it unless it is very large. */
export async function urlSource(address: URL, signal: AbortSignal, mediaType?: string): Promise<Source> {
  if (!['https:', 'http:', 'blob:', 'data:'].includes(address.protocol)) {
    throw new TypeError(`Cannot fetch "${address.protocol}" addresses.`);
  }
  const stop = new AbortController();
  const response = await request(address, requestOptions(anySignal(signal, stop.signal)));
  const type = mediaType ?? (response.headers.get('content-type') ?? '').split(';', 1)[0]?.trim() ?? '';
  const size = Number(response.headers.get('content-length') ?? Number.NaN);
  const tag = response.headers.get('etag') ?? '';
  // Of another origin the header is only to be seen where the server exposes it.
  const linked = linkedStore(response.headers.get('link'), response.url || address.href);
  const links = linked === undefined ? {} : { linkedStore: linked };
  if (size > WHOLE_FETCH && isRangeable(address, response, tag)) {
    stop.abort();
    return { ...rangeSource(address, size, tag, type), ...links };
  }
  return { ...blobSource(await download(response, signal), type), ...links };
}

/** Ranges need a strong validator that is sent back: elsewhere the pieces might be of different files. */
function isRangeable(address: URL, response: Response, tag: string): boolean {
  const sameOrigin = typeof location === 'undefined' || address.origin === location.origin;
  const encoded = response.headers.get('content-encoding') !== null;
  return sameOrigin && !encoded && tag.startsWith('"') && response.headers.get('accept-ranges') === 'bytes';
}

function rangeSource(address: URL, size: number, tag: string, mediaType: string): Source {
  const range = async (offset: number, length: number, signal: AbortSignal): Promise<Response> => {
    const last = offset + length - 1;
    const headers = { range: `bytes=${offset}-${last}`, 'if-range': tag };
    const response = await request(address, { ...requestOptions(signal), headers, cache: 'no-store' });
    const answered = response.headers.get('content-range');
    if (response.status !== 206 || answered !== `bytes ${offset}-${last}/${size}`) {
      await response.body?.cancel();
      throw new SourceError('changed', `The file at ${address.host} changed while it was read.`);
    }
    return response;
  };
  return {
    size,
    mediaType,
    read: async (offset, length, signal) =>
      length === 0 ? new Uint8Array(0) : new Uint8Array(await (await range(offset, length, signal)).arrayBuffer()),
    stream: (offset, length, signal) =>
      streamOf(async () => (await range(offset, length, signal)).body ?? new Blob([]).stream(), length),
  };
}

async function download(response: Response, signal: AbortSignal): Promise<Blob> {
  if (response.body === null) return new Blob([]);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let total = 0;
  const reader = response.body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return new Blob(parts);
      total += value.length;
      if (total > LARGEST_FETCH)
        throw new SourceError('tooLarge', 'The file is larger than 2 GiB: save it and check the copy.');
      parts.push(value);
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    if (signal.aborted || error instanceof SourceError) throw error;
    throw networkError('The connection broke off.', { cause: error });
  }
}
