/** Every protocol that there is: one line each. Charts, coverage tables, bridge ports and contract tests come from here. */
import type { Protocol } from './contract.ts';
import { dns } from './dns/index.ts';
import { imap } from './imap/index.ts';
import { pop3 } from './pop3/index.ts';
import { lmtp, smtp } from './smtp/index.ts';

export const PROTOCOLS: readonly Protocol[] = [smtp, lmtp, pop3, imap, dns];
