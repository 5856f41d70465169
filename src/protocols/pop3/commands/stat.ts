/** STAT: the drop listing: how many messages, how many octets, in a format for programs (RFC 1939 §5). */
import { command } from './command.ts';

export const stat = command({
  verb: 'STAT',
  rfc: '1939#5',
  actions: {
    stat(session) {
      // "messages marked as deleted are not counted in either total".
      session.ok(`${session.drop.count} ${session.drop.octets}`);
    },
  },
});
