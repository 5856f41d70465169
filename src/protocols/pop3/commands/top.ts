/** TOP: the head of a message and the first lines of its body (RFC 1939 §7). */
import { top as topOf } from '../content.ts';
import { command, usage } from './command.ts';
import { decimal, readNumber } from './message-number.ts';

const GRAMMAR = 'TOP msg n';

export const top = command({
  verb: 'TOP',
  rfc: '1939#7',
  grammar: GRAMMAR,
  example: 'TOP 1 5',
  capability: 'TOP',
  prepare(argument, session) {
    const [number = '', count = '', ...rest] = argument.split(' ');
    const lines = decimal(count);
    if (lines === undefined || rest.length > 0) return usage(GRAMMAR, argument);
    session.lines = lines;
    return readNumber(number, GRAMMAR, session);
  },
  actions: {
    /** The answer to RETR too: what the host fetched. */
    sendMessage(session) {
      const { answer, verb, lines } = session;
      if (answer === undefined || !('message' in answer) || answer.message === undefined) return;
      if (verb === 'TOP') session.content('Top of message follows', topOf(answer.message, lines));
      else session.content(`${answer.message.length} octets`, answer.message);
    },
  },
});
