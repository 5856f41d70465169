/** Names of mailboxes: levels separated by `/`, INBOX in any case (RFC 3501 §5.1). */
import { MAX_LEVELS, MAX_NAME } from './limits.ts';

export const INBOX = 'INBOX';
/** Hierarchy delimiter (RFC 3501 §5.1.1). */
export const DELIMITER = '/';

/** The name under which a mailbox is kept: INBOX in any case is INBOX, every other name is itself. */
export function canonicalName(name: string): string {
  return name.length === INBOX.length && name.toUpperCase() === INBOX ? INBOX : name;
}

/** Whether a mailbox can be called so: no controls, no wildcards of LIST (RFC 3501 §5.1.2), no empty level. */
export function isMailboxName(name: string): boolean {
  if (name.length === 0 || name.length > MAX_NAME) return false;
  for (const char of name) if (char < ' ' || char === '*' || char === '%' || char === '\x7f') return false;
  const levels = name.split(DELIMITER);
  return levels.length <= MAX_LEVELS && levels.every((level) => level !== '');
}

/** The names above this one, outermost first: `a`, `a/b` for `a/b/c`. */
export function superiors(name: string): readonly string[] {
  const levels = name.split(DELIMITER);
  return levels.slice(1).map((_, i) => levels.slice(0, i + 1).join(DELIMITER));
}
