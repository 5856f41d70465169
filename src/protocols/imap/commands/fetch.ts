/** FETCH (RFC 3501 §6.4.5). Without PEEK, reading a body sets \Seen: the host is asked for that first. */
import { fromLatin1 } from '../../../core/index.ts';
import { type FetchItem, fetchValues, needsOctets, parseItems, setsSeen } from '../fetch/items.ts';
import type { SetRange } from '../reader.ts';
import type { Session } from '../session.ts';
import { command } from './command.ts';
import { type Chosen, chosen } from './sets.ts';

interface Args {
  readonly set: readonly SetRange[];
  readonly items: readonly FetchItem[];
}

export const fetch = command<Args>({
  name: 'FETCH',
  rfc: '3501#6.4.5',
  grammar: 'FETCH sequence-set items',
  example: 'a3 FETCH 1 BODY[]',
  uid: true,
  parse(reader) {
    const set = reader.space() ? reader.set() : undefined;
    const items = set !== undefined && reader.space() ? parseItems(reader) : undefined;
    return set === undefined || items === undefined ? undefined : { set, items };
  },
  run(session, args) {
    const unseen = toSee(session, args);
    if (unseen.length === 0) return askOctets(session, args);
    const changes = unseen.map(({ info }) => ({ uid: info.uid, flags: [...info.flags, '\\Seen'] }));
    session.ask({ kind: 'store', changes });
  },
  asksAgain: (_, __, answer) => answer.kind === 'done',
  report(session, args, answer) {
    if (answer.kind !== 'messages') return askOctets(session, args);
    const { uid } = session.job;
    // UID FETCH says the UID although nobody asked (§6.4.8).
    const asked = args.items.some(({ kind }) => kind === 'UID');
    const seen = setsSeen(args.items) && !args.items.some(({ kind }) => kind === 'FLAGS');
    const items: FetchItem[] = [...(uid && !asked ? [{ kind: 'UID' } as const] : []), ...args.items];
    const octets = new Map(answer.messages.map((message) => [message.uid, message.bytes]));
    const needs = needsOctets(items);
    let missing = false;
    for (const { number, info } of chosen(session, args.set)) {
      const bytes = octets.get(info.uid);
      if (needs && bytes === undefined) {
        missing = true;
        continue;
      }
      // A message that has just become \Seen says so (§6.4.5).
      const news = seen && session.isDirty(info.uid) ? [...items, { kind: 'FLAGS' } as const] : items;
      const text = needs && bytes !== undefined ? fromLatin1(bytes) : '';
      session.untagged(`${number} FETCH ${fetchValues(news, info, text, session.recent.has(info.uid))}`);
      if (news.some(({ kind }) => kind === 'FLAGS')) session.clean(info.uid);
    }
    if (missing) session.no('[EXPUNGEISSUED] Some of the messages no longer exist');
    else session.ok('Fetch completed.');
  },
});

function toSee(session: Session, { set, items }: Args): readonly Chosen[] {
  if (session.readOnly || !setsSeen(items)) return [];
  return chosen(session, set).filter(({ info }) => !info.flags.includes('\\Seen') && !session.isGone(info.uid));
}

function askOctets(session: Session, { set, items }: Args): void {
  const uids = needsOctets(items) ? chosen(session, set).map(({ info }) => info.uid) : [];
  session.ask({ kind: 'messages', uids });
}
