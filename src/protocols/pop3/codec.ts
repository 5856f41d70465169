/**
 * Command lines and responses ↔ octets (RFC 1939 §3, RFC 2449 §4 and §8). Lines come in without their CR LF, go out with it.
 * A command's own arguments are in commands/, multi-line content in content.ts.
 */
import { asciiUpper, fromLatin1, latin1 } from '../../core/index.ts';
import type { Span } from '../../wire/index.ts';
import { RESPONSE_LINE } from './limits.ts';
import type { Command, Response } from './messages.ts';

/** Cuts a line at its first space. Never fails: what is no command is told so for its keyword. */
export function parseCommand(line: Uint8Array): Command {
  const text = fromLatin1(line);
  const space = text.indexOf(' ');
  if (space < 0) return { verb: asciiUpper(text), argument: '' };
  return { verb: asciiUpper(text.slice(0, space)), argument: text.slice(space + 1) };
}

/** What a person's name or password may hold that would end the line is made harmless. */
export function emitCommand({ verb, argument }: Command): Uint8Array {
  return latin1(argument === '' ? `${verb}\r\n` : `${verb} ${argument.replace(LINE_BREAKING, '?')}\r\n`);
}

/** What stands where in a command line, for the bytes view. */
export function commandSpans(line: Uint8Array): readonly Span[] {
  const text = fromLatin1(line);
  const space = text.indexOf(' ');
  const end = space < 0 ? text.length : space;
  const keyword = { start: 0, end, label: 'pop3.field.keyword', value: text.slice(0, end), rfc: '1939#3' };
  if (end + 1 >= text.length) return [keyword];
  const start = end + 1;
  const value = text.slice(start);
  return [keyword, { start, end: text.length, label: 'pop3.field.argument', value, rfc: '1939#3' }];
}

/** A response line as octets; its text made printable and cut to the limit. */
export function emitResponse(response: Response): Uint8Array {
  const line = responseText(response).replace(UNPRINTABLE, '?');
  return latin1(`${line.slice(0, RESPONSE_LINE - 2)}\r\n`);
}

/** A response line as it is written, without CR LF. */
export function responseText({ ok, code, text }: Response): string {
  let line = ok ? '+OK' : '-ERR';
  if (code !== undefined) line += ` [${code}]`;
  return text === '' ? line : `${line} ${text}`;
}

/**
 * `undefined` when the line is no response. A code is looked for in refusals only: in a `+OK`, text in brackets is text
 * until a code is defined for it.
 */
export function parseResponse(line: Uint8Array): Response | undefined {
  const matched = RESPONSE.exec(fromLatin1(line));
  if (matched === null) return undefined;
  const ok = matched[1] === '+OK';
  const text = matched[2] ?? '';
  const coded = ok ? null : CODE.exec(text);
  return coded === null ? { ok, text } : { ok, code: coded[1] ?? '', text: coded[2] ?? '' };
}

const LINE_BREAKING = /[\r\n\0]/g;
const UNPRINTABLE = /[^ -~]/g;
/** The status indicator: "Servers MUST send the "+OK" and "-ERR" in upper case" (RFC 1939 §3). */
const RESPONSE = /^(\+OK|-ERR)(?: (.*))?$/s;
/** RFC 2449 §8: `"[" schema "]"` right after the status. */
const CODE = /^\[([A-Za-z][A-Za-z0-9/-]*)\](?: (.*))?$/s;
