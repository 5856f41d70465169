/** USER: whose maildrop (RFC 1939 §7). The answer is the same whether there is such a user: names are not given away. */
import { command, usage } from './command.ts';

export const user = command({
  verb: 'USER',
  rfc: '1939#7',
  grammar: 'USER name',
  example: 'USER bruno',
  capability: 'USER',
  prepare(argument, session) {
    if (argument === '') return usage('USER name', argument);
    session.user = argument;
    return undefined;
  },
  actions: {
    rememberUser(session) {
      session.ok('Send PASS');
    },
  },
});
