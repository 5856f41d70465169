/** APOP: user and digest of the greeting's timestamp and the password (RFC 1939 §7), so that the password is not sent. */
import { pop3Error } from '../errors.ts';
import { command, usage } from './command.ts';

const GRAMMAR = 'APOP name digest';
/** "the `digest' parameter itself is a 16-octet value which is sent in hexadecimal format, using lower-case ASCII". */
const DIGEST = /^[0-9a-f]{32}$/;

export const apop = command({
  verb: 'APOP',
  rfc: '1939#7',
  grammar: GRAMMAR,
  example: 'APOP bruno c4c9334bac560ecc979e58001b3e22fb',
  prepare(argument, session) {
    // "A POP3 server which implements the APOP command will include a timestamp in its banner greeting."
    if (session.settings.timestamp === undefined) return pop3Error('no-apop');
    const space = argument.lastIndexOf(' ');
    const digest = argument.slice(space + 1);
    if (space <= 0 || !DIGEST.test(digest)) return usage(GRAMMAR, argument);
    session.user = argument.slice(0, space);
    session.secret = digest;
    return undefined;
  },
  actions: {
    authenticateDigest(session) {
      const { user, secret: digest, settings } = session;
      session.ask({ kind: 'digest', user, timestamp: settings.timestamp ?? '', digest });
      session.secret = '';
    },
  },
});
