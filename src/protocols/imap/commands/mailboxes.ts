/** Mailboxes by name: CREATE, DELETE, RENAME, SUBSCRIBE, UNSUBSCRIBE (RFC 3501 §6.3.3–§6.3.7). */
import { command, mailboxArgument, type ServerCommand } from './command.ts';

function named(kind: 'create' | 'delete' | 'subscribe' | 'unsubscribe', rfc: string): ServerCommand {
  const name = kind.toUpperCase();
  return command<{ readonly name: string }>({
    name,
    rfc,
    grammar: `${name} mailbox`,
    example: `a3 ${name} Archivo`,
    parse: mailboxArgument,
    run: (session, { name: mailbox }) => session.ask({ kind, name: mailbox }),
    report: (session) => session.ok(`${name[0]}${name.slice(1).toLowerCase()} completed.`),
  });
}

export const create = named('create', '3501#6.3.3');
export const deleteMailbox = named('delete', '3501#6.3.4');
export const subscribe = named('subscribe', '3501#6.3.6');
export const unsubscribe = named('unsubscribe', '3501#6.3.7');

export const rename = command<{ readonly name: string; readonly to: string }>({
  name: 'RENAME',
  rfc: '3501#6.3.5',
  grammar: 'RENAME mailbox new-name',
  example: 'a3 RENAME Archivo Viejo',
  parse(reader) {
    const name = reader.space() ? reader.string() : undefined;
    const to = name !== undefined && reader.space() ? reader.string() : undefined;
    return name === undefined || to === undefined ? undefined : { name, to };
  },
  run: (session, { name, to }) => session.ask({ kind: 'rename', name, to }),
  report: (session) => session.ok('Rename completed.'),
});
