/** What is said about the segments of a stream; words.ts holds the rest. */
import type { StreamSegment, Uncovered } from './report.js';

const SEGMENTS: Record<StreamSegment['state'], string> = {
  none: 'nothing vouches for it',
  invalid: 'not what was signed',
  wellFormed: 'not fully checked',
  valid: 'as it was signed',
  trusted: 'as it was signed',
};

/**
 * Where the record itself stands is no news, as its bytes cannot be covered by a hash inside it; nor is a Merkle proof
 * that was checked.
 */
export const isExpectedGap = ({ kind }: Uncovered): boolean => kind === 'manifestStore' || kind === 'merkleProof';

export const segmentLabel = (segment: StreamSegment): string => `Segment ${segment.index + 1}`;

/** What was found out about one segment of a stream. */
export function segmentWords(segment: StreamSegment): string {
  const jump = segment.order === 'discontinuity' ? ['does not follow the one before'] : [];
  const failures = segment.statuses.filter((status) => status.kind === 'failure').map((status) => status.code);
  const gaps = segment.uncovered.filter((part) => !isExpectedGap(part)).map(({ text }) => text.replace(/\.$/, ''));
  const note = segment.note === undefined ? [] : [segment.note];
  return [SEGMENTS[segment.state], ...jump, ...note, ...new Set([...failures, ...gaps])].join('; ');
}
