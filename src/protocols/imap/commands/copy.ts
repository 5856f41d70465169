/** COPY (RFC 3501 §6.4.7): messages, with flags and dates, to the end of another mailbox. */
import type { SetRange } from '../reader.ts';
import { command } from './command.ts';
import { chosen } from './sets.ts';

export const copy = command<{ readonly set: readonly SetRange[]; readonly to: string }>({
  name: 'COPY',
  rfc: '3501#6.4.7',
  grammar: 'COPY sequence-set mailbox',
  example: 'a5 COPY 1 Archivo',
  uid: true,
  parse(reader) {
    const set = reader.space() ? reader.set() : undefined;
    const to = set !== undefined && reader.space() ? reader.string() : undefined;
    return set === undefined || to === undefined ? undefined : { set, to };
  },
  run: (session, { set, to }) =>
    session.ask({ kind: 'copy', uids: chosen(session, set).map(({ info }) => info.uid), to }),
  report: (session) => session.ok('Copy completed.'),
});
