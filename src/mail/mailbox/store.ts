/**
 * The mail of all users of some domains, on one server: what LMTP delivers into and POP3 and IMAP read from. It is stable storage: a
 * crash of the host loses no message. Every change is reported to one observer, for the trace.
 */
import type { Octets } from '../../core/index.ts';
import type { AccountBook } from '../accounts/book.ts';
import type { Mailbox, MailboxChange } from './mailbox.ts';
import { Maildrop } from './maildrop.ts';

export interface StoreChange {
  readonly user: string;
  readonly mailbox: Mailbox;
  readonly change: MailboxChange;
}

export type DeliveryOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly cause: 'unknown' | 'blocked' | 'full' };

export class MailStore {
  private readonly served: string[] = [];
  private readonly maildrops = new Map<string, Maildrop>();

  /** `validity`: UIDVALIDITY of the first mailbox: seconds since 1970 are customary. */
  constructor(
    readonly accounts: AccountBook,
    private readonly observer: (change: StoreChange) => void,
    private readonly validity = 1,
  ) {}

  /** Adds domains whose users have their mail here. */
  serve(domains: readonly string[]): void {
    for (const domain of domains) if (!this.served.includes(domain.toLowerCase())) this.served.push(domain.toLowerCase());
  }

  get domains(): readonly string[] {
    return this.served;
  }

  /** Whether a message for `address` could be stored now. */
  accepts(address: string): 'ok' | 'unknown' | 'blocked' | 'full' {
    const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
    if (!this.served.includes(domain)) return 'unknown';
    const state = this.accounts.recipient(address);
    return state === 'greylisted' ? 'ok' : state;
  }

  deliver(address: string, message: Uint8Array, internalDate: number): DeliveryOutcome {
    const state = this.accepts(address);
    if (state !== 'ok') return { ok: false, cause: state };
    const quota = this.accounts.find(address)?.quota;
    const maildrop = this.maildrop(address);
    if (quota !== undefined && maildrop.size + message.length > quota) return { ok: false, cause: 'full' };
    return maildrop.inbox.append(message, internalDate) === undefined ? { ok: false, cause: 'full' } : { ok: true };
  }

  /** The address of a user of these domains, or `undefined`. */
  authenticate(login: string, password: string): string | undefined {
    return this.accounts.authenticate(login, password, this.served);
  }

  /** The user's mail; made empty at the first call. */
  maildrop(address: string): Maildrop {
    const user = address.toLowerCase();
    let maildrop = this.maildrops.get(user);
    if (maildrop === undefined) {
      maildrop = new Maildrop(user, this.validity);
      this.maildrops.set(user, maildrop);
      this.watch(user, maildrop.inbox);
    }
    return maildrop;
  }

  /** To be called for each mailbox made after the first, so that its changes are reported too. */
  watch(user: string, mailbox: Mailbox): void {
    mailbox.observe((change) => {
      if (change.kind !== 'flags') this.accounts.setUsed(user, this.used(user));
      this.observer({ user, mailbox, change });
    });
  }

  /** Octets that a user's mail takes. */
  used(address: string): Octets {
    return this.maildrops.get(address.toLowerCase())?.size ?? 0;
  }

  /** The host has crashed: sessions are gone, and with them their locks. */
  crashed(): void {
    for (const maildrop of this.maildrops.values()) maildrop.unlockAll();
  }
}
