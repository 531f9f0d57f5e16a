import type { TrustList } from './engine.js';
import type { Trust } from './run.js';
import type { TrustOptions, ValidateOptions } from './types.js';

/** Evaluation time as the core takes it: RFC 3339, UTC, whole seconds. */
export function timeText(now: Date | string | undefined): string {
  const date = now === undefined ? new Date() : new Date(now);
  if (Number.isNaN(date.getTime()))
    throw new TypeError(`now: "${String(now)}" is not a date. Write it as 2026-11-23T10:00:00Z.`);
  return `${date.toISOString().slice(0, 19)}Z`;
}

export function trustOf(options: TrustOptions | undefined): Trust {
  const lists = (options?.lists ?? []).map((list): TrustList => {
    const { pem, ...options } = list;
    return { ...options, bytes: typeof pem === 'string' ? new TextEncoder().encode(pem) : pem };
  });
  return { lists, useDefault: options?.useDefault ?? true };
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

export function unusable(input: unknown): never {
  throw new TypeError(`Cannot validate ${typeof input}: give a File, Blob, buffer, view or address.`);
}
