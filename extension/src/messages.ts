/**
 * What the parts of the extension say to each other. Every message is checked field by field, unknown
 * fields are refused, and none carries anything a page wrote into a place where it could act (T-82).
 */
import type { TrustListInput } from '../../web/src/types.js';
import type { Check, Outcome } from './check.js';

/** Bytes that only the page could read; everything else the offscreen document fetches by itself. */
export interface PageBytes {
  base64: string;
  mediaType: string;
}

/** A trust list that the user added. */
export interface OwnList extends TrustListInput {
  name: string;
  role: 'signer' | 'timestamp';
  pem: string;
}

export interface CheckMessage {
  to: 'offscreen';
  type: 'check';
  tab: number;
  job: number;
  url: string;
  pageUrl: string;
  media: Check['media'];
  /** Whether the user has given the host's leave for good. */
  hostAllowed: boolean;
  bytes: PageBytes | null;
  lists: OwnList[];
}

export interface CancelMessage {
  to: 'offscreen';
  type: 'cancel';
  job: number;
}

export type ToOffscreen = CheckMessage | CancelMessage;

export interface DoneMessage {
  to: 'background';
  type: 'done';
  tab: number;
  job: number;
  outcome: Outcome;
}

export interface AgainMessage {
  to: 'background';
  type: 'again';
  tab: number;
  job: number;
}

export type ToBackground = DoneMessage | AgainMessage;

type Test = (value: unknown) => boolean;
type Shape = Record<string, Test>;

const whole: Test = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const text: Test = (value) => typeof value === 'string';
const flag: Test = (value) => typeof value === 'boolean';
const is =
  (...wanted: readonly unknown[]): Test =>
  (value) =>
    wanted.includes(value);
const either =
  (...tests: Test[]): Test =>
  (value) =>
    tests.some((test) => test(value));
const object =
  (shape: Shape): Test =>
  (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const keys = Object.keys(value);
    if (keys.length !== Object.keys(shape).length) return false;
    return keys.every((key) => Object.hasOwn(shape, key) && shape[key]?.((value as Record<string, unknown>)[key]));
  };
const list =
  (test: Test): Test =>
  (value) =>
    Array.isArray(value) && value.every(test);

const FILE = object({
  blobUrl: text,
  finalUrl: text,
  size: whole,
  mediaType: text,
  width: whole,
  height: whole,
  sha256: text,
});
const REPORT: Test = (value) => (value as { schema?: unknown } | null)?.schema === 'assay-report/1';
const OUTCOME = either(
  object({ kind: is('report'), report: REPORT, file: FILE }),
  object({ kind: is('failed'), reason: text, detail: text, file: either(FILE, is(null)) }),
);
const LIST = object({ name: text, role: is('signer', 'timestamp'), pem: text });

const TO_BACKGROUND: Record<ToBackground['type'], Test> = {
  done: object({ to: is('background'), type: is('done'), tab: whole, job: whole, outcome: OUTCOME }),
  again: object({ to: is('background'), type: is('again'), tab: whole, job: whole }),
};

const TO_OFFSCREEN: Record<ToOffscreen['type'], Test> = {
  check: object({
    to: is('offscreen'),
    type: is('check'),
    tab: whole,
    job: whole,
    url: text,
    pageUrl: text,
    media: is('image', 'video', 'audio'),
    hostAllowed: flag,
    bytes: either(object({ base64: text, mediaType: text }), is(null)),
    lists: list(LIST),
  }),
  cancel: object({ to: is('offscreen'), type: is('cancel'), job: whole }),
};

function parse<M>(table: Record<string, Test>, message: unknown): M | null {
  const type = (message as { type?: unknown } | null | undefined)?.type;
  if (typeof type !== 'string' || !Object.hasOwn(table, type)) return null;
  return table[type]?.(message) === true ? (message as M) : null;
}

export const toBackground = (message: unknown): ToBackground | null => parse(TO_BACKGROUND, message);
export const toOffscreen = (message: unknown): ToOffscreen | null => parse(TO_OFFSCREEN, message);
