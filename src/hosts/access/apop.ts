/** APOP on the host's side: the timestamp of a greeting, and what a client that knows the password makes of it (RFC 1939 §7). */
import { md5 } from '@noble/hashes/legacy.js';
import { latin1 } from '../../core/index.ts';
import type { Host } from '../host.ts';

/** `<unique@host>`, different for every connection. */
export function timestamp(host: Host): string {
  return `<${host.random.integer(0x1000, 0xff_ffff)}.${host.wallClock}.${host.kernel.now}@${host.hostname}>`;
}

/** "calculated by applying the MD5 algorithm to a string consisting of the timestamp … followed by a shared secret". */
export function digestOf(stamp: string, password: string): string {
  let hex = '';
  for (const octet of md5(latin1(stamp + password))) hex += octet.toString(16).padStart(2, '0');
  return hex;
}
