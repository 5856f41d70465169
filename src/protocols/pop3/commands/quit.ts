/** QUIT: in TRANSACTION it removes what is marked (RFC 1939 §6); before, it only says goodbye (§4). */
import { command } from './command.ts';

export const quit = command({
  verb: 'QUIT',
  rfc: '1939#6',
  actions: {
    update(session) {
      session.ask({ kind: 'update', remove: session.drop.toRemove() });
    },
    goodbye(session) {
      const { answer, settings } = session;
      const updated = answer !== undefined && 'updated' in answer;
      const left = updated
        ? ` (${session.drop.count === 0 ? 'maildrop empty' : `${session.drop.count} messages left`})`
        : '';
      session.ok(`${settings.hostname} signing off${left}`);
    },
  },
});
