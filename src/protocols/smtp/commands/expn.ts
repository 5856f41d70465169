/** EXPN: who is on a mailing list? Not implemented, for the same reason as VRFY says nothing (RFC 5321 §3.5.2, §7.3). */
import { smtpError } from '../errors.ts';
import { anyArgument, command } from './command.ts';

export const expn = command({
  verb: 'EXPN',
  rfc: '5321#4.1.1.7',
  grammar: 'EXPN SP String CRLF',
  example: 'EXPN lista',
  prepare: anyArgument,
  actions: { expand: (session) => session.refuse(smtpError('not-implemented')) },
});
