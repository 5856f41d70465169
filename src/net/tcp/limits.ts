/** Numbers of TCP, each with its reason or precedent. */
import { type Duration, MILLISECOND, MINUTE, type Octets, SECOND } from '../../core/index.ts';

/** RFC 6298 §2.1: before any measurement the timeout is one second. */
export const RTO_INITIAL: Duration = SECOND;
/** RFC 6298 §2.4 says 1 s; Linux uses 200 ms, which suits the short paths of a classroom's networks. */
export const RTO_MIN: Duration = 200 * MILLISECOND;
/** RFC 6298 §2.5: at least 60 s. */
export const RTO_MAX: Duration = MINUTE;

/** Linux's tcp_syn_retries: six SYNs after the first, about two minutes in all. */
export const SYN_RETRIES = 6;
/** RFC 9293 §3.8.3 R2: at least 100 s; Linux's tcp_retries2 is 15, which is about 15 minutes. */
export const DATA_RETRIES = 15;
/** A closed window is probed for as long as the peer answers; without an answer it counts like data. */
export const PROBE_MIN: Duration = 500 * MILLISECOND;

/** RFC 9293 §3.4.2: MSL is two minutes by default; Linux holds TIME-WAIT for 60 s in all, and so do we (2 × 30 s). */
export const TIME_WAIT: Duration = MINUTE;

/** RFC 9293 §3.8.6.3: an ACK is delayed by less than 0.5 s; Linux's least is 40 ms. */
export const DELAYED_ACK: Duration = 40 * MILLISECOND;

/** Receive buffer, and so the largest window we offer without scaling: the 16-bit field's maximum. */
export const RECEIVE_BUFFER: Octets = 65_535;
/** RFC 7323 §2.2: windows in units of 2^4 octets, about 1 MiB: fills 100 Mbit/s over the longest paths of our worlds. */
export const WINDOW_SHIFT = 4;
/** RFC 7323 §2.3: a greater shift is used as this one. */
export const MAX_SHIFT = 14;

/** RFC 6928: ten segments to begin with. */
export const INITIAL_WINDOW_SEGMENTS = 10;

/** RFC 5681 §3.2: the third duplicate ACK means loss. */
export const DUPLICATE_ACKS = 3;

/** RFC 9293 §3.7.1: without an MSS option, 536 octets. */
export const DEFAULT_MSS: Octets = 536;
/** A smaller MSS would let a peer make us send a header for every few octets; Linux's floor. */
export const MIN_MSS: Octets = 48;

/** Half-open connections a listener keeps: Linux's tcp_max_syn_backlog on small machines. */
export const BACKLOG = 128;
/** Connections a host has at most: a bound on floods, far above any lesson. */
export const MAX_CONNECTIONS = 20_000;
/** Segments held out of order a connection: a scaled window's worth of full ones. */
export const MAX_FRAGMENTS = 1024;
