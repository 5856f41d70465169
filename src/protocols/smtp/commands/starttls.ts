/** STARTTLS (RFC 3207): known by name, not offered. */
import { smtpError } from '../errors.ts';
import { command } from './command.ts';

export const starttls = command({
  verb: 'STARTTLS',
  rfc: '3207#4',
  grammar: 'STARTTLS CRLF',
  actions: { notOffered: (session) => session.refuse(smtpError('not-implemented')) },
});
