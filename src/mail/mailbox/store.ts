/**
 * The mail of all users of some domains, on one server: what LMTP delivers into and POP3 and IMAP read from. It is stable
 * storage: a crash of the host loses no message, only locks. Every change is reported to one observer, for the trace. Who
 * exists, is blocked or has a quota is the account book's business.
 */
import type { Octets } from '../../core/index.ts';
import type { AccountBook } from '../accounts/book.ts';
import type { Mailbox, MailboxChange, StoredMessage } from './mailbox.ts';
import { Maildrop, type MaildropChange } from './maildrop.ts';

/** What happened, to whose mailbox. */
export interface StoreChange {
  readonly user: string;
  readonly mailbox: Mailbox;
  readonly change: MailboxChange | MaildropChange;
}

export type DeliveryOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly cause: 'unknown' | 'blocked' | 'full' };

/** `full`: over quota, or too many messages. */
export type AppendOutcome =
  | { readonly ok: true; readonly message: StoredMessage }
  | { readonly ok: false; readonly cause: 'full' };

export class MailStore {
  private readonly served: string[] = [];
  private readonly maildrops = new Map<string, Maildrop>();

  /** `validity`: UIDVALIDITY of the first mailbox of each user: seconds since 1970 are customary. */
  constructor(
    readonly accounts: AccountBook,
    private readonly observer: (change: StoreChange) => void = () => undefined,
    private readonly validity = 1,
  ) {}

  /** Adds domains whose users have their mail here. */
  serve(domains: readonly string[]): void {
    for (const domain of domains)
      if (!this.served.includes(domain.toLowerCase())) this.served.push(domain.toLowerCase());
  }

  get domains(): readonly string[] {
    return this.served;
  }

  /** Whether a message for `address` could be stored now. Greylisting is not asked of a store: mail is accepted already. */
  accepts(address: string): 'ok' | 'unknown' | 'blocked' | 'full' {
    const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
    if (!this.served.includes(domain)) return 'unknown';
    const state = this.accounts.recipient(address);
    return state === 'greylisted' ? 'ok' : state;
  }

  /** Stores a message in the user's INBOX. */
  deliver(address: string, message: Uint8Array, internalDate: number): DeliveryOutcome {
    const state = this.accepts(address);
    if (state !== 'ok') return { ok: false, cause: state };
    const stored = this.append(address, this.maildrop(address).inbox, message, internalDate);
    return stored.ok ? { ok: true } : stored;
  }

  /** Stores a message in one of the user's mailboxes, within the user's quota: IMAP's APPEND and COPY. */
  append(
    address: string,
    mailbox: Mailbox,
    bytes: Uint8Array,
    internalDate: number,
    flags: Iterable<string> = [],
    by?: object,
  ): AppendOutcome {
    const quota = this.accounts.find(address)?.quota;
    if (quota !== undefined && this.used(address) + bytes.length > quota) return { ok: false, cause: 'full' };
    const message = mailbox.append(bytes, internalDate, flags, by);
    return message === undefined ? { ok: false, cause: 'full' } : { ok: true, message };
  }

  /** The address of a user of these domains, or `undefined`. `login` is an address or, without a domain, a user name. */
  authenticate(login: string, password: string): string | undefined {
    return this.accounts.authenticate(login, password, this.served);
  }

  /** The user's mail; made empty at the first call. */
  maildrop(address: string): Maildrop {
    const user = address.toLowerCase();
    let maildrop = this.maildrops.get(user);
    if (maildrop === undefined) {
      maildrop = new Maildrop(user, this.validity, (change) => this.listed(user, change));
      this.maildrops.set(user, maildrop);
    }
    return maildrop;
  }

  /** Octets that a user's mail takes. */
  used(address: string): Octets {
    return this.maildrops.get(address.toLowerCase())?.size ?? 0;
  }

  /** The host has crashed: sessions are gone, and with them their locks. */
  crashed(): void {
    for (const maildrop of this.maildrops.values()) maildrop.unlockAll();
  }

  private listed(user: string, change: MaildropChange): void {
    const { mailbox } = change;
    // A user's INBOX is there from the start; that it is made at first use is no event of the world.
    if (change.kind === 'created' && !this.maildrops.has(user)) return this.watch(user, mailbox);
    if (change.kind === 'created') this.watch(user, mailbox);
    if (change.kind === 'deleted') this.accounts.setUsed(user, this.used(user));
    this.observer({ user, mailbox, change });
  }

  private watch(user: string, mailbox: Mailbox): void {
    mailbox.observe((change) => {
      if (change.kind !== 'flags') this.accounts.setUsed(user, this.used(user));
      this.observer({ user, mailbox, change });
    });
  }
}
