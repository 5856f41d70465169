/** The content of multi-line responses: byte-stuffing (RFC 1939 §3) and the part of a message that TOP sends (§7). */
import { concat, latin1 } from '../../core/index.ts';

const DOT = 46;
const CR = 13;
const LF = 10;
const LINE_END = latin1('\r\n');
const END = latin1('.\r\n');

/**
 * Octets as the body of a multi-line response: "If any line of the multi-line response begins with the termination octet,
 * the line is "byte-stuffed" by pre-pending the termination octet to that line", then the termination octet alone on a line.
 * Content whose last line has no end gets one.
 */
export function stuff(content: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  let from = 0;
  // Dots are rare: only they are looked at.
  for (let dot = content.indexOf(DOT); dot >= 0; dot = content.indexOf(DOT, dot + 1)) {
    if (dot > 0 && !(content[dot - 1] === LF && content[dot - 2] === CR)) continue;
    // The piece ends with the dot; the next begins with the same one.
    pieces.push(content.subarray(from, dot + 1));
    from = dot;
  }
  pieces.push(content.subarray(from));
  if (content.length > 0 && !endsLine(content)) pieces.push(LINE_END);
  pieces.push(END);
  return concat(pieces);
}

/** "the POP3 server sends the headers of the message, the blank line separating the headers from the body, and then the number
 * of lines of the indicated message's body". All of it when it has fewer. */
export function top(message: Uint8Array, lines: number): Uint8Array {
  let inBody = false;
  let left = lines;
  let lineStart = 0;
  for (let lf = message.indexOf(LF); lf >= 0; lf = message.indexOf(LF, lf + 1)) {
    const blank = lf === lineStart || (lf === lineStart + 1 && message[lineStart] === CR);
    lineStart = lf + 1;
    if (inBody) left--;
    else if (blank) inBody = true;
    if (inBody && left <= 0) return message.subarray(0, lineStart);
  }
  return message;
}

function endsLine(content: Uint8Array): boolean {
  return content[content.length - 1] === LF && content[content.length - 2] === CR;
}
