/**
 * The ladder with its second layer unfolded: the rows of the application's messages, and between them each TCP segment in its place.
 * The folded rows of opening and closing give way to the segments that they stand for.
 */
import { lowerBound } from './changes.ts';
import type { LadderRow } from './ladder.ts';
import type { List } from './persistent-list.ts';
import type { Segment } from './segments.ts';

/** Messages and segments in the order in which they began. */
export function withSegments(rows: readonly LadderRow[], segments: List<Segment>): readonly LadderRow[] {
  const messages = rows.filter(({ kind, reason }) => kind === 'pdu' || (kind === 'close' && reason !== 'fin'));
  const starts = messages.map(({ seq }) => seq);
  const merged: LadderRow[] = [];
  let next = 0;
  for (const segment of segments) {
    const before = lowerBound(starts, segment.seq);
    while (next < before) merged.push(messages[next++] as LadderRow);
    merged.push(rowOf(segment));
  }
  while (next < messages.length) merged.push(messages[next++] as LadderRow);
  return merged;
}

function rowOf(segment: Segment): LadderRow {
  const { index, seq, conn, from, to, at, arrived, range, label } = segment;
  return {
    index,
    seq,
    conn,
    from,
    to,
    sentAt: at,
    received: arrived,
    kind: 'segment',
    protocol: 'tcp',
    pdu: undefined,
    // Octets are counted from 0: a sequence number would start anywhere.
    reason: range === undefined ? label : `${label} ${range.from}–${range.to}`,
    endpoint: undefined,
    lost: segment.lost !== undefined,
    again: segment.retransmission,
  };
}
