/** Which catalogue entry says what a PDU means. The sentences are in src/i18n. */
import type { Pdu } from '../../core/index.ts';
import { COMMANDS, commandOf } from './commands.ts';

export function explain(pdu: Pdu): string | undefined {
  switch (pdu.kind) {
    case 'greeting':
      return 'pop3.greeting';
    case 'command':
      return commandOf(pdu.verb) === undefined ? 'pop3.command.unknown' : `pop3.command.${pdu.verb}`;
    case 'data':
      return pdu.verb === 'message' ? 'pop3.message' : 'pop3.list';
    default:
      if (pdu.verb === '-ERR' && /^\[(IN-USE|AUTH)\]/.test(pdu.args))
        return `pop3.reply.${pdu.args.slice(1, pdu.args.indexOf(']'))}`;
      return pdu.verb === '+OK' ? 'pop3.reply.ok' : 'pop3.reply.err';
  }
}

export function example(event: string): string | undefined {
  return COMMANDS.find((command) => command.verb === event)?.example;
}
