/** Bounds of a mail store. */

/** Mailboxes of one user: a person has dozens. */
export const MAX_MAILBOXES = 1000;
/** Messages of one mailbox: a bound on floods, far above any lesson. */
export const MAX_MESSAGES = 100_000;
/** Keywords of one message beside the system flags (RFC 3501 §2.3.2). */
export const MAX_KEYWORDS = 100;
/** Octets of a mailbox name: as Dovecot's file systems allow. */
export const MAX_NAME = 255;
/** Levels of a mailbox name: Dovecot's default for a hierarchy is of this order. */
export const MAX_LEVELS = 16;
/** Names that a user subscribes to: twice the mailboxes, as names of deleted ones stay (RFC 3501 §6.3.6). */
export const MAX_SUBSCRIPTIONS = 2 * MAX_MAILBOXES;
