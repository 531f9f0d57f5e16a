import { anySignal } from './abort.js';
import { fromBase64, type Refusal, type ResourceNeed, type Resolver } from './drive.js';

/** A question to the user before the first contact with a host. */
export interface RemoteQuestion {
  host: string;
  resource: Exclude<ResourceNeed['resource'], 'sidecar' | 'brotli'>;
}

/** What may be fetched that a file names (R-011, R-112, T-20, T-40). Default `never`: the core then says what stayed unchecked. */
export type RemotePolicy = 'never' | 'same-origin' | { ask: (question: RemoteQuestion) => boolean | Promise<boolean> };

export interface ResolverOptions {
  remote: RemotePolicy;
  /** Origin for `same-origin`: where the file came from, else the page. */
  origin: string | undefined;
  sidecar: Uint8Array | undefined;
  decompress: Decompress;
  /** Follows redirects by hand, up to three, each hop under the same rules. Browsers cannot: there a redirect fails. */
  redirects: boolean;
}

/** What one Brotli stream holds, all of the bytes and nothing behind them; `tooLarge` above `maxBytes`. */
export type Decompress = (bytes: Uint8Array, maxBytes: number) => Promise<Uint8Array | 'failed' | 'tooLarge'>;

const LARGEST_REPLY = 10 * 1024 * 1024;
const TIMEOUT_MILLISECONDS = 10_000;
const MOST_REDIRECTS = 3;

/** Answers needs for what stands outside the asset; everything that was not allowed is refused. */
export function createResolver(options: ResolverOptions): Resolver {
  return async (need, signal) => {
    if (need.resource === 'sidecar') return options.sidecar ?? 'failed';
    if (need.resource === 'brotli') return options.decompress(fromBase64(need.body ?? ''), need.maxBytes);
    return fetchRemote(need, need.resource, options, signal);
  };
}

async function fetchRemote(
  need: ResourceNeed,
  resource: RemoteQuestion['resource'],
  options: ResolverOptions,
  signal: AbortSignal,
): Promise<Uint8Array | Refusal> {
  const limit = anySignal(signal, AbortSignal.timeout(TIMEOUT_MILLISECONDS));
  let address = need.url;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    const url = publicAddress(address);
    if (url === null) return options.remote === 'never' ? 'notAllowed' : 'failed';
    if (!(await isAllowed(url, resource, options))) return 'notAllowed';
    try {
      const response = await fetch(url, requestFor(need, options, limit));
      const target = response.headers.get('location');
      if (response.status >= 300 && response.status < 400 && target !== null) {
        await response.body?.cancel();
        address = new URL(target, url).href;
        continue;
      }
      return response.ok ? await readCapped(response, Math.min(need.maxBytes, LARGEST_REPLY)) : 'failed';
    } catch {
      signal.throwIfAborted();
      return 'failed';
    }
  }
  return 'failed';
}

function requestFor(need: ResourceNeed, options: ResolverOptions, signal: AbortSignal): RequestInit {
  const init: RequestInit = {
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    redirect: options.redirects ? 'manual' : 'error',
    signal,
  };
  if (need.resource !== 'ocsp' || need.body === undefined) return init;
  return {
    ...init,
    method: 'POST',
    body: fromBase64(need.body),
    headers: { 'content-type': 'application/ocsp-request' },
  };
}

async function isAllowed(url: URL, resource: RemoteQuestion['resource'], options: ResolverOptions): Promise<boolean> {
  if (options.remote === 'never') return false;
  if (options.remote === 'same-origin') return url.origin === options.origin;
  return options.remote.ask({ host: url.host, resource });
}

/** Only https, and no name that stands for this machine or a private network. */
export function publicAddress(text: string): URL | null {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return null;
  }
  const isPlain = url.protocol === 'https:' && url.username === '' && url.password === '';
  return isPlain && !isPrivateHost(url.hostname) ? url : null;
}

const PRIVATE_NAMES = [
  'localhost',
  'local',
  'internal',
  'lan',
  'home',
  'home.arpa',
  'intranet',
  'test',
  'invalid',
  'onion',
];
const PRIVATE_IPV4 =
  /^(0|10|127)\.|^169\.254\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|^(22[4-9]|2[3-5]\d)\./;

/** `URL` has already turned every spelling of an IPv4 address into four decimal numbers. */
export function isPrivateHost(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (name.startsWith('[')) return !/^\[[23]/.test(name) || name.startsWith('[2002:') || name.startsWith('[2001:0:');
  if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) return PRIVATE_IPV4.test(name);
  return !name.includes('.') || PRIVATE_NAMES.some((end) => name === end || name.endsWith(`.${end}`));
}

async function readCapped(response: Response, maxBytes: number): Promise<Uint8Array | Refusal> {
  if (response.body === null) return new Uint8Array(0);
  return (await collect(response.body, maxBytes)) ?? 'tooLarge';
}

/** Everything a stream yields, or null when that is more than `maxBytes`. */
export async function collect(stream: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let total = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    total += value.length;
    if (total > maxBytes) {
      await reader.cancel();
      return null;
    }
    parts.push(value);
  }
  return joined(parts, total);
}

export function joined(parts: readonly Uint8Array[], total: number): Uint8Array {
  const all = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
