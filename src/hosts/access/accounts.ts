/**
 * The account book of a world as one mail server's directory sees it: every address can be asked for, but only users of the
 * server's own domains log in there.
 */
import type { AccountBook } from '../../mail/index.ts';
import type { AccountDirectory } from '../mta/index.ts';

/** `domains`: those of the server; none: it serves users of all domains, as a relay for several does. */
export function accountDirectory(book: AccountBook, domains: readonly string[] = []): AccountDirectory {
  const own = domains.map((domain) => domain.toLowerCase());
  return {
    recipient: (address) => book.recipient(address),
    authenticate: (login, password) => book.authenticate(login, password, own.length === 0 ? undefined : own),
  };
}
