/** Numbers of POP3, each with its clause or reason. Sizes in octets, times in milliseconds. */

/** A command line, CR LF included (RFC 2449 §4). */
export const COMMAND_LINE = 255;
/** A response's first line (RFC 2449 §4: 512); servers in the field exceed it, so a client takes more. */
export const RESPONSE_LINE = 4096;
/** RFC 1939 §3: an autologout timer is at least ten minutes. */
export const IDLE = 10 * 60_000;
/** A client waits this long for a response: as SMTP's (RFC 5321 §4.5.3.2); POP3 has no clause of its own. */
export const RESPONSE = 5 * 60_000;
/** Refused commands in a session before it is closed, as Dovecot does. */
export const ERRORS = 20;
/** Input kept while the host thinks. */
export const PENDING_INPUT = 65_536;
/** A message that a client takes: as much as our own servers accept, with room for stuffing. */
export const MESSAGE = 64 * 1024 * 1024;
/** Lines of one multi-line response that a client keeps (UIDL, LIST). */
export const LINES = 100_000;
/** Text that a PDU shows. */
export const SHOWN_TEXT = 300;
