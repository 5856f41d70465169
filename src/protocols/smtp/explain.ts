/** Which catalogue entry says what a PDU means. The sentences are in src/i18n. */
import type { Pdu } from '../../core/index.ts';
import { COMMANDS } from './commands/index.ts';

const VERBS: ReadonlySet<string> = new Set([...COMMANDS.map((command) => command.verb), 'MAIL FROM', 'RCPT TO']);

/** Reply codes that have an entry of their own; others fall back to that of their first digit. */
export const EXPLAINED_CODES: ReadonlySet<number> = new Set([
  214, 220, 221, 235, 250, 251, 252, 334, 354, 421, 450, 451, 452, 454, 500, 501, 502, 503, 504, 530, 534, 535, 550,
  551, 552, 553, 554, 555,
]);

export function explain(pdu: Pdu): string | undefined {
  switch (pdu.kind) {
    case 'greeting':
      return pdu.code === 220 ? 'smtp.greeting' : replyKey(pdu.code);
    case 'command':
      return VERBS.has(pdu.verb) ? `smtp.command.${pdu.verb}` : 'smtp.command.unknown';
    case 'continuation':
      return pdu.args === '*' ? 'smtp.auth.cancel' : 'smtp.auth.response';
    case 'data':
      return 'smtp.message';
    default:
      return replyKey(pdu.code);
  }
}

function replyKey(code: number | undefined): string | undefined {
  if (code === undefined) return 'smtp.reply.nonsense';
  return EXPLAINED_CODES.has(code) ? `smtp.reply.${code}` : `smtp.reply.${Math.floor(code / 100)}yz`;
}

/** An example line for a machine event that is a command. */
export function example(event: string): string | undefined {
  return COMMANDS.find((command) => command.verb === event)?.example;
}
