/** VRFY: does this mailbox exist? Answered with 252, which tells nobody anything (RFC 5321 §3.5.3, §7.3). */
import { smtpError } from '../errors.ts';
import { command } from './command.ts';

export const vrfy = command({
  verb: 'VRFY',
  rfc: '5321#4.1.1.6',
  grammar: 'VRFY SP String CRLF',
  example: 'VRFY bruno',
  prepare: (argument) => (argument === '' ? smtpError('syntax', { text: 'Syntax: VRFY address' }) : undefined),
  actions: {
    verify: (session) => session.say(252, '2.5.2', 'Cannot VRFY user, but will accept message and attempt delivery'),
  },
});
