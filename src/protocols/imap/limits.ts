/** Numbers of IMAP, each with its clause or reason. Sizes in octets, times in milliseconds. */

/** A command without its literals: 64 KiB, what Dovecot takes; RFC 2683 §3.2.1.5 asks for 8000 at the least. */
export const COMMAND = 65_536;
/** A literal other than a message: names and search strings are short. */
export const LITERAL = 65_536;
/** A literal before the log-in: a name or a password, from anybody. */
export const LITERAL_BEFORE_LOGIN = 1024;
/** A message to APPEND: as much as our own SMTP servers accept (RFC 7889 §4 names no number). */
export const MESSAGE = 25 * 1024 * 1024;
/** Literals in a command: each costs a round trip, and no command needs more. */
export const LITERALS = 64;
/** Parentheses and search keys inside each other: no person nests deeper, and parsers recurse. */
export const NESTING = 32;
/** "the duration of that timer MUST be at least 30 minutes" (RFC 3501 §5.4). */
export const IDLE = 30 * 60_000;
/** Time to log in: strangers hold no connection for long; Dovecot gives three minutes. */
export const LOGIN_TIME = 3 * 60_000;
/** BAD and wrong passwords in a session before BYE, as Dovecot does against lost programs. */
export const ERRORS = 20;
/** A wrong password counts as so many errors: the fifth hangs up. */
export const ERRORS_OF_A_WRONG_PASSWORD = 4;
/** Input kept while the host thinks. */
export const PENDING_INPUT = 32 * 1024 * 1024;
/** MIME parts looked at in a message, and how deep: hostile messages nest without end. */
export const MIME_PARTS = 1000;
export const MIME_DEPTH = 32;
/** Text that a PDU shows. */
export const SHOWN_TEXT = 300;
/** Lists and MIME parts inside each other: hostile messages nest without end. */
export const DEPTH = 32;
/** Ranges in a sequence set: more than any client sends in one command. */
export const SET = 1000;
