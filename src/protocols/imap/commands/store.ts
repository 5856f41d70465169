/** STORE (RFC 3501 §6.4.6): flags of messages, told back unless `.SILENT`. */
import { flagList } from '../emit.ts';
import type { ArgumentReader, SetRange } from '../reader.ts';
import { command } from './command.ts';
import { chosen } from './sets.ts';

interface Args {
  readonly set: readonly SetRange[];
  readonly sign: '' | '+' | '-';
  readonly silent: boolean;
  readonly flags: readonly string[];
}

const SYSTEM = ['\\Answered', '\\Flagged', '\\Deleted', '\\Seen', '\\Draft'];

export const store = command<Args>({
  name: 'STORE',
  rfc: '3501#6.4.6',
  grammar: 'STORE sequence-set [+|-]FLAGS[.SILENT] (flags)',
  example: 'a5 STORE 1 +FLAGS (\\Deleted)',
  uid: true,
  parse(reader) {
    const set = reader.space() ? reader.set() : undefined;
    if (set === undefined || !reader.space()) return undefined;
    const sign = reader.take('+') ? '+' : reader.take('-') ? '-' : '';
    if (!reader.take('FLAGS')) return undefined;
    const silent = reader.take('.SILENT');
    if (!reader.space()) return undefined;
    const given = reader.peek() === '(' ? reader.flags() : bare(reader);
    // \Recent is the server's own (§2.3.2); system flags are kept in one spelling.
    const flags = given?.filter((flag) => flag.toLowerCase() !== '\\recent').map(spelling);
    return flags === undefined ? undefined : { set, sign, silent, flags };
  },
  run(session, { set, sign, flags }) {
    if (session.readOnly) {
      session.ask({ kind: 'store', changes: [] });
      return;
    }
    const changes = chosen(session, set).map(({ info }) => ({
      uid: info.uid,
      flags: combine(info.flags, sign, flags),
    }));
    session.ask({ kind: 'store', changes });
  },
  report(session, { set, silent }) {
    if (session.readOnly) return session.no('[READ-ONLY] Mailbox is read-only');
    for (const { number, info } of chosen(session, set)) {
      session.clean(info.uid);
      if (silent) continue;
      const uid = session.job.uid ? ` UID ${info.uid}` : '';
      session.untagged(`${number} FETCH (FLAGS ${flagList(session.flagsOf(info))}${uid})`);
    }
    session.ok('Store completed.');
  },
});

/** `STORE 1 FLAGS \Seen \Deleted`: the list may stand without parentheses. */
function bare(reader: ArgumentReader): readonly string[] | undefined {
  const flags: string[] = [];
  do {
    const flag = reader.flag();
    if (flag === undefined) return undefined;
    flags.push(flag);
  } while (reader.space());
  return flags;
}

function spelling(flag: string): string {
  return SYSTEM.find((known) => known.toLowerCase() === flag.toLowerCase()) ?? flag;
}

function combine(old: readonly string[], sign: Args['sign'], flags: readonly string[]): readonly string[] {
  if (sign === '+') return [...new Set([...old, ...flags])];
  return sign === '-' ? old.filter((flag) => !flags.includes(flag)) : [...new Set(flags)];
}
