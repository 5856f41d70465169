/**
 * What people read of a message: header text with its encoded words undone (RFC 2047) and the text of its body, transfer encoding
 * undone (RFC 2045 §6). Lenient: what cannot be decoded is shown as it is.
 */
import { fromLatin1, fromUtf8, latin1 } from '../../core/index.ts';
import { bodyOffset, field } from './header.ts';

const ENCODED_WORD = /=\?([A-Za-z0-9_-]+)(?:\*[A-Za-z-]+)?\?([BbQq])\?([^?\s]*)\?=/g;
/** A bound on what is decoded of one body. */
const MAX_TEXT = 1_048_576;

export function decodeHeaderText(text: string): string {
  // RFC 2047 §6.2: blanks between two encoded words do not count.
  const joined = text.replace(/(\?=)\s+(?==\?)/g, '$1');
  return joined.replace(ENCODED_WORD, (_whole, charset: string, form: string, encoded: string) => {
    const octets = form.toUpperCase() === 'B' ? fromBase64(encoded) : fromQuoted(encoded.replace(/_/g, ' '));
    return inCharset(octets, charset);
  });
}

/** The value of a header field as text; empty when there is none. */
export function readField(message: Uint8Array, name: string): string {
  const value = field(message, name);
  // A header with 8-bit octets is read as UTF-8 (RFC 6532).
  return value === undefined ? '' : decodeHeaderText(fromUtf8(latin1(value)));
}

/** The body as text: that of the first text part when there are several. */
export function readText(message: Uint8Array, depth = 0): string {
  const type = field(message, 'content-type') ?? 'text/plain';
  const body = message.subarray(bodyOffset(message), bodyOffset(message) + MAX_TEXT);
  const boundary = /boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(type);
  if (/^multipart\//i.test(type) && boundary !== null && depth < MAX_DEPTH) {
    const parts = partsOf(fromLatin1(body), boundary[1] ?? boundary[2] ?? '');
    const text =
      parts.find((part) => /^text\/plain/i.test(field(latin1(part), 'content-type') ?? 'text/plain')) ?? parts[0];
    return text === undefined ? '' : readText(latin1(text), depth + 1);
  }
  const charset = /charset="?([^\s;"]+)/i.exec(type)?.[1] ?? 'utf-8';
  return inCharset(undo(body, field(message, 'content-transfer-encoding') ?? ''), charset).replace(/\r\n/g, '\n');
}

/** Multiparts within multiparts that are followed. */
const MAX_DEPTH = 10;

function partsOf(body: string, boundary: string): readonly string[] {
  const pieces = `\r\n${body}`.split(`\r\n--${boundary}`);
  const parts: string[] = [];
  for (const piece of pieces.slice(1)) {
    if (piece.startsWith('--')) break;
    parts.push(piece.replace(/^[ \t]*\r\n/, ''));
  }
  return parts;
}

function undo(body: Uint8Array, encoding: string): Uint8Array {
  switch (encoding.toLowerCase()) {
    case 'base64':
      return fromBase64(fromLatin1(body));
    case 'quoted-printable':
      return fromQuoted(
        fromLatin1(body)
          .replace(/[ \t]+(?=\r\n|$)/g, '')
          .replace(/=\r\n/g, ''),
      );
    default:
      return body;
  }
}

function fromQuoted(text: string): Uint8Array {
  return latin1(
    text.replace(/=([0-9A-Fa-f]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  );
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function fromBase64(text: string): Uint8Array {
  const out: number[] = [];
  let bits = 0;
  let held = 0;
  for (const char of text) {
    const value = DIGITS.indexOf(char);
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xff_ffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      out.push((bits >> held) & 255);
    }
  }
  return Uint8Array.from(out);
}

function inCharset(octets: Uint8Array, charset: string): string {
  return /^(utf-?8|us-ascii)$/i.test(charset) ? fromUtf8(octets) : fromLatin1(octets);
}
