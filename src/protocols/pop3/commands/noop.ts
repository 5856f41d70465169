/** NOOP: "does nothing, it merely replies with a positive response" (RFC 1939 §5). */
import { command } from './command.ts';

export const noop = command({
  verb: 'NOOP',
  rfc: '1939#5',
  actions: {
    noop(session) {
      session.ok('');
    },
  },
});
