/** DELE: marks a message as deleted (RFC 1939 §5). Nothing is removed before UPDATE, that is, before QUIT. */
import { command } from './command.ts';
import { readNumber } from './message-number.ts';

const GRAMMAR = 'DELE msg';

export const dele = command({
  verb: 'DELE',
  rfc: '1939#5',
  grammar: GRAMMAR,
  example: 'DELE 1',
  prepare: (argument, session) => readNumber(argument, GRAMMAR, session),
  actions: {
    dele(session) {
      session.drop.mark(session.number);
      session.ok(`Message ${session.number} marked for deletion`);
    },
  },
});
