/**
 * Every number of SMTP and LMTP, each with the clause or the threat beside it. Sizes in octets, times in milliseconds.
 */

/** A command line, CR LF included (RFC 5321 §4.5.3.1.4). */
export const COMMAND_LINE = 512;
/** What SIZE adds to MAIL (RFC 1870 §3). */
export const SIZE_ADDS = 26;
/** What 8BITMIME adds to MAIL (RFC 6152 §2). */
export const BODY_ADDS = 17;
/** What AUTH= adds to MAIL (RFC 4954 §3). */
export const AUTH_ADDS = 500;
/** An AUTH command or one of its response lines, CR LF included (RFC 4954 §4). The longest line a server ever keeps. */
export const AUTH_LINE = 12_288;
/** A line of the message, CR LF included, a dot added for transparency not counted (RFC 5321 §4.5.3.1.6). */
export const TEXT_LINE = 1000;
/** Reply lines are 512 at most (RFC 5321 §4.5.3.1.5); servers in the field exceed it, so a client takes more. */
export const REPLY_LINE = 512;
export const REPLY_LINE_ACCEPTED = 4096;
/** Lines of one reply a client keeps: a hostile server could send EHLO lines for ever. Postfix's EHLO has about 12. */
export const REPLY_LINES = 128;

/** RFC 5321 §4.5.3.1.1 to §4.5.3.1.3. */
export const LOCAL_PART = 64;
export const DOMAIN = 255;
export const PATH = 256;

/** Recipients a message: the least that RFC 5321 §4.5.3.1.8 allows a server to stop at. */
export const RECIPIENTS = 100;
/** Message size: Postfix's default `message_size_limit`. */
export const MESSAGE_SIZE = 10_240_000;

/** Protocol errors in a session before it is closed: Postfix's `smtpd_hard_error_limit`. */
export const ERRORS = 20;
/** Input kept while the host thinks. A client pipelines commands, never content; a flood is not worth more memory. */
export const PENDING_INPUT = 1_048_576;
/** Text that a PDU shows of a line or subject. The octets themselves stay in the stream. */
export const SHOWN_TEXT = 300;

const MINUTE = 60_000;
/** Waiting for the client's next command (RFC 5321 §4.5.3.2.7: at least 5 minutes). */
export const SERVER_IDLE = 5 * MINUTE;
/** Client timeouts, RFC 5321 §4.5.3.2.1 to §4.5.3.2.6. */
export const GREETING_REPLY = 5 * MINUTE;
export const MAIL_REPLY = 5 * MINUTE;
export const RCPT_REPLY = 5 * MINUTE;
export const DATA_REPLY = 2 * MINUTE;
export const CONTENT_REPLY = 10 * MINUTE;
/** EHLO, AUTH, RSET, QUIT: no clause of their own; as MAIL. */
export const OTHER_REPLY = 5 * MINUTE;
