/** NOOP: does nothing, says so (RFC 5321 §4.1.1.9). An argument is ignored. */
import { anyArgument, command } from './command.ts';

export const noop = command({
  verb: 'NOOP',
  rfc: '5321#4.1.1.9',
  grammar: 'NOOP [ SP String ] CRLF',
  prepare: anyArgument,
  actions: { noop: (session) => session.say(250, '2.0.0', 'Ok') },
});
