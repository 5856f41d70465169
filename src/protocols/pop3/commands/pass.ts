/** PASS: the password in clear, and with it the maildrop (RFC 1939 §7). Password and lock are the host's to check. */
import { SessionDrop } from '../maildrop.ts';
import { command, usage } from './command.ts';

export const pass = command({
  verb: 'PASS',
  rfc: '1939#7',
  grammar: 'PASS string',
  example: 'PASS bruno-2026',
  prepare(argument, session) {
    if (argument === '') return usage('PASS string', argument);
    // "Since the PASS command has exactly one argument, a POP3 server may treat spaces in the argument as part of the
    // password".
    session.secret = argument;
    return undefined;
  },
  actions: {
    authenticate(session) {
      session.ask({ kind: 'authenticate', user: session.user, password: session.secret });
      session.secret = '';
    },
    open(session) {
      if (session.answer === undefined || !('drop' in session.answer)) return;
      session.drop = new SessionDrop(session.answer.drop);
      session.ok(`Logged in, ${session.drop.count} messages (${session.drop.octets} octets)`);
    },
  },
});
