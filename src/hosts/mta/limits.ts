/** Numbers of the mail transfer agent, each with its reason or precedent. */
import { type Duration, MINUTE, SECOND } from '../../core/index.ts';

/** Hops before a message is held to be looping. RFC 5321 §6.3 asks for a large threshold, "normally at least 100 Received entries". */
export const MAX_HOPS = 100;

/** A triplet that was turned away once is let in after this long; postgrey's default. First retries come after 30 min. */
export const GREYLIST_DELAY: Duration = 5 * MINUTE;

/** How long to wait for a connection to be established before the next address is tried; Postfix's smtp_connect_timeout. */
export const CONNECT_TIMEOUT: Duration = 30 * SECOND;

/** Deliveries at once from one queue; Postfix's default_destination_concurrency_limit. More wait their turn. */
export const MAX_CONCURRENT = 20;

/** Hosts that are tried for one domain in one attempt; Postfix's smtp_mx_address_limit. */
export const MAX_HOSTS = 5;
