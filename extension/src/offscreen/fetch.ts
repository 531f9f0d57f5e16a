import { finalRefusalOf, permissionPattern } from '../address.js';
import type { Reason } from '../check.js';
import type { CheckMessage } from '../messages.js';

export const LARGEST_FILE = 256 * 1024 * 1024;
const TIMEOUT_MILLISECONDS = 60_000;
const PROBE_MILLISECONDS = 10_000;

/** Why no bytes could be had. */
export class FetchFailure extends Error {
  readonly reason: Reason;

  constructor(reason: Reason, detail = '') {
    super(detail);
    this.reason = reason;
  }
}

export interface Fetched {
  blob: Blob;
  finalUrl: string;
}

type Request = Pick<CheckMessage, 'url' | 'pageUrl' | 'media' | 'hostAllowed'>;

/**
 * Fetches the file as a stranger: without cookies or referrer, but asking for the formats that this
 * browser asks for when it shows a picture, because a server may choose by that (T-39). Nothing is kept
 * in the browser's cache.
 */
export async function fetchFile(request: Request, signal: AbortSignal): Promise<Fetched> {
  const timeout = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
  const both = AbortSignal.any([signal, timeout]);
  try {
    const response = await get(request, both);
    const refusal = finalRefusalOf(response.url, request.pageUrl);
    if (refusal !== null) throw new FetchFailure(refusal);
    if (!response.ok) throw new FetchFailure('status', String(response.status));
    return { blob: await readBody(response), finalUrl: response.url };
  } catch (error) {
    signal.throwIfAborted();
    if (timeout.aborted) throw new FetchFailure('fetchTimeout');
    if (error instanceof FetchFailure) throw error;
    throw new FetchFailure('network', error instanceof Error ? error.message : '');
  }
}

async function get(request: Request, signal: AbortSignal): Promise<Response> {
  const init: RequestInit = {
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
    headers: { accept: request.media === 'image' ? await imageAccept() : '*/*' },
    signal,
  };
  try {
    return await fetch(request.url, init);
  } catch {
    signal.throwIfAborted();
    throw new FetchFailure(await whyNot(request, signal));
  }
}

/** The browser does not say why it kept an answer from us; who may read what tells most of it. */
async function whyNot({ url, hostAllowed }: Request, signal: AbortSignal): Promise<Reason> {
  if (permissionPattern(url) === null) return 'network';
  if (!navigator.onLine) return 'offline';
  if (!hostAllowed) return 'permission';
  return (await answersAtAll(url, signal)) ? 'cors' : 'network';
}

/** Whether the address answers when nobody wants to read the answer. */
async function answersAtAll(url: string, signal: AbortSignal): Promise<boolean> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(PROBE_MILLISECONDS)]);
  try {
    await fetch(url, {
      mode: 'no-cors',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      signal: limit,
    });
    return true;
  } catch {
    return false;
  }
}

async function readBody(response: Response): Promise<Blob> {
  if (Number(response.headers.get('content-length') ?? 0) > LARGEST_FILE) {
    await response.body?.cancel();
    throw new FetchFailure('tooLarge');
  }
  let total = 0;
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      total += chunk.byteLength;
      if (total <= LARGEST_FILE) controller.enqueue(chunk);
      else controller.error(new FetchFailure('tooLarge'));
    },
  });
  const type = response.headers.get('content-type') ?? '';
  try {
    return await new Response(response.body?.pipeThrough(counter), { headers: { 'content-type': type } }).blob();
  } catch (error) {
    throw total > LARGEST_FILE ? new FetchFailure('tooLarge') : error;
  }
}

let accept: Promise<string> | undefined;

/** The Accept header of this browser's own image requests: it names the formats that it can decode. */
function imageAccept(): Promise<string> {
  accept ??= (async () => {
    const knows = async (type: string): Promise<boolean> => ImageDecoder.isTypeSupported(type).catch(() => false);
    const modern: string[] = [];
    for (const type of ['image/jxl', 'image/avif']) if (await knows(type)) modern.push(type);
    return [...modern, 'image/webp', 'image/apng', 'image/svg+xml', 'image/*', '*/*;q=0.8'].join(',');
  })();
  return accept;
}
