/** SELECT (RFC 3501 §6.3.1) and EXAMINE (§6.3.2). */
import { command, mailboxArgument, type ServerCommand } from './command.ts';

const FLAGS = '\\Answered \\Flagged \\Deleted \\Seen \\Draft';

function selecting(name: 'SELECT' | 'EXAMINE', rfc: string): ServerCommand {
  const readOnly = name === 'EXAMINE';
  return command<{ readonly name: string }>({
    name,
    rfc,
    grammar: `${name} mailbox`,
    example: `a2 ${name} INBOX`,
    parse: mailboxArgument,
    run(session, { name: mailbox }) {
      // A SELECT that fails leaves nothing selected (§6.3.1).
      session.leave();
      session.ask({ kind: 'select', name: mailbox, readOnly });
    },
    report(session, _, answer) {
      if (answer.kind !== 'selected') return;
      const { selected } = answer;
      session.open(selected, readOnly);
      const unseen = selected.messages.findIndex(({ flags }) => !flags.includes('\\Seen'));
      session.untagged(`FLAGS (${FLAGS})`);
      session.untagged(
        `OK [PERMANENTFLAGS (${readOnly ? '' : FLAGS})] ${readOnly ? 'Read-only mailbox.' : 'Flags permitted.'}`,
      );
      session.untagged(`${selected.messages.length} EXISTS`);
      session.untagged(`${selected.recent.length} RECENT`);
      if (unseen >= 0) session.untagged(`OK [UNSEEN ${unseen + 1}] First unseen.`);
      session.untagged(`OK [UIDVALIDITY ${selected.uidValidity}] UIDs valid`);
      session.untagged(`OK [UIDNEXT ${selected.uidNext}] Predicted next UID`);
      session.ok(`[READ-${readOnly ? 'ONLY' : 'WRITE'}] ${readOnly ? 'Examine' : 'Select'} completed.`);
    },
  });
}

export const select = selecting('SELECT', '3501#6.3.1');
export const examine = selecting('EXAMINE', '3501#6.3.2');
