/**
 * What the server refuses by itself, as values: the reply to give and the clause that says so. Policy refusals are the
 * host's and pass through untouched. Codes: RFC 5321 §4.2.3; enhanced codes: RFC 3463 and its registry.
 */
import type { Reply } from './messages.ts';

export type ErrorKind =
  | 'unknown-command'
  | 'not-implemented'
  | 'bad-sequence'
  | 'line-too-long'
  | 'auth-line-too-long'
  | 'bare-lf'
  | 'bare-cr'
  | 'nul'
  | 'eight-bit-command'
  | 'syntax'
  | 'sender-syntax'
  | 'recipient-syntax'
  | 'non-ascii-address'
  | 'unknown-parameter'
  | 'too-many-recipients'
  | 'too-large'
  | 'content-bare-line-end'
  | 'content-nul'
  | 'content-eight-bit'
  | 'content-line-too-long'
  | 'auth-required'
  | 'auth-mechanism'
  | 'auth-cancelled'
  | 'auth-encoding'
  | 'auth-failed'
  | 'too-many-errors'
  | 'flood'
  | 'idle'
  | 'no-service';

export interface SmtpError {
  readonly kind: ErrorKind;
  readonly rfc: string;
  readonly reply: Reply;
  /** What the grammar wanted at `offset` of the line, and what stood there. */
  readonly expected?: string;
  readonly got?: string;
  readonly offset?: number;
}

type Row = readonly [code: number, enhanced: string, rfc: string, text: string];

const ROWS: Readonly<Record<ErrorKind, Row>> = {
  'unknown-command': [500, '5.5.2', '5321#4.2.4', 'Command not recognized'],
  'not-implemented': [502, '5.5.1', '5321#4.2.4', 'Command not implemented'],
  'bad-sequence': [503, '5.5.1', '5321#4.1.4', 'Bad sequence of commands'],
  // "500 Line too long."
  'line-too-long': [500, '5.5.2', '5321#4.5.3.1.10', 'Line too long'],
  'auth-line-too-long': [500, '5.5.6', '4954#4', 'Authentication exchange line is too long'],
  'bare-lf': [500, '5.5.2', '5321#2.3.8', 'Lines must end in CR LF, not in LF alone (nc needs -C)'],
  'bare-cr': [500, '5.5.2', '5321#2.3.8', 'CR without LF is not allowed'],
  nul: [500, '5.5.2', '5321#4.1.1', 'NUL is not allowed in a command'],
  'eight-bit-command': [500, '5.5.2', '5321#2.4', 'Commands are 7-bit US-ASCII'],
  syntax: [501, '5.5.4', '5321#4.2.4', 'Syntax error in parameters or arguments'],
  'sender-syntax': [501, '5.1.7', '5321#4.1.2', 'Bad sender address syntax'],
  'recipient-syntax': [501, '5.1.3', '5321#4.1.2', 'Bad recipient address syntax'],
  'non-ascii-address': [553, '5.6.7', '6531#3.5', 'Address is not US-ASCII and SMTPUTF8 is not offered'],
  'unknown-parameter': [555, '5.5.4', '5321#4.1.1.11', 'Parameter not recognized or not implemented'],
  'too-many-recipients': [452, '4.5.3', '5321#4.5.3.1.10', 'Too many recipients'],
  'too-large': [552, '5.3.4', '1870#6.3', 'Message size exceeds the limit'],
  'content-bare-line-end': [554, '5.6.0', '5321#2.3.8', 'Message refused: it has CR or LF outside CR LF'],
  // RFC 5322 §3.5 `text` and RFC 2045 §2.7 to §2.8 exclude NUL.
  'content-nul': [554, '5.6.0', '2045#2.8', 'Message refused: it contains NUL'],
  // "servers ... MAY reject" what has the high bit set without negotiation.
  'content-eight-bit': [554, '5.6.0', '5321#2.4', 'Message refused: 8-bit content needs BODY=8BITMIME on MAIL'],
  'content-line-too-long': [500, '5.6.0', '5321#4.5.3.1.6', 'Message refused: it has a line of more than 1000 octets'],
  'auth-required': [530, '5.7.0', '4954#6', 'Authentication required'],
  'auth-mechanism': [504, '5.5.4', '4954#4', 'Unrecognized authentication type'],
  'auth-cancelled': [501, '5.7.0', '4954#4', 'Authentication cancelled'],
  'auth-encoding': [501, '5.5.2', '4954#4', 'Cannot decode the response'],
  'auth-failed': [535, '5.7.8', '4954#6', 'Authentication credentials invalid'],
  'too-many-errors': [421, '4.7.0', '5321#7.8', 'Too many errors'],
  flood: [421, '4.7.0', '5321#7.8', 'Too much input without waiting for replies'],
  idle: [421, '4.4.2', '5321#4.5.3.2.7', 'Idle for too long'],
  'no-service': [503, '5.5.1', '5321#3.1', 'No service here; only QUIT is welcome'],
};

/** What else to tell: `text` replaces the usual text. */
export interface ErrorDetail {
  readonly text?: string;
  readonly expected?: string;
  readonly got?: string;
  readonly offset?: number;
}

export function smtpError(kind: ErrorKind, detail: ErrorDetail = {}): SmtpError {
  const [code, enhanced, rfc, usual] = ROWS[kind];
  const { text, ...where } = detail;
  return { kind, rfc, reply: { code, enhanced, lines: [text ?? usual] }, ...where };
}
