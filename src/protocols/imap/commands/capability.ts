/** CAPABILITY (RFC 3501 §6.1.1). */
import { command, nothing } from './command.ts';

export const CAPABILITIES = 'IMAP4rev1 LITERAL+ SASL-IR IDLE UNSELECT AUTH=PLAIN';

export const capability = command({
  name: 'CAPABILITY',
  rfc: '3501#6.1.1',
  grammar: 'CAPABILITY',
  example: 'a1 CAPABILITY',
  parse: nothing,
  run(session) {
    session.untagged(`CAPABILITY ${CAPABILITIES}`);
    session.ok('Capability completed.');
  },
});
