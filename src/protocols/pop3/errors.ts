/**
 * What the server refuses, as values: the reply to give and the clause that says so. "-ERR" is all that RFC 1939 has; codes
 * in brackets are RFC 2449 §8 and RFC 3206.
 */
import type { Response } from './messages.ts';

export type ErrorKind =
  | 'unknown-command'
  | 'bad-sequence'
  | 'syntax'
  | 'line-too-long'
  | 'bare-lf'
  | 'bare-cr'
  | 'nul'
  | 'unprintable'
  | 'no-such-message'
  | 'deleted-message'
  | 'no-apop'
  | 'auth-failed'
  | 'in-use'
  | 'temporary'
  | 'message-gone'
  | 'not-removed'
  | 'too-many-errors'
  | 'flood';

export interface Pop3Error {
  readonly kind: ErrorKind;
  readonly rfc: string;
  readonly reply: Response;
  /** What the grammar wanted, and what stood there. */
  readonly expected?: string;
  readonly got?: string;
}

type Row = readonly [rfc: string, text: string, code?: string];

const ROWS: Readonly<Record<ErrorKind, Row>> = {
  // "A server MUST respond to an unrecognized, unimplemented, or syntactically invalid command by responding with a
  // negative status indicator."
  'unknown-command': ['1939#3', 'Unknown command'],
  // "A server MUST respond to a command issued when the session is in an incorrect state by responding with a negative
  // status indicator."
  'bad-sequence': ['1939#3', 'Command not valid in this state'],
  syntax: ['1939#3', 'Invalid arguments'],
  'line-too-long': ['2449#4', 'Line too long'],
  'bare-lf': ['1939#3', 'Lines must end in CR LF, not in LF alone (nc needs -C)'],
  'bare-cr': ['1939#3', 'CR without LF is not allowed'],
  nul: ['1939#3', 'NUL is not allowed in a command'],
  // "Keywords and arguments consist of printable ASCII characters."
  unprintable: ['1939#3', 'Commands are printable US-ASCII'],
  'no-such-message': ['1939#5', 'No such message'],
  'deleted-message': ['1939#5', 'Message is marked as deleted'],
  'no-apop': ['1939#7', 'APOP is not offered here'],
  'auth-failed': ['3206#5', 'Invalid user name or password', 'AUTH'],
  'in-use': ['2449#8.1.2', 'Maildrop is locked by another POP3 session', 'IN-USE'],
  temporary: ['3206#4', 'Maildrop is not available now', 'SYS/TEMP'],
  'message-gone': ['1939#5', 'That message is gone', 'SYS/PERM'],
  'not-removed': ['1939#6', 'Some deleted messages not removed', 'SYS/TEMP'],
  'too-many-errors': ['1939#3', 'Too many errors, closing'],
  flood: ['2449#6.6', 'Too much input without waiting for replies'],
};

/** `text` replaces the usual text. */
export interface ErrorDetail {
  readonly text?: string;
  readonly expected?: string;
  readonly got?: string;
}

export function pop3Error(kind: ErrorKind, detail: ErrorDetail = {}): Pop3Error {
  const [rfc, usual, code] = ROWS[kind];
  const { text = usual, ...rest } = detail;
  return { kind, rfc, reply: code === undefined ? { ok: false, text } : { ok: false, code, text }, ...rest };
}
