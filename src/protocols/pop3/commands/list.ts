/** LIST: the scan listing of one message or of all: number and size (RFC 1939 §5). */
import { command } from './command.ts';
import { readOptionalNumber } from './message-number.ts';

const GRAMMAR = 'LIST [msg]';

export const list = command({
  verb: 'LIST',
  rfc: '1939#5',
  grammar: GRAMMAR,
  prepare: (argument, session) => readOptionalNumber(argument, GRAMMAR, session),
  actions: {
    list(session) {
      const { drop, number, named } = session;
      if (named !== undefined) return session.ok(`${number} ${named.size}`);
      const lines: string[] = [];
      for (const [each, { size }] of drop.listed()) lines.push(`${each} ${size}`);
      session.list(`${drop.count} messages (${drop.octets} octets)`, lines);
    },
  },
});
