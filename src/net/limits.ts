/** Numbers of the network below TCP, each with its reason. */
import { type Duration, MILLISECOND, type Octets } from '../core/index.ts';

/** A link that does not say otherwise: a local network's cable. */
export const DEFAULT_DELAY: Duration = MILLISECOND;
/** 100 Mbit/s Ethernet, in bits a second. */
export const DEFAULT_BANDWIDTH = 100_000_000;
/** A packet to oneself never touches a cable, but takes a moment. */
export const LOOPBACK_DELAY: Duration = 10;
export const LOOPBACK_BANDWIDTH = 10_000_000_000;

/** Octets that may wait for a link: as much as a small router buffers; beyond it the tail is dropped. */
export const LINK_QUEUE: Octets = 4 * 1024 * 1024;
/** A frame delayed by reordering arrives up to this many link delays late, so that several later ones overtake it. */
export const REORDER_DELAYS = 3;
/** The second copy of a duplicated frame follows within this time. */
export const DUPLICATE_GAP: Duration = MILLISECOND;

/** RFC 6335 §6: dynamic ports. */
export const EPHEMERAL_FIRST = 49_152;
export const EPHEMERAL_LAST = 65_535;

/** UDP payload that fits one frame without fragments, which we do not make: MTU less IPv4 and UDP headers. */
export const MAX_DATAGRAM: Octets = 1472;
/** UDP conversations that a socket remembers; the oldest is forgotten first. */
export const MAX_CONVERSATIONS = 1024;
