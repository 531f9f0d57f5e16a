import { isPrivateHost } from '../../web/src/resources.js';
import type { Reason } from './check.js';

/** Data addresses are kept in memory with the tab's state. */
const LONGEST_ADDRESS = 2 * 1024 * 1024;

const parse = (text: string): URL | null => {
  try {
    return new URL(text);
  } catch {
    return null;
  }
};

/** The host as a reader should see it, or empty for addresses without one. */
export const hostOf = (address: string): string => parse(address)?.host ?? '';

const isPrivate = (address: string): boolean => {
  const url = parse(address);
  return url !== null && url.hostname !== '' && isPrivateHost(url.hostname);
};

/**
 * Whether the extension may read `address` for a picture on `pageUrl`. A public page must not point it at
 * the user's own network (T-82); what a private page shows of that network it may check.
 */
export function refusalOf(address: string, pageUrl: string): Reason | null {
  const url = parse(address);
  if (url === null) return 'address';
  if (address.length > LONGEST_ADDRESS) return 'tooLarge';
  if (url.protocol === 'data:' || url.protocol === 'blob:') return null;
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'address';
  if (url.username !== '' || url.password !== '') return 'address';
  return isPrivate(address) && !isPrivate(pageUrl) ? 'private' : null;
}

/** The same for where the bytes finally came from. */
export function finalRefusalOf(finalUrl: string, pageUrl: string): Reason | null {
  const refusal = refusalOf(finalUrl, pageUrl);
  return refusal === 'private' ? 'ledToPrivate' : refusal;
}

/** The pattern to ask the user's leave for, one host and no more; null for addresses that need none. */
export function permissionPattern(address: string): string | null {
  const url = parse(address);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  return `${url.protocol}//${url.hostname}/*`;
}
