/** How one mail transfer agent is set up, and what it knows of the accounts of its domains. */
import type { Micros, Random } from '../../core/index.ts';
import type { MailQueue } from '../../mail/index.ts';

/** What stands against delivering to an address of our own domains. */
export type RecipientState = 'ok' | 'unknown' | 'blocked' | 'full' | 'greylisted';

/** The account directory that a mail server consults: LDAP or SQL in life. */
export interface AccountDirectory {
  recipient(address: string): RecipientState;
  /** The canonical address of a log-in, or `undefined` when user or password is wrong. */
  authenticate(login: string, password: string): string | undefined;
}

export interface MtaConfig {
  /** Domains whose mail ends here. */
  readonly domains: readonly string[];
  readonly deliverTo: { readonly host: string; readonly port: number } | undefined;
  /** Networks (CIDR) that may relay without authentication. */
  readonly relayFrom: readonly string[];
  readonly submission: boolean;
  readonly maxSize: number;
  readonly accounts: AccountDirectory;
  /** What must survive a crash. */
  readonly durable: MtaDurable;
}

export interface MtaDurable {
  readonly queue: MailQueue;
  /** Greylisting: (client, sender, recipient) → when it was first seen. */
  readonly seen: Map<string, Micros>;
  /** Messages accepted so far: makes queue ids unique for good. */
  accepted: number;
}

/** A queue id such as Postfix writes: `3F01A7C2`. Unique by its counter part, not guessable by its random part. */
export function queueId(durable: MtaDurable, random: Random): string {
  durable.accepted++;
  const counter = durable.accepted.toString(16).toUpperCase().padStart(4, '0');
  return `${random.integer(0x1000, 0xffff).toString(16).toUpperCase()}${counter}`;
}
