/** RSET: forgets the transaction (RFC 5321 §4.1.1.5). EHLO and the end of a message do the same. */
import { command } from './command.ts';

export const rset = command({
  verb: 'RSET',
  rfc: '5321#4.1.1.5',
  grammar: 'RSET CRLF',
  actions: {
    reset: (session) => session.clearTransaction(),
    confirmReset: (session) => session.say(250, '2.0.0', 'Reset'),
  },
});
