/** How commands, replies and messages appear in traces, ladders and goals. Secrets are shown as they are on the wire. */
import { fromLatin1, fromUtf8, type Pdu } from '../../core/index.ts';
import * as limits from './limits.ts';
import type { Command, Reply, Variant } from './messages.ts';

/** Labels of the commands that people know by two words. */
const LABELS: Readonly<Record<string, RegExp>> = { MAIL: /^from:\s*/i, RCPT: /^to:\s*/i };
const SECOND: Readonly<Record<string, string>> = { MAIL: 'MAIL FROM', RCPT: 'RCPT TO' };

export function commandPdu(protocol: Variant, command: Command): Pdu {
  const second = LABELS[command.verb];
  const matched = second?.exec(command.argument);
  if (matched !== undefined && matched !== null) {
    const args = shown(command.argument.slice(matched[0].length));
    return { protocol, kind: 'command', verb: SECOND[command.verb] as string, args };
  }
  return { protocol, kind: 'command', verb: shown(command.verb, 12), args: shown(command.argument) };
}

/** A client's line within an AUTH exchange. */
export function responsePdu(protocol: Variant, line: string): Pdu {
  return { protocol, kind: 'continuation', verb: 'AUTH', args: shown(line) };
}

export function replyPdu(protocol: Variant, reply: Reply, kind: 'reply' | 'greeting' = 'reply'): Pdu {
  return {
    protocol,
    kind,
    verb: `${reply.code}`,
    args: shown(reply.lines.length === 1 ? (reply.lines[0] as string) : reply.lines.join(' · ')),
    code: reply.code,
    ...(reply.enhanced === undefined ? {} : { enhanced: reply.enhanced }),
    ...(reply.code >= 400 ? { negative: true } : {}),
  };
}

/** The whole content as one PDU: its size and its subject. */
export function messagePdu(protocol: Variant, message: Uint8Array, size: number): Pdu {
  const subject = subjectOf(message);
  return { protocol, kind: 'data', verb: 'message', args: subject === '' ? `${size}` : `${size} · ${subject}` };
}

/** The first Subject field, unfolded but not decoded; headers beyond 16 KiB are not searched. */
function subjectOf(message: Uint8Array): string {
  const head = message.subarray(0, 16_384);
  let start = 0;
  while (start < head.length) {
    let end = head.indexOf(10, start);
    if (end < 0) end = head.length;
    if (end - start <= 1) return '';
    if (isSubject(head, start)) {
      while (end + 1 < head.length && (head[end + 1] === 32 || head[end + 1] === 9)) {
        const next = head.indexOf(10, end + 1);
        end = next < 0 ? head.length : next;
      }
      return shown(
        fromUtf8(head.subarray(start + 8, end))
          .replace(/\r?\n/g, '')
          .trim(),
        80,
      );
    }
    start = end + 1;
  }
  return '';
}

const SUBJECT = 'subject:';

function isSubject(head: Uint8Array, start: number): boolean {
  for (let i = 0; i < SUBJECT.length; i++) {
    if (((head[start + i] ?? 0) | 32) !== (SUBJECT.charCodeAt(i) | 32)) return false;
  }
  return true;
}

const UNPRINTABLE = /[^ -~\u00a0-\uffff]/g;

/** Printable and of bounded length. */
export function shown(text: string, limit: number = limits.SHOWN_TEXT): string {
  const cut = text.length > limit ? `${text.slice(0, limit)}…` : text;
  return cut.replace(UNPRINTABLE, '·');
}

/** The text of a line's octets. */
export function shownLine(bytes: Uint8Array): string {
  return fromLatin1(bytes.subarray(0, limits.SHOWN_TEXT + 1));
}
