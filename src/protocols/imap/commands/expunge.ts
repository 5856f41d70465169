/** What is marked \Deleted goes: EXPUNGE (RFC 3501 §6.4.3) says so, CLOSE (§6.4.2) does not; UNSELECT (RFC 3691) removes nothing. */
import type { Session } from '../session.ts';
import { command, nothing } from './command.ts';

function deleted(session: Session): readonly number[] {
  if (session.readOnly) return [];
  return session.view.slice(0, session.count).flatMap(({ uid, flags }) => (flags.includes('\\Deleted') ? [uid] : []));
}

export const expunge = command({
  name: 'EXPUNGE',
  rfc: '3501#6.4.3',
  grammar: 'EXPUNGE',
  example: 'a6 EXPUNGE',
  parse: nothing,
  run: (session) => session.ask({ kind: 'expunge', uids: deleted(session) }),
  report(session) {
    if (session.readOnly) session.no('[READ-ONLY] Mailbox is read-only');
    else session.ok('Expunge completed.');
  },
});

export const close = command({
  name: 'CLOSE',
  rfc: '3501#6.4.2',
  grammar: 'CLOSE',
  example: 'a7 CLOSE',
  parse: nothing,
  run: (session) => session.ask({ kind: 'expunge', uids: deleted(session) }),
  asksAgain: (session) => session.mailbox !== '',
  report(session) {
    if (session.mailbox === '') return session.ok('Close completed.');
    session.leave();
    session.ask({ kind: 'unselect' });
  },
});

export const unselect = command({
  name: 'UNSELECT',
  rfc: '3691#2',
  grammar: 'UNSELECT',
  example: 'a7 UNSELECT',
  parse: nothing,
  run(session) {
    session.leave();
    session.ask({ kind: 'unselect' });
  },
  report: (session) => session.ok('Unselect completed.'),
});
