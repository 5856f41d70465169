/** Which catalogue entry says what a PDU means. The sentences are in src/i18n. */
import type { Pdu } from '../../core/index.ts';
import { COMMANDS, commandOf } from './commands/index.ts';

/** Kinds of data that have an entry of their own. */
const DATA: ReadonlySet<string> = new Set(['FLAGS', 'LIST', 'LSUB', 'STATUS', 'SEARCH', 'CAPABILITY', 'OK', 'BYE']);
/** Those whose name comes after a number: `3 EXISTS`. */
const NUMBERED: ReadonlySet<string> = new Set(['EXISTS', 'RECENT', 'EXPUNGE', 'FETCH']);

export function explain(pdu: Pdu): string | undefined {
  switch (pdu.kind) {
    case 'greeting':
      return 'imap.greeting';
    case 'command': {
      const name = pdu.verb.replace(/^UID /, '');
      return commandOf(name) === undefined ? 'imap.command.unknown' : `imap.command.${name}`;
    }
    case 'continuation':
      return pdu.verb === '+' ? 'imap.continue' : 'imap.line';
    case 'data': {
      const second = pdu.args.split(' ', 1)[0] ?? '';
      const name = /^\d+$/.test(pdu.verb) ? second : pdu.verb;
      return DATA.has(name) || NUMBERED.has(name) ? `imap.data.${name}` : 'imap.data.other';
    }
    default:
      return pdu.verb === 'OK' || pdu.verb === 'NO' || pdu.verb === 'BAD' || pdu.verb === 'BYE'
        ? `imap.reply.${pdu.verb}`
        : 'imap.data.other';
  }
}

export function example(event: string): string | undefined {
  return COMMANDS.find(({ name }) => name === event)?.example;
}
