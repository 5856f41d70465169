/** APPEND (RFC 3501 §6.3.11): a message from the client into a mailbox. */
import { latin1 } from '../../../core/index.ts';
import { parseDateTime } from '../emit.ts';
import { command } from './command.ts';

interface Args {
  readonly name: string;
  readonly flags: readonly string[];
  readonly date: number | undefined;
  /** Latin-1, one character an octet. */
  readonly message: string;
}

export const append = command<Args>({
  name: 'APPEND',
  rfc: '3501#6.3.11',
  grammar: 'APPEND mailbox [(flags)] ["date-time"] literal',
  example: 'a4 APPEND INBOX {31}',
  parse(reader) {
    const name = reader.space() ? reader.string() : undefined;
    if (name === undefined || !reader.space()) return undefined;
    let flags: readonly string[] = [];
    if (reader.peek() === '(') {
      const given = reader.flags();
      if (given === undefined || !reader.space()) return undefined;
      flags = given;
    }
    let date: number | undefined;
    if (reader.peek() === '"') {
      date = parseDateTime(reader.string() ?? '');
      if (date === undefined || !reader.space()) return undefined;
    }
    const message = reader.literal();
    return message === undefined ? undefined : { name, flags, date, message };
  },
  run: (session, { name, flags, date, message }) =>
    session.ask({ kind: 'append', name, flags, date, message: latin1(message) }),
  report: (session) => session.ok('Append completed.'),
});
