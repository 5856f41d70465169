/**
 * Writes a message as RFC 5322 has it: header fields, one blank line, body; MIME headers (RFC 2045) when the body needs them.
 * The envelope is not written here: Bcc recipients never appear in what this gives (RFC 5322 §3.6.3).
 */
import { latin1 } from '../../core/index.ts';
import { formatDate } from './date.ts';
import { encodeHeaderText, isAscii, quotedPrintable } from './encode.ts';

export interface Draft {
  /** `Ana <ana@alba.example>` or a bare address. */
  readonly from: string;
  readonly to: readonly string[];
  readonly cc?: readonly string[];
  readonly subject: string;
  readonly body: string;
  /** ms since 1970 UTC, and the device's offset in minutes. */
  readonly date: number;
  readonly utcOffset: number;
  /** Without angle brackets: `20260302.1@pc-ana.alba.example`. */
  readonly messageId: string;
  readonly inReplyTo?: string;
}

/** RFC 5322 §2.1.1: a line has at most 998 characters; a body that breaks this is encoded. */
const MAX_LINE = 998;

/** The octets of the message, CR LF line ends, ending in CR LF. */
export function compose(draft: Draft): Uint8Array<ArrayBuffer> {
  const lines = [
    `Date: ${formatDate(draft.date, draft.utcOffset)}`,
    `From: ${mailbox(draft.from)}`,
    `To: ${draft.to.map(mailbox).join(', ')}`,
    ...(draft.cc !== undefined && draft.cc.length > 0 ? [`Cc: ${draft.cc.map(mailbox).join(', ')}`] : []),
    `Subject: ${encodeHeaderText(oneLine(draft.subject))}`,
    `Message-ID: <${draft.messageId}>`,
    ...(draft.inReplyTo === undefined ? [] : [`In-Reply-To: <${draft.inReplyTo}>`]),
    'MIME-Version: 1.0',
  ];
  const body = draft.body.split(/\r\n|\r|\n/);
  const plain = body.every((line) => isAscii(line) && line.length <= MAX_LINE);
  lines.push('Content-Type: text/plain; charset=utf-8');
  lines.push(`Content-Transfer-Encoding: ${plain ? '7bit' : 'quoted-printable'}`);
  const text = plain ? body.join('\r\n') : quotedPrintable(draft.body);
  return latin1(`${lines.join('\r\n')}\r\n\r\n${text}${text.endsWith('\r\n') ? '' : '\r\n'}`);
}

/** A display name is encoded when it must be; an address is left alone. */
function mailbox(text: string): string {
  const parts = /^\s*(.*?)\s*<([^<>]*)>\s*$/.exec(oneLine(text));
  if (parts === null) return oneLine(text);
  const [, name = '', address = ''] = parts;
  if (name === '') return `<${address}>`;
  if (!isAscii(name)) return `${encodeHeaderText(name)} <${address}>`;
  // RFC 5322 §3.2.3: a phrase of atoms needs no quotes.
  return /^[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~ ]+$/.test(name)
    ? `${name} <${address}>`
    : `"${name.replace(/["\\]/g, '\\$&')}" <${address}>`;
}

/** A line end in a header value would start another header: header injection. */
function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ');
}
