/** Numbers of POP3, each with its clause or reason. Sizes in octets, times in milliseconds. */

/** A command: "255 octets, including the terminating CRLF" (RFC 2449 §4). */
export const COMMAND_LINE = 255;
/** The first line of a response, CR LF included: "unchanged at 512 octets" (RFC 2449 §4). */
export const RESPONSE_LINE = 512;
/** Longest line that a client takes; content lines have no limit in RFC 1939, mail in the field exceeds RFC 5322's 998. */
export const CLIENT_LINE = 65_536;
/** "Such a timer MUST be of at least 10 minutes' duration" (RFC 1939 §3). */
export const IDLE = 10 * 60_000;
/** A client waits this long for a response: as SMTP's (RFC 5321 §4.5.3.2); POP3 has no clause of its own. */
export const RESPONSE = 5 * 60_000;
/** Refused commands in a session before it is closed: as Dovecot does, against guessing and against lost programs. */
export const ERRORS = 20;
/** A wrong password counts as so many errors: with the limit above, the fifth hangs up. */
export const ERRORS_OF_A_WRONG_PASSWORD = 4;
/** Input kept while the host thinks: some 250 longest commands, more than any client pipelines. */
export const PENDING_INPUT = 65_536;
/** A message that a client takes: as much as our own servers accept, with room for stuffing. */
export const MESSAGE = 64 * 1024 * 1024;
/** Messages that a client takes note of in LIST and UIDL: as many as a mailbox of ours holds. */
export const LISTED = 100_000;
/** A message number: nine digits are more messages than any maildrop has, and exact as a number. */
export const NUMBER_DIGITS = 9;
/** Text that a PDU shows. */
export const SHOWN_TEXT = 300;
