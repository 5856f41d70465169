/** How commands, responses and content appear in traces and ladders. Passwords are shown as they are on the wire. */
import type { Pdu } from '../../core/index.ts';
import { SHOWN_TEXT } from './limits.ts';
import type { Command, Response } from './messages.ts';

export function commandPdu({ verb, argument }: Command): Pdu {
  return { protocol: 'pop3', kind: 'command', verb: shown(verb, 12), args: shown(argument) };
}

/** `kind` is `greeting` for the first line of a session. A code stands in its brackets at the beginning of `args`. */
export function responsePdu({ ok, code, text }: Response, kind: 'reply' | 'greeting' = 'reply'): Pdu {
  const args = code === undefined ? text : `[${code}] ${text}`;
  const pdu: Pdu = { protocol: 'pop3', kind, verb: ok ? '+OK' : '-ERR', args: shown(args) };
  return ok ? pdu : { ...pdu, negative: true };
}

/** A line that should be a response and is none. */
export function nonsensePdu(line: string): Pdu {
  return { protocol: 'pop3', kind: 'reply', verb: '?', args: shown(line), negative: true };
}

/** The content of a multi-line response: `message` (RETR, TOP) with its octets, `list` (LIST, UIDL, CAPA) with its lines. */
export function messagePdu(size: number): Pdu {
  return { protocol: 'pop3', kind: 'data', verb: 'message', args: `${size}` };
}

export function listPdu(lines: readonly string[]): Pdu {
  // As many lines as can be seen: a maildrop may have thousands.
  let text = '';
  for (const line of lines) {
    text += text === '' ? line : ` · ${line}`;
    if (text.length > SHOWN_TEXT) break;
  }
  return { protocol: 'pop3', kind: 'data', verb: 'list', args: shown(text) };
}

const UNPRINTABLE = /[^ -~\u00a0-\uffff]/g;

export function shown(text: string, limit = SHOWN_TEXT): string {
  return (text.length > limit ? `${text.slice(0, limit)}…` : text).replace(UNPRINTABLE, '·');
}
