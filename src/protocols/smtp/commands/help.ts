/** HELP: the commands that this server knows (RFC 5321 §4.1.1.8). */
import { anyArgument, command } from './command.ts';

/** Kept here as text, since the registry imports this file; a test holds it against the registry. */
const COMMANDS = {
  relay: 'EHLO HELO MAIL RCPT DATA RSET NOOP VRFY EXPN HELP QUIT',
  submission: 'EHLO HELO AUTH MAIL RCPT DATA RSET NOOP VRFY EXPN HELP QUIT',
  lmtp: 'LHLO MAIL RCPT DATA RSET NOOP VRFY EXPN HELP QUIT',
} as const;

export const help = command({
  verb: 'HELP',
  rfc: '5321#4.1.1.8',
  grammar: 'HELP [ SP String ] CRLF',
  prepare: anyArgument,
  actions: {
    help: (session) => session.say(214, '2.0.0', 'Commands:', COMMANDS[session.settings.mode], 'See RFC 5321'),
  },
});
