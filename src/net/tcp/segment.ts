/**
 * TCP segments on the wire (RFC 9293 §3.1): header, MSS and window scale options, checksum over the pseudo-header. A segment is written straight
 * into its frame, so that its payload is copied once. Bad ones are reported by value.
 *
 *    0                   1                   2                   3
 *    |          Source Port          |       Destination Port        |
 *    |                        Sequence Number                        |
 *    |                    Acknowledgment Number                      |
 *    |Offset| Rsrvd |C|E|U|A|P|R|S|F|             Window             |
 *    |           Checksum            |        Urgent Pointer         |
 */
import { addWords, finish, pseudoHeader } from '../checksum.ts';
import {
  destinationOf,
  get16,
  get32,
  PROTOCOL_TCP,
  put16,
  put32,
  sourceOf,
  TRANSPORT,
  writeHeaders,
} from '../frame.ts';
import { MAX_SHIFT } from './limits.ts';

export const FIN = 0x01;
export const SYN = 0x02;
export const RST = 0x04;
export const PSH = 0x08;
export const ACK = 0x10;

const HEADER = 20;
const OPTION_END = 0;
const OPTION_NOP = 1;
const OPTION_MSS = 2;
const OPTION_WINDOW_SCALE = 3;

export interface SegmentOut {
  readonly source: number;
  readonly sourcePort: number;
  readonly destination: number;
  readonly destinationPort: number;
  readonly seq: number;
  readonly ack: number;
  readonly flags: number;
  readonly window: number;
  /** On SYN segments only. */
  readonly mss?: number | undefined;
  readonly windowScale?: number | undefined;
  readonly payload: Uint8Array;
  /** IPv4 identification. */
  readonly id: number;
}

export function emitSegment(segment: SegmentOut): Uint8Array<ArrayBuffer> {
  const options = (segment.mss === undefined ? 0 : 4) + (segment.windowScale === undefined ? 0 : 4);
  const header = HEADER + options;
  const frame = new Uint8Array(TRANSPORT + header + segment.payload.length);
  let at = TRANSPORT;
  put16(frame, at, segment.sourcePort);
  put16(frame, at + 2, segment.destinationPort);
  put32(frame, at + 4, segment.seq);
  put32(frame, at + 8, segment.ack);
  frame[at + 12] = (header / 4) << 4;
  frame[at + 13] = segment.flags;
  put16(frame, at + 14, segment.window);
  at += HEADER;
  if (segment.mss !== undefined) {
    frame[at] = OPTION_MSS;
    frame[at + 1] = 4;
    put16(frame, at + 2, segment.mss);
    at += 4;
  }
  if (segment.windowScale !== undefined) {
    frame[at] = OPTION_NOP;
    frame[at + 1] = OPTION_WINDOW_SCALE;
    frame[at + 2] = 3;
    frame[at + 3] = segment.windowScale;
    at += 4;
  }
  frame.set(segment.payload, at);
  const length = frame.length - TRANSPORT;
  const sum = addWords(
    frame,
    TRANSPORT,
    frame.length,
    pseudoHeader(segment.source, segment.destination, PROTOCOL_TCP, length),
  );
  put16(frame, TRANSPORT + 16, finish(sum));
  writeHeaders(frame, segment.source, segment.destination, PROTOCOL_TCP, segment.id);
  return frame;
}

export interface Segment {
  readonly source: number;
  readonly sourcePort: number;
  readonly destination: number;
  readonly destinationPort: number;
  readonly seq: number;
  readonly ack: number;
  readonly flags: number;
  readonly window: number;
  readonly mss: number | undefined;
  readonly windowScale: number | undefined;
  /** A view into the frame. */
  readonly payload: Uint8Array;
}

export type SegmentFault = 'malformed' | 'bad-checksum';

/** Reads the segment of a frame whose IPv4 header is sound. */
export function parseSegment(frame: Uint8Array): Segment | SegmentFault {
  const length = frame.length - TRANSPORT;
  if (length < HEADER) return 'malformed';
  const header = ((frame[TRANSPORT + 12] as number) >>> 4) * 4;
  if (header < HEADER || header > length) return 'malformed';
  const source = sourceOf(frame);
  const destination = destinationOf(frame);
  const sum = addWords(frame, TRANSPORT, frame.length, pseudoHeader(source, destination, PROTOCOL_TCP, length));
  if (finish(sum) !== 0) return 'bad-checksum';
  let mss: number | undefined;
  let windowScale: number | undefined;
  const end = TRANSPORT + header;
  for (let at = TRANSPORT + HEADER; at < end; ) {
    const kind = frame[at] as number;
    if (kind === OPTION_END) break;
    if (kind === OPTION_NOP) {
      at++;
      continue;
    }
    const size = at + 1 < end ? (frame[at + 1] as number) : 0;
    if (size < 2 || at + size > end) return 'malformed';
    if (kind === OPTION_MSS && size === 4) mss = get16(frame, at + 2);
    if (kind === OPTION_WINDOW_SCALE && size === 3) windowScale = Math.min(frame[at + 2] as number, MAX_SHIFT);
    at += size;
  }
  return {
    source,
    destination,
    sourcePort: get16(frame, TRANSPORT),
    destinationPort: get16(frame, TRANSPORT + 2),
    seq: get32(frame, TRANSPORT + 4),
    ack: get32(frame, TRANSPORT + 8),
    flags: frame[TRANSPORT + 13] as number,
    window: get16(frame, TRANSPORT + 14),
    mss,
    windowScale,
    payload: frame.subarray(end),
  };
}

const FLAG_TEXTS = new Map<number, string>();

/** `S`, `SA`, `A`, `PA`, `FA`, `R`: in the order S F R P … A as traces show them. */
export function showFlags(flags: number): string {
  let text = FLAG_TEXTS.get(flags);
  if (text === undefined) {
    text =
      (flags & SYN ? 'S' : '') +
      (flags & FIN ? 'F' : '') +
      (flags & RST ? 'R' : '') +
      (flags & PSH ? 'P' : '') +
      (flags & ACK ? 'A' : '');
    FLAG_TEXTS.set(flags, text);
  }
  return text;
}
