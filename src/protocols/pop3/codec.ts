/** Between octets and messages: command lines, response lines, and the byte-stuffing of multi-line responses (RFC 1939 §3). */
import { concat, fromLatin1, latin1 } from '../../core/index.ts';
import type { Command, Response } from './messages.ts';

/** Splits a line without its CR LF. Keywords are case-insensitive (RFC 1939 §3). */
export function parseCommand(line: Uint8Array): Command {
  const text = fromLatin1(line);
  const space = text.indexOf(' ');
  if (space < 0) return { verb: text.toUpperCase(), argument: '' };
  return { verb: text.slice(0, space).toUpperCase(), argument: text.slice(space + 1) };
}

export function emitCommand({ verb, argument }: Command): Uint8Array {
  return latin1(argument === '' ? `${verb}\r\n` : `${verb} ${argument}\r\n`);
}

export function emitResponse({ ok, text }: Response): Uint8Array {
  const status = ok ? '+OK' : '-ERR';
  return latin1(text === '' ? `${status}\r\n` : `${status} ${text}\r\n`);
}

/** `undefined` when the line is no response. */
export function parseResponse(line: Uint8Array): Response | undefined {
  const matched = /^(\+OK|-ERR)(?: (.*))?$/s.exec(fromLatin1(line));
  return matched === null ? undefined : { ok: matched[1] === '+OK', text: matched[2] ?? '' };
}

const DOT = 46;
const CR = 13;
const LF = 10;
const END = latin1('.\r\n');

/** Octets as the body of a multi-line response: dots at line starts doubled, a last line end where there is none, and the end mark. */
export function stuff(message: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  let from = 0;
  let start = true;
  for (let i = 0; i < message.length; i++) {
    if (start && message[i] === DOT) {
      // The piece ends with the dot; the next begins with the same one.
      pieces.push(message.subarray(from, i + 1));
      from = i;
    }
    start = message[i] === LF && message[i - 1] === CR;
  }
  pieces.push(message.subarray(from));
  if (message.length > 0 && !start) pieces.push(latin1('\r\n'));
  pieces.push(END);
  return concat(pieces);
}

/** The head of a message, its blank line, and the first `lines` lines of its body (TOP, RFC 1939 §7). */
export function top(message: Uint8Array, lines: number): Uint8Array {
  let body = false;
  let left = lines;
  let lineStart = 0;
  for (let i = 0; i < message.length; i++) {
    if (message[i] !== LF) continue;
    const blank = i - lineStart <= 1;
    lineStart = i + 1;
    if (body) left--;
    else if (blank) body = true;
    if (body && left <= 0) return message.subarray(0, lineStart);
  }
  return message;
}
