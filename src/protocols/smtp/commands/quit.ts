/** QUIT: the server says goodbye and closes (RFC 5321 §4.1.1.10). */
import { command } from './command.ts';

export const quit = command({
  verb: 'QUIT',
  rfc: '5321#4.1.1.10',
  grammar: 'QUIT CRLF',
  actions: {
    goodbye(session) {
      session.say(221, '2.0.0', `${session.settings.hostname} closing connection`);
      session.emit({ type: 'close' });
    },
  },
});
