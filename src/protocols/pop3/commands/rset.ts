/** RSET: unmarks all messages marked as deleted (RFC 1939 §5). */
import { command } from './command.ts';

export const rset = command({
  verb: 'RSET',
  rfc: '1939#5',
  actions: {
    rset(session) {
      session.drop.unmarkAll();
      session.ok(`Maildrop has ${session.drop.count} messages (${session.drop.octets} octets)`);
    },
  },
});
