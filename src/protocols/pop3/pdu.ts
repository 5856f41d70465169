/** How commands, responses and messages appear in traces and ladders. Passwords are shown as they are on the wire. */
import type { Pdu } from '../../core/index.ts';
import { SHOWN_TEXT } from './limits.ts';
import type { Command, Response } from './messages.ts';

export function commandPdu({ verb, argument }: Command): Pdu {
  return { protocol: 'pop3', kind: 'command', verb: shown(verb, 12), args: shown(argument) };
}

export function responsePdu({ ok, text }: Response, kind: 'reply' | 'greeting' = 'reply'): Pdu {
  return {
    protocol: 'pop3',
    kind,
    verb: ok ? '+OK' : '-ERR',
    args: shown(text),
    ...(ok ? {} : { negative: true }),
  };
}

/** The body of a multi-line response: `message` for RETR and TOP, `list` for LIST, UIDL and CAPA. */
export function bodyPdu(verb: 'message' | 'list', text: string): Pdu {
  return { protocol: 'pop3', kind: 'data', verb, args: shown(text) };
}

const UNPRINTABLE = /[^ -~\u00a0-\uffff]/g;

export function shown(text: string, limit = SHOWN_TEXT): string {
  return (text.length > limit ? `${text.slice(0, limit)}…` : text).replace(UNPRINTABLE, '·');
}
