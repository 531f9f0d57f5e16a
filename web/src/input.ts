import type { TrustList } from './engine.js';
import type { Trust } from './run.js';
import type { TrustListInput, TrustOptions, ValidateOptions } from './types.js';

/** Evaluation time as the core takes it: RFC 3339, UTC, whole seconds. */
export function timeText(now: Date | string | undefined): string {
  const date = now === undefined ? new Date() : new Date(now);
  if (Number.isNaN(date.getTime()))
    throw new TypeError(`now: "${String(now)}" is not a date. Write it as 2026-11-23T10:00:00Z.`);
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** A set of lists as it was given last, to recognise it without reading the lists again. */
interface KnownTrust {
  /** Everything but the lists' content, as JSON. */
  options: string;
  content: readonly (string | Uint8Array)[];
  trust: Trust;
}

/** Sets remembered, the last used one first. */
const MOST_KNOWN = 8;
let known: readonly KnownTrust[] = [];
let lastId = 0;

/** Strings that were given before compare at no cost; bytes may have been changed in place since. */
function isSameContent(a: string | Uint8Array, b: string | Uint8Array | undefined): boolean {
  if (typeof a === 'string' || typeof b === 'string' || b === undefined) return a === b;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

/** The same object for the same lists, so that they are encoded and parsed once. */
export function trustOf(given: TrustOptions | undefined): Trust {
  const inputs = given?.lists ?? [];
  const useDefault = given?.useDefault ?? true;
  const options = JSON.stringify([useDefault, inputs.map(({ pem: _, ...rest }) => rest)]);
  const isSame = (one: KnownTrust): boolean =>
    one.options === options && one.content.every((content, i) => isSameContent(content, inputs[i]?.pem));
  const found = known.find(isSame) ?? remembered(inputs, useDefault, options);
  if (found !== known[0]) known = [found, ...known.filter((one) => one !== found)].slice(0, MOST_KNOWN);
  return found.trust;
}

function remembered(inputs: readonly TrustListInput[], useDefault: boolean, options: string): KnownTrust {
  const content = inputs.map(({ pem }) => (typeof pem === 'string' ? pem : new Uint8Array(pem)));
  const lists = inputs.map(({ pem: _, ...rest }, i): TrustList => {
    const own = content[i] ?? '';
    return { ...rest, bytes: typeof own === 'string' ? new TextEncoder().encode(own) : own };
  });
  lastId += 1;
  return { options, content, trust: { id: lastId, lists, useDefault } };
}

export async function sidecarOf(sidecar: ValidateOptions['sidecar']): Promise<Uint8Array | undefined> {
  if (sidecar === undefined) return undefined;
  if (sidecar instanceof Blob) return new Uint8Array(await sidecar.arrayBuffer());
  if (ArrayBuffer.isView(sidecar)) return new Uint8Array(sidecar.buffer, sidecar.byteOffset, sidecar.byteLength);
  return new Uint8Array(sidecar);
}

/** True for memory of any kind: buffers, shared buffers and views. */
export function isMemory(value: unknown): value is ArrayBufferLike | ArrayBufferView {
  return ArrayBuffer.isView(value) || /^\[object (Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(value));
}

export const isAddress = (input: unknown): input is string | URL => typeof input === 'string' || input instanceof URL;

export function addressOf(input: string | URL): URL {
  try {
    return new URL(input, globalThis.document?.baseURI);
  } catch {
    throw new TypeError(`"${String(input)}" is not an address.`);
  }
}

export function unusable(input: unknown): never {
  throw new TypeError(`Cannot validate ${typeof input}: give a File, Blob, buffer, view or address.`);
}
