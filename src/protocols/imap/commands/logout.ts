/** LOGOUT (RFC 3501 §6.1.3): BYE comes first, then OK. */
import { command, nothing } from './command.ts';

export const logout = command({
  name: 'LOGOUT',
  rfc: '3501#6.1.3',
  grammar: 'LOGOUT',
  example: 'a4 LOGOUT',
  parse: nothing,
  run(session) {
    session.untagged('BYE Logging out');
    session.respond(session.job.tag, 'OK Logout completed.');
  },
});
