/** SEARCH's keys (RFC 3501 §6.4.4): how they are written, and whether a message matches. Nesting is bounded. */
import type { MessageInfo } from './asks.ts';
import { parseDate } from './emit.ts';
import { headerFields } from './fetch/mime.ts';
import { DEPTH } from './limits.ts';
import { type ArgumentReader, inUidSet, type SetRange } from './reader.ts';

export type SearchKey =
  | { readonly kind: 'all' }
  | { readonly kind: 'flag'; readonly flag: string; readonly set: boolean }
  | { readonly kind: 'recent'; readonly set: boolean }
  | { readonly kind: 'new' }
  | { readonly kind: 'set'; readonly ranges: readonly SetRange[]; readonly uid: boolean }
  | { readonly kind: 'size'; readonly than: 'larger' | 'smaller'; readonly size: number }
  /** By internal date, or by the Date field when `sent`. */
  | { readonly kind: 'date'; readonly when: 'before' | 'on' | 'since'; readonly day: number; readonly sent: boolean }
  | { readonly kind: 'header'; readonly name: string; readonly value: string }
  | { readonly kind: 'body' | 'text'; readonly value: string }
  | { readonly kind: 'not'; readonly key: SearchKey }
  | { readonly kind: 'or'; readonly a: SearchKey; readonly b: SearchKey }
  | { readonly kind: 'and'; readonly keys: readonly SearchKey[] };

const FLAGS: Readonly<Record<string, string>> = {
  ANSWERED: '\\Answered',
  DELETED: '\\Deleted',
  DRAFT: '\\Draft',
  FLAGGED: '\\Flagged',
  SEEN: '\\Seen',
};
const DATES: Readonly<Record<string, 'before' | 'on' | 'since'>> = { BEFORE: 'before', ON: 'on', SINCE: 'since' };
const HEADERS = new Set(['BCC', 'CC', 'FROM', 'SUBJECT', 'TO']);
const DAY = 86_400_000;

/** All keys to the end, which a message must match together; `undefined` when they are not well written. */
export function parseSearch(reader: ArgumentReader): SearchKey | undefined {
  return keys(reader, 0, () => reader.atEnd);
}

function keys(reader: ArgumentReader, depth: number, ended: () => boolean): SearchKey | undefined {
  const list: SearchKey[] = [];
  do {
    const key = parseKey(reader, depth);
    if (key === undefined) return undefined;
    list.push(key);
  } while (!ended() && reader.space());
  if (!ended()) return undefined;
  return list.length === 1 ? list[0] : { kind: 'and', keys: list };
}

function parseKey(reader: ArgumentReader, depth: number): SearchKey | undefined {
  if (depth > DEPTH) return undefined;
  if (reader.take('(')) {
    const inner = keys(reader, depth + 1, () => reader.peek() === ')');
    return inner !== undefined && reader.take(')') ? inner : undefined;
  }
  if (/[\d*]/.test(reader.peek())) {
    const ranges = reader.set();
    return ranges === undefined ? undefined : { kind: 'set', ranges, uid: false };
  }
  const name = reader.atom()?.toUpperCase();
  if (name === undefined) return undefined;
  return simpleKey(name) ?? keyWithArgument(name, reader, depth);
}

function simpleKey(name: string): SearchKey | undefined {
  const flag = FLAGS[name];
  if (flag !== undefined) return { kind: 'flag', flag, set: true };
  const unset = name.startsWith('UN') ? FLAGS[name.slice(2)] : undefined;
  if (unset !== undefined) return { kind: 'flag', flag: unset, set: false };
  switch (name) {
    case 'ALL':
      return { kind: 'all' };
    case 'NEW':
      return { kind: 'new' };
    case 'RECENT':
      return { kind: 'recent', set: true };
    case 'OLD':
      return { kind: 'recent', set: false };
    default:
      return undefined;
  }
}

function keyWithArgument(name: string, reader: ArgumentReader, depth: number): SearchKey | undefined {
  if (!reader.space()) return undefined;
  const sent = name.startsWith('SENT');
  const when = DATES[sent ? name.slice(4) : name];
  if (when !== undefined) {
    const day = parseDate(reader.string() ?? '');
    return day === undefined ? undefined : { kind: 'date', when, day, sent };
  }
  if (HEADERS.has(name)) {
    const value = reader.string();
    return value === undefined ? undefined : { kind: 'header', name: name.toLowerCase(), value };
  }
  switch (name) {
    case 'NOT': {
      const key = parseKey(reader, depth + 1);
      return key === undefined ? undefined : { kind: 'not', key };
    }
    case 'OR': {
      const a = parseKey(reader, depth + 1);
      const b = a !== undefined && reader.space() ? parseKey(reader, depth + 1) : undefined;
      return a === undefined || b === undefined ? undefined : { kind: 'or', a, b };
    }
    case 'UID': {
      const ranges = reader.set();
      return ranges === undefined ? undefined : { kind: 'set', ranges, uid: true };
    }
    case 'LARGER':
    case 'SMALLER': {
      const size = reader.number();
      return size === undefined ? undefined : { kind: 'size', than: name === 'LARGER' ? 'larger' : 'smaller', size };
    }
    case 'KEYWORD':
    case 'UNKEYWORD': {
      const flag = reader.atom();
      return flag === undefined ? undefined : { kind: 'flag', flag, set: name === 'KEYWORD' };
    }
    case 'BODY':
    case 'TEXT': {
      const value = reader.string();
      return value === undefined ? undefined : { kind: name === 'BODY' ? 'body' : 'text', value };
    }
    case 'HEADER': {
      const field = reader.string();
      const value = field !== undefined && reader.space() ? reader.string() : undefined;
      return field === undefined || value === undefined
        ? undefined
        : { kind: 'header', name: field.toLowerCase(), value };
    }
    default:
      return undefined;
  }
}

/** Whether a key looks into the message's octets. */
export function searchesOctets(key: SearchKey): boolean {
  switch (key.kind) {
    case 'header':
    case 'body':
    case 'text':
      return true;
    case 'date':
      return key.sent;
    case 'not':
      return searchesOctets(key.key);
    case 'or':
      return searchesOctets(key.a) || searchesOctets(key.b);
    case 'and':
      return key.keys.some(searchesOctets);
    default:
      return false;
  }
}

export interface Candidate {
  readonly info: MessageInfo;
  readonly sequence: number;
  readonly recent: boolean;
  /** Number and highest UID of the mailbox, for `*`. */
  readonly count: number;
  readonly highest: number;
  /** Octets as Latin-1; empty when no key needs them. */
  readonly text: string;
}

export function matches(key: SearchKey, candidate: Candidate): boolean {
  const { info } = candidate;
  switch (key.kind) {
    case 'all':
      return true;
    case 'flag':
      return info.flags.some((flag) => flag.toLowerCase() === key.flag.toLowerCase()) === key.set;
    case 'recent':
      return candidate.recent === key.set;
    case 'new':
      return candidate.recent && !info.flags.includes('\\Seen');
    case 'set':
      return key.uid
        ? inUidSet(key.ranges, info.uid, candidate.highest)
        : inUidSet(key.ranges, candidate.sequence, candidate.count);
    case 'size':
      return key.than === 'larger' ? info.size > key.size : info.size < key.size;
    case 'date':
      return onDay(key, key.sent ? Date.parse(fieldsOf(candidate).get('date') ?? '') : info.internalDate);
    case 'header': {
      const value = fieldsOf(candidate).get(key.name);
      return value?.toLowerCase().includes(key.value.toLowerCase()) ?? false;
    }
    case 'body':
    case 'text': {
      const { text } = candidate;
      const blank = text.indexOf('\r\n\r\n');
      const from = key.kind === 'text' || blank < 0 ? 0 : blank + 4;
      return text.slice(from).toLowerCase().includes(key.value.toLowerCase());
    }
    case 'not':
      return !matches(key.key, candidate);
    case 'or':
      return matches(key.a, candidate) || matches(key.b, candidate);
    case 'and':
      return key.keys.every((inner) => matches(inner, candidate));
  }
}

function fieldsOf({ text }: Candidate): ReadonlyMap<string, string> {
  const blank = text.indexOf('\r\n\r\n');
  return headerFields(blank < 0 ? text : text.slice(0, blank + 2));
}

/** "disregarding time and timezone". */
function onDay({ when, day }: Extract<SearchKey, { kind: 'date' }>, ms: number): boolean {
  if (Number.isNaN(ms)) return false;
  if (when === 'before') return ms < day;
  return when === 'since' ? ms >= day : ms >= day && ms < day + DAY;
}
