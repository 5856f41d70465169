/** How commands and responses appear in traces and ladders. Passwords are shown as they are on the wire. */
import type { Pdu } from '../../core/index.ts';
import { SHOWN_TEXT } from './limits.ts';

export function commandPdu(tag: string, verb: string, args: string): Pdu {
  return { protocol: 'imap', kind: 'command', verb: shown(verb, 12), args: shown(args), tag: shown(tag, 20) };
}

/** A line of a continued command, SASL or IDLE: what the client says after `+`. */
export function linePdu(text: string): Pdu {
  return { protocol: 'imap', kind: 'continuation', verb: 'line', args: shown(text) };
}

/** A response; tag is `*`, `+` or the command's. */
export function responsePdu(tag: string, text: string, kind: 'reply' | 'greeting' | 'continuation' = 'reply'): Pdu {
  const head = text.slice(0, SHOWN_TEXT * 2);
  const space = head.indexOf(' ');
  const verb = tag === '+' ? '+' : space < 0 ? head : head.slice(0, space);
  const args = tag === '+' ? head : space < 0 ? '' : head.slice(space + 1);
  // What has no tag belongs to no command in particular: it is data, not the reply.
  const told = tag === '*' && kind === 'reply' && verb !== 'BYE' ? 'data' : kind;
  const pdu: Pdu = { protocol: 'imap', kind: told, verb: shown(verb, 12), args: shown(args), tag: shown(tag, 20) };
  return verb === 'NO' || verb === 'BAD' ? { ...pdu, negative: true } : pdu;
}

const UNPRINTABLE = /[^ -~\u00a0-\uffff]/g;

export function shown(text: string, limit = SHOWN_TEXT): string {
  return (text.length > limit ? `${text.slice(0, limit)}…` : text).replace(UNPRINTABLE, '·');
}
