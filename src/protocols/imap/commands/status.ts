/** STATUS (RFC 3501 §6.3.10). */
import { mailboxName } from '../emit.ts';
import { command } from './command.ts';

const ITEMS = {
  MESSAGES: 'messages',
  RECENT: 'recent',
  UIDNEXT: 'uidNext',
  UIDVALIDITY: 'uidValidity',
  UNSEEN: 'unseen',
} as const;
type Item = keyof typeof ITEMS;

export const status = command<{ readonly name: string; readonly items: readonly Item[] }>({
  name: 'STATUS',
  rfc: '3501#6.3.10',
  grammar: 'STATUS mailbox (items)',
  example: 'a3 STATUS INBOX (MESSAGES UNSEEN)',
  parse(reader) {
    const name = reader.space() ? reader.string() : undefined;
    if (name === undefined || !reader.space() || reader.peek() !== '(') return undefined;
    const items = reader.items((r) => {
      const item = r.atom()?.toUpperCase();
      return item !== undefined && Object.hasOwn(ITEMS, item.replace(')', '')) ? (item as Item) : undefined;
    });
    return items === undefined || items.length === 0 ? undefined : { name, items };
  },
  run: (session, { name }) => session.ask({ kind: 'status', name }),
  report(session, { name, items }, answer) {
    if (answer.kind !== 'status') return;
    const values = items.map((item) => `${item} ${answer.status[ITEMS[item]]}`);
    session.untagged(`STATUS ${mailboxName(name)} (${values.join(' ')})`);
    session.ok('Status completed.');
  },
});
