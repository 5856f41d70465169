/** UIDL: number and unique-id of one message or of all; an id stays the same across sessions (RFC 1939 §7). */
import { command } from './command.ts';
import { readOptionalNumber } from './message-number.ts';

const GRAMMAR = 'UIDL [msg]';

export const uidl = command({
  verb: 'UIDL',
  rfc: '1939#7',
  grammar: GRAMMAR,
  capability: 'UIDL',
  prepare: (argument, session) => readOptionalNumber(argument, GRAMMAR, session),
  actions: {
    uidl(session) {
      const { drop, number, named } = session;
      if (named !== undefined) return session.ok(`${number} ${named.uidl}`);
      const lines: string[] = [];
      for (const [each, entry] of drop.listed()) lines.push(`${each} ${entry.uidl}`);
      session.list(`${drop.count} messages`, lines);
    },
  },
});
