/**
 * The layout of an Ethernet II frame with an IPv4 header in it, written and read in place: the fast path of the simulation.
 * The annotated reading for people is parse-frame.ts. RFC 894, RFC 791. No fragments: DF is always set.
 */
import { addWords, finish } from './checksum.ts';

export const ETHERNET_HEADER = 14;
export const IPV4_HEADER = 20;
/** Where the transport header starts: we send no IP options, and parse-frame.ts handles those of others. */
export const TRANSPORT = ETHERNET_HEADER + IPV4_HEADER;

/** RFC 894: the largest IP packet on an Ethernet. */
export const MTU = 1500;
/** RFC 9293 §3.7.1: MTU less the fixed headers of IPv4 and TCP. */
export const MSS = MTU - IPV4_HEADER - 20;
/** RFC 1700's recommended default time to live. */
export const TTL = 64;

export const PROTOCOL_ICMP = 1;
export const PROTOCOL_TCP = 6;
export const PROTOCOL_UDP = 17;

const ETHERTYPE_IPV4 = 0x0800;

/** Writes both headers into `frame`, whose transport part is already there. MAC addresses are set when it enters a link. */
export function writeHeaders(
  frame: Uint8Array,
  source: number,
  destination: number,
  protocol: number,
  id: number,
): void {
  frame[12] = ETHERTYPE_IPV4 >>> 8;
  frame[13] = ETHERTYPE_IPV4 & 255;
  const length = frame.length - ETHERNET_HEADER;
  frame[14] = 0x45;
  frame[15] = 0;
  put16(frame, 16, length);
  put16(frame, 18, id);
  // Don't Fragment (RFC 791 §3.1): the MSS keeps every segment within the MTU.
  put16(frame, 20, 0x4000);
  frame[22] = TTL;
  frame[23] = protocol;
  put16(frame, 24, 0);
  put32(frame, 26, source);
  put32(frame, 30, destination);
  put16(frame, 24, finish(addWords(frame, ETHERNET_HEADER, TRANSPORT, 0)));
}

export function setMacs(frame: Uint8Array, destination: Uint8Array, source: Uint8Array): void {
  frame.set(destination, 0);
  frame.set(source, 6);
}

/** Whether the frame carries an IPv4 packet with a sound header that ends where the frame ends. */
export function isSoundIpv4(frame: Uint8Array): boolean {
  if (frame.length < TRANSPORT || get16(frame, 12) !== ETHERTYPE_IPV4 || frame[14] !== 0x45) return false;
  return (
    get16(frame, 16) === frame.length - ETHERNET_HEADER && finish(addWords(frame, ETHERNET_HEADER, TRANSPORT, 0)) === 0
  );
}

/** A copy with the TTL one lower and the header checksum recomputed, or `undefined` when it has run out. */
export function forwarded(frame: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const ttl = frame[22] as number;
  if (ttl <= 1) return undefined;
  const copy = frame.slice();
  copy[22] = ttl - 1;
  put16(copy, 24, 0);
  put16(copy, 24, finish(addWords(copy, ETHERNET_HEADER, TRANSPORT, 0)));
  return copy;
}

export const protocolOf = (frame: Uint8Array): number => frame[23] as number;
export const sourceOf = (frame: Uint8Array): number => get32(frame, 26);
export const destinationOf = (frame: Uint8Array): number => get32(frame, 30);

export function get16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}

export function get32(bytes: Uint8Array, at: number): number {
  return ((get16(bytes, at) << 16) | get16(bytes, at + 2)) >>> 0;
}

export function put16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 8;
  bytes[at + 1] = value;
}

export function put32(bytes: Uint8Array, at: number, value: number): void {
  put16(bytes, at, value >>> 16);
  put16(bytes, at + 2, value & 0xffff);
}
