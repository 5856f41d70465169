/** Reads the header section of a message: unfolded fields, in order (RFC 5322 §2.2). Lenient: garbage lines are skipped. */
import { fromLatin1 } from '../../core/index.ts';

export interface Field {
  readonly name: string;
  /** Unfolded, without leading and trailing blanks. */
  readonly value: string;
  /** Octets [start, end) in the message, line end included. */
  readonly start: number;
  readonly end: number;
}

/** A header larger than this is read up to here only: a bound on hostile messages. */
const MAX_HEADER = 256 * 1024;

/** Offset of the body: after the blank line; the message's length when there is none. */
export function bodyOffset(message: Uint8Array): number {
  for (let i = 0; i + 1 < message.length; i++) {
    if (message[i] !== 13 || message[i + 1] !== 10) continue;
    if (i === 0) return 2;
    if (message[i + 2] === 13 && message[i + 3] === 10) return i + 4;
  }
  return message.length;
}

export function headerText(message: Uint8Array): string {
  return fromLatin1(message.subarray(0, Math.min(bodyOffset(message), MAX_HEADER)));
}

export function parseHeader(message: Uint8Array): readonly Field[] {
  const text = headerText(message);
  const fields: Field[] = [];
  let start = 0;
  while (start < text.length) {
    let end = lineEnd(text, start);
    while (text[end] === ' ' || text[end] === '\t') end = lineEnd(text, end);
    const line = text.slice(start, end);
    const colon = line.indexOf(':');
    if (colon > 0 && /^[\x21-\x39\x3b-\x7e]+[ \t]*$/.test(line.slice(0, colon))) {
      fields.push({
        name: line.slice(0, colon).trim(),
        value: line
          .slice(colon + 1)
          .replace(/\r\n(?=[ \t])/g, '')
          .trim(),
        start,
        end,
      });
    }
    start = end;
  }
  return fields;
}

/** The value of the first field of that name, any case. */
export function field(message: Uint8Array, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return parseHeader(message).find((item) => item.name.toLowerCase() === wanted)?.value;
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\r\n', from);
  return at === -1 ? text.length : at + 2;
}
