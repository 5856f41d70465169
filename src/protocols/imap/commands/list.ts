/** LIST (RFC 3501 §6.3.8) and LSUB (§6.3.9). The hierarchy delimiter is `/`. */
import { mailboxName } from '../emit.ts';
import { command, type ServerCommand } from './command.ts';

function listing(name: 'LIST' | 'LSUB', rfc: string): ServerCommand {
  return command<{ readonly pattern: string }>({
    name,
    rfc,
    grammar: `${name} reference mailbox`,
    example: `a3 ${name} "" "*"`,
    parse(reader) {
      const reference = reader.space() ? reader.string() : undefined;
      const pattern = reader.space() ? reader.pattern() : undefined;
      if (reference === undefined || pattern === undefined) return undefined;
      return { pattern: pattern === '' ? '' : reference + pattern };
    },
    run: (session) => session.ask({ kind: 'list' }),
    report(session, { pattern }, answer) {
      if (answer.kind !== 'list') return;
      // An empty name asks for the delimiter and the root (§6.3.8).
      if (pattern === '') session.untagged(`${name} (\\Noselect) "/" ""`);
      else
        for (const { name: mailbox, subscribed, hasChildren } of answer.mailboxes) {
          if ((name === 'LSUB' && !subscribed) || !matches(pattern, mailbox)) continue;
          const attributes = name === 'LSUB' ? '' : hasChildren ? '\\HasChildren' : '\\HasNoChildren';
          session.untagged(`${name} (${attributes}) "/" ${mailboxName(mailbox)}`);
        }
      session.ok(`${name === 'LIST' ? 'List' : 'Lsub'} completed.`);
    },
  });
}

/** `*` matches anything, `%` anything without the delimiter. In time pattern × name, whatever the pattern. */
export function matches(pattern: string, name: string): boolean {
  const inbox = name === 'INBOX';
  const same = (a: string, b: string): boolean => (inbox ? a.toUpperCase() === b : a === b);
  let reached = new Array<boolean>(name.length + 1).fill(false);
  reached[0] = true;
  for (const char of pattern) {
    const next = new Array<boolean>(name.length + 1).fill(false);
    for (let i = 0; i <= name.length; i++) {
      if (char === '*' || char === '%') {
        next[i] = reached[i] === true || (i > 0 && next[i - 1] === true && (char === '*' || name[i - 1] !== '/'));
      } else next[i] = i > 0 && reached[i - 1] === true && same(char, name[i - 1] as string);
    }
    reached = next;
  }
  return reached[name.length] === true;
}

export const list = listing('LIST', '3501#6.3.8');
export const lsub = listing('LSUB', '3501#6.3.9');
