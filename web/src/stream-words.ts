/** What is said about the segments of a stream; words.ts holds the rest. */
import type { StreamSegment } from './report.js';

const SEGMENTS: Record<StreamSegment['state'], string> = {
  none: 'nothing vouches for it',
  invalid: 'not what was signed',
  wellFormed: 'not fully checked',
  valid: 'as it was signed',
  trusted: 'as it was signed',
};

export const segmentLabel = (segment: StreamSegment): string => `Segment ${segment.index + 1}`;

/** What was found out about one segment of a stream. */
export function segmentWords(segment: StreamSegment): string {
  const jump = segment.order === 'discontinuity' ? ['does not follow the one before'] : [];
  const failures = segment.statuses.filter((status) => status.kind === 'failure').map((status) => status.code);
  const note = segment.note === undefined ? [] : [segment.note];
  return [SEGMENTS[segment.state], ...jump, ...note, ...new Set(failures)].join('; ');
}
