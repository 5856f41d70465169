/** What traces say of a segment without decoding it. Made for every segment: no property that is not there. */
import type { FrameSummary, SocketAddress, StreamRange } from '../../core/index.ts';

export function summaryOf(
  source: SocketAddress,
  destination: SocketAddress,
  flags: string,
  range: StreamRange | undefined,
  retransmission: boolean,
): FrameSummary {
  if (retransmission) {
    return range === undefined
      ? { protocol: 'tcp', source, destination, flags, retransmission }
      : { protocol: 'tcp', source, destination, flags, range, retransmission };
  }
  return range === undefined
    ? { protocol: 'tcp', source, destination, flags }
    : { protocol: 'tcp', source, destination, flags, range };
}
