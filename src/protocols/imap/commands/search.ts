/** SEARCH (RFC 3501 §6.4.4): which messages match; numbers, or UIDs after `UID`. */
import { fromLatin1 } from '../../../core/index.ts';
import type { ServerAnswer } from '../asks.ts';
import { matches, parseSearch, type SearchKey, searchesOctets } from '../search.ts';
import type { Session } from '../session.ts';
import { command } from './command.ts';

interface Args {
  readonly charset: string;
  readonly key: SearchKey;
}

export const search = command<Args>({
  name: 'SEARCH',
  rfc: '3501#6.4.4',
  grammar: 'SEARCH [CHARSET charset] keys',
  example: 'a3 SEARCH UNSEEN',
  uid: true,
  parse(reader) {
    if (!reader.space()) return undefined;
    let charset = 'US-ASCII';
    if (reader.take('CHARSET ')) {
      const named = reader.string();
      if (named === undefined || !reader.space()) return undefined;
      charset = named.toUpperCase();
    }
    const key = parseSearch(reader);
    return key === undefined ? undefined : { charset, key };
  },
  run(session, { key }) {
    const known = session.view.slice(0, session.count);
    session.ask({ kind: 'messages', uids: searchesOctets(key) ? known.map(({ uid }) => uid) : [] });
  },
  report(session, { charset, key }, answer) {
    if (charset !== 'US-ASCII' && charset !== 'UTF-8') {
      return session.no('[BADCHARSET (US-ASCII UTF-8)] Unknown charset');
    }
    session.untagged(['SEARCH', ...found(session, key, answer)].join(' '));
    session.ok('Search completed.');
  },
});

function found(session: Session, key: SearchKey, answer: ServerAnswer): readonly number[] {
  const octets = new Map(
    answer.kind === 'messages' ? answer.messages.map(({ uid, bytes }) => [uid, bytes] as const) : [],
  );
  const { view, count } = session;
  const highest = view[count - 1]?.uid ?? 0;
  const numbers: number[] = [];
  for (let i = 0; i < count; i++) {
    const info = view[i];
    if (info === undefined) continue;
    const bytes = octets.get(info.uid);
    const text = bytes === undefined ? '' : fromLatin1(bytes);
    const candidate = { info, sequence: i + 1, recent: session.recent.has(info.uid), count, highest, text };
    if (matches(key, candidate)) numbers.push(session.job.uid ? info.uid : i + 1);
  }
  return numbers;
}
