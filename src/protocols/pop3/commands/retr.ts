/** RETR: a whole message, byte-stuffed (RFC 1939 §5). It stays in the maildrop: taking it away is DELE's business. */
import { command } from './command.ts';
import { readNumber } from './message-number.ts';

const GRAMMAR = 'RETR msg';

export const retr = command({
  verb: 'RETR',
  rfc: '1939#5',
  grammar: GRAMMAR,
  example: 'RETR 1',
  prepare: (argument, session) => readNumber(argument, GRAMMAR, session),
  actions: {
    /** TOP's beginning too. */
    fetch(session) {
      session.ask({ kind: 'message', uid: session.named?.uid ?? 0, whole: session.verb === 'RETR' });
    },
  },
});
