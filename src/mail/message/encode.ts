/**
 * What keeps a message within ASCII: encoded words in headers (RFC 2047, `B` form) and quoted-printable bodies (RFC 2045 §6.7).
 * Owns the limits of line length in both; knows nothing of which header is which.
 */
import { utf8 } from '../../core/index.ts';

const ASCII = /^[\x20-\x7e\t]*$/;
/** RFC 2047 §2: an encoded word is at most 75 characters; 45 octets are 60 base64 digits, plus `=?UTF-8?B?` and `?=`. */
const OCTETS_PER_WORD = 45;
/** RFC 2045 §6.7 rule 5: at most 76 characters, the soft line break's `=` included. */
const QP_LINE = 76;

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function isAscii(text: string): boolean {
  return ASCII.test(text);
}

/** Base64 (RFC 4648 §4) without line breaks. */
export function base64(bytes: Uint8Array): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const word = ((bytes[i] as number) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    out += BASE64[word >> 18];
    out += BASE64[(word >> 12) & 63];
    out += left > 1 ? BASE64[(word >> 6) & 63] : '=';
    out += left > 2 ? BASE64[word & 63] : '=';
  }
  return out;
}

/** Header text as it goes on the wire: unchanged when ASCII, else as encoded words folded one a line. */
export function encodeHeaderText(text: string): string {
  if (isAscii(text)) return text;
  const words: string[] = [];
  let octets: number[] = [];
  const flush = (): void => {
    if (octets.length > 0) words.push(`=?UTF-8?B?${base64(Uint8Array.from(octets))}?=`);
    octets = [];
  };
  // RFC 2047 §5: each word holds whole characters.
  for (const character of text) {
    const encoded = utf8(character);
    if (octets.length + encoded.length > OCTETS_PER_WORD) flush();
    octets.push(...encoded);
  }
  flush();
  return words.join('\r\n ');
}

/** Text with any line ends to quoted-printable UTF-8 with CR LF line ends. */
export function quotedPrintable(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => quotedLine(line))
    .join('\r\n');
}

function quotedLine(line: string): string {
  const octets = utf8(line);
  let out = '';
  let length = 0;
  for (const [i, octet] of octets.entries()) {
    const blankAtEnd = (octet === 0x20 || octet === 0x09) && i === octets.length - 1;
    const literal = ((octet >= 0x20 && octet <= 0x7e) || octet === 0x09) && octet !== 0x3d && !blankAtEnd;
    const piece = literal ? String.fromCharCode(octet) : `=${octet.toString(16).toUpperCase().padStart(2, '0')}`;
    if (length + piece.length > QP_LINE - 1) {
      out += '=\r\n';
      length = 0;
    }
    out += piece;
    length += piece.length;
  }
  return out;
}
