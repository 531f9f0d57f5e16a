import type { Report } from '../../web/src/report.js';

export type Media = 'image' | 'video' | 'audio';

/** Why a check ended without a report. Each has its own words, and none says anything about the file. */
export type Reason =
  /** The address is not one an extension can read, such as `file:`. */
  | 'address'
  /** A public page names a host of this machine or a private network. */
  | 'private'
  /** The answer came from such a host. */
  | 'ledToPrivate'
  /** The host's leave to read is missing, and the host does not give it to everybody. */
  | 'permission'
  /** The host may be read, and yet the answer may not: it leads to another host. */
  | 'cors'
  | 'network'
  | 'offline'
  | 'status'
  | 'tooLarge'
  | 'fetchTimeout'
  /** Made by the page piece by piece: there is no file. */
  | 'stream'
  /** Made by the page, and gone or out of reach. */
  | 'pageBlob'
  | 'validationTimeout'
  | 'engine'
  /** The report does not fit into the browser's memory for extensions. */
  | 'reportTooLarge';

/** Trying again cannot change these. */
export const FINAL_REASONS: readonly Reason[] = [
  'address',
  'private',
  'tooLarge',
  'stream',
  'pageBlob',
  'reportTooLarge',
];

/** What the page showed when it was asked for: pixel size as the page knows it. */
export interface Shown {
  width: number;
  height: number;
  /** False when the page scales its pictures by `srcset`: then only the proportions can be compared. */
  exact: boolean;
}

/** The bytes that were checked. */
export interface CheckedFile {
  /** Lives as long as the offscreen document. */
  blobUrl: string;
  /** Address the bytes finally came from; empty for bytes without one. */
  finalUrl: string;
  size: number;
  mediaType: string;
  /** In pixels, for pictures that this browser can draw; otherwise 0. */
  width: number;
  height: number;
  /** In hex; empty for files too large to hash in one piece. */
  sha256: string;
}

export type Outcome =
  | { kind: 'report'; report: Report; file: CheckedFile }
  | { kind: 'failed'; reason: Reason; detail: string; file: CheckedFile | null };

/** One file that the user asked about, as kept per tab for the browser's session. */
export interface Check {
  job: number;
  media: Media;
  url: string;
  pageUrl: string;
  frameId: number;
  startedAt: number;
  shown: Shown | null;
  outcome: Outcome | null;
}
