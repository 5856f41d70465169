/**
 * Command lines and replies ↔ octets (RFC 5321 §2.4, §4.1.1, §4.2). Lines come in without their CR LF, go out with it.
 * Owns the syntax that all commands share; a command's own grammar is in commands/.
 */
import { asciiUpper, fromLatin1, latin1 } from '../../core/index.ts';
import type { Span } from '../../wire/index.ts';
import * as limits from './limits.ts';
import type { Command, Reply } from './messages.ts';

/** Cuts a line at its first space. Never fails: what is no command gets 500 for its verb. */
export function parseCommand(line: Uint8Array): Command {
  return splitCommand(fromLatin1(line));
}

export function splitCommand(text: string): Command {
  // Trailing white space is tolerated: "SHOULD tolerate trailing white space before the terminating <CRLF>" (§4.1.1).
  let end = text.length;
  while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--;
  const trimmed = text.slice(0, end);
  const space = trimmed.indexOf(' ');
  const verb = asciiUpper(space < 0 ? trimmed : trimmed.slice(0, space));
  return { verb, argument: space < 0 ? '' : trimmed.slice(space + 1) };
}

export function emitCommand(command: Command): Uint8Array {
  return latin1(`${command.verb}${command.argument === '' ? '' : ` ${command.argument}`}\r\n`);
}

/** What stands where in a command line, for the bytes view. */
export function commandSpans(line: Uint8Array): readonly Span[] {
  const { verb, argument } = parseCommand(line);
  const spans: Span[] = [{ start: 0, end: verb.length, label: 'smtp.field.verb', value: verb, rfc: '5321#4.1.1' }];
  if (argument !== '') {
    const start = verb.length + 1;
    spans.push({
      start,
      end: start + argument.length,
      label: 'smtp.field.argument',
      value: argument,
      rfc: '5321#4.1.1',
    });
  }
  return spans;
}

/**
 * A reply as octets. The enhanced code stands on every line (RFC 2034 §4), unless `enhancedCodes` is off or the reply has
 * none. Text from hosts is made safe: printable ASCII, one line a line, within the length limit.
 */
export function emitReply(reply: Reply, enhancedCodes = true): Uint8Array {
  const prefix = enhancedCodes && reply.enhanced !== undefined ? `${reply.enhanced} ` : '';
  const room = limits.REPLY_LINE - 6 - prefix.length;
  const lines = reply.lines.length === 0 ? [''] : reply.lines;
  let out = '';
  for (let i = 0; i < lines.length; i++) {
    const text = safeText(lines[i] as string, room);
    out += `${reply.code}${i === lines.length - 1 ? ' ' : '-'}${prefix}${text}\r\n`;
  }
  return latin1(out);
}

/** One line of a reply; `undefined` when it is not one. */
export interface ReplyLine {
  readonly code: number;
  readonly more: boolean;
  readonly text: string;
}

/** `Reply-code ["-" / SP] [textstring]` (§4.2). A bare code counts as a last line with no text. */
export function parseReplyLine(line: Uint8Array): ReplyLine | undefined {
  const [a, b, c, separator] = line;
  if (a === undefined || b === undefined || c === undefined) return undefined;
  // First digit 2 to 5, second 0 to 5, third any (§4.2 `Reply-code`); second up to 9 is met in the field.
  if (a < 50 || a > 53 || b < 48 || b > 57 || c < 48 || c > 57) return undefined;
  if (separator !== undefined && separator !== 32 && separator !== 45) return undefined;
  const code = (a - 48) * 100 + (b - 48) * 10 + (c - 48);
  return { code, more: separator === 45, text: fromLatin1(line.subarray(4)) };
}

/** `class "." subject "." detail` at the beginning of a reply text, when its class agrees with the code (RFC 2034 §4). */
export function splitEnhanced(code: number, text: string): { readonly enhanced?: string; readonly text: string } {
  const match = ENHANCED.exec(text);
  const enhanced = match?.[1];
  if (match === null || enhanced === undefined || Number(enhanced[0]) !== Math.floor(code / 100)) return { text };
  return { enhanced, text: text.slice(match[0].length) };
}

const ENHANCED = /^([245]\.\d{1,3}\.\d{1,3})(?: |$)/;

/** A whole reply out of its lines. */
export function replyOf(lines: readonly ReplyLine[]): Reply {
  const code = lines[0]?.code ?? 0;
  let enhanced: string | undefined;
  const texts: string[] = [];
  for (const line of lines) {
    const split = splitEnhanced(code, line.text);
    enhanced ??= split.enhanced;
    texts.push(split.text);
  }
  return enhanced === undefined ? { code, lines: texts } : { code, enhanced, lines: texts };
}

const UNSAFE = /[^\t -~]/g;

function safeText(text: string, room: number): string {
  const clean = text.replace(UNSAFE, '?');
  return clean.length > room ? `${clean.slice(0, room - 3)}...` : clean;
}
