/**
 * The accounts of a world, as the directory that its mail servers share (LDAP or SQL in life). It says who exists, who may log in and
 * whose mailbox is full; mailboxes themselves are elsewhere (mailbox/).
 */
import type { Octets } from '../../core/index.ts';

export interface Account {
  /** `user@domain`, lower case. */
  readonly address: string;
  readonly password: string;
  readonly blocked: boolean;
  readonly greylist: boolean;
  /** Octets of mail that the account may hold; absent: no limit. */
  readonly quota?: Octets;
}

export type AccountState = 'ok' | 'unknown' | 'blocked' | 'full' | 'greylisted';

export class AccountBook {
  private readonly accounts = new Map<string, Account>();
  private readonly usage = new Map<string, Octets>();

  constructor(accounts: readonly Account[]) {
    for (const account of accounts) this.accounts.set(account.address.toLowerCase(), account);
  }

  find(address: string): Account | undefined {
    return this.accounts.get(address.toLowerCase());
  }

  /** What stands against delivering to an address. */
  recipient(address: string): AccountState {
    const account = this.find(address);
    if (account === undefined) return 'unknown';
    if (account.blocked) return 'blocked';
    if (account.quota !== undefined && this.used(address) >= account.quota) return 'full';
    return account.greylist ? 'greylisted' : 'ok';
  }

  /**
   * The address of a log-in, or `undefined` when user or password is wrong or the account is blocked. A bare user name is looked for
   * in `domains`.
   */
  authenticate(login: string, password: string, domains?: readonly string[]): string | undefined {
    const wanted = login.toLowerCase();
    for (const account of this.accounts.values()) {
      const [user = '', domain = ''] = split(account.address);
      const named = wanted === account.address.toLowerCase() || wanted === user;
      if (!named || (domains !== undefined && !domains.includes(domain))) continue;
      if (account.password === password && !account.blocked) return account.address.toLowerCase();
    }
    return undefined;
  }

  password(address: string): string | undefined {
    return this.find(address)?.password;
  }

  used(address: string): Octets {
    return this.usage.get(address.toLowerCase()) ?? 0;
  }

  /** A store tells how much an account holds now. */
  setUsed(address: string, octets: Octets): void {
    this.usage.set(address.toLowerCase(), octets);
  }

  /** False when there is no such account. */
  change(address: string, change: { readonly blocked?: boolean; readonly quota?: Octets }): boolean {
    const account = this.find(address);
    if (account === undefined) return false;
    const { blocked = account.blocked, quota = account.quota } = change;
    this.accounts.set(address.toLowerCase(), { ...account, blocked, ...(quota === undefined ? {} : { quota }) });
    return true;
  }
}

function split(address: string): readonly string[] {
  const at = address.lastIndexOf('@');
  return [address.slice(0, at).toLowerCase(), address.slice(at + 1).toLowerCase()];
}
