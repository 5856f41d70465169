/** A frame on its way with what is known about it beside its octets. */
import type { ConnectionId, FrameSummary, PayloadRef } from '../core/index.ts';

export interface Packet {
  readonly frame: Uint8Array;
  readonly conn: ConnectionId;
  readonly summary: FrameSummary;
  /** Where the trace keeps these very octets, once it does. */
  payload: PayloadRef | undefined;
}

/** Whoever a link ends at. */
export interface Attachment {
  readonly node: string;
  /** A frame has arrived over `link`. False: it was not taken, and the reason has been traced. */
  arrived(packet: Packet, link: LinkEnd): void;
}

/** A link as seen from one of its ends. */
export interface LinkEnd {
  readonly link: string;
  /** Puts a frame on the link towards the other end. */
  send(packet: Packet): void;
}
