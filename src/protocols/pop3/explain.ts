/** Which catalogue entry says what a PDU means. The sentences are in src/i18n. */
import type { Pdu } from '../../core/index.ts';
import { COMMANDS, commandOf } from './commands/index.ts';

/** Response codes (RFC 2449 §8, RFC 3206) that have an entry of their own. */
export const EXPLAINED_CODES: ReadonlySet<string> = new Set(['IN-USE', 'AUTH', 'SYS/TEMP', 'SYS/PERM', 'LOGIN-DELAY']);

export function explain(pdu: Pdu): string | undefined {
  switch (pdu.kind) {
    case 'greeting':
      return pdu.negative === true ? 'pop3.greeting.refused' : 'pop3.greeting';
    case 'command':
      return commandOf(pdu.verb) === undefined ? 'pop3.command.unknown' : `pop3.command.${pdu.verb}`;
    case 'data':
      return pdu.verb === 'message' ? 'pop3.message' : 'pop3.list';
    default:
      return replyKey(pdu);
  }
}

function replyKey({ verb, args }: Pdu): string {
  if (verb === '+OK') return 'pop3.reply.ok';
  if (verb !== '-ERR') return 'pop3.reply.nonsense';
  const code = args.startsWith('[') ? args.slice(1, args.indexOf(']')) : '';
  return EXPLAINED_CODES.has(code) ? `pop3.reply.${code}` : 'pop3.reply.err';
}

/** An example line for a machine event that is a command. */
export function example(event: string): string | undefined {
  return COMMANDS.find((command) => command.verb === event)?.example;
}
