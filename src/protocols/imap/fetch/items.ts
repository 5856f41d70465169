/** FETCH's data items (RFC 3501 §6.4.5): how they are written, and what each gives for a message. */
import type { MessageInfo } from '../asks.ts';
import { flagList, internalDate, literal } from '../emit.ts';
import type { ArgumentReader } from '../reader.ts';
import { envelope } from './envelope.ts';
import { type Part, parseMime } from './mime.ts';
import { structure } from './structure.ts';

export type FetchItem =
  | { readonly kind: 'FLAGS' | 'UID' | 'INTERNALDATE' | 'RFC822.SIZE' | 'ENVELOPE' | 'BODY' | 'BODYSTRUCTURE' }
  | {
      readonly kind: 'section';
      /** As it is written back: `BODY[1.MIME]`, `RFC822.HEADER`. */
      readonly label: string;
      readonly path: readonly number[];
      readonly what: '' | 'HEADER' | 'TEXT' | 'MIME' | 'HEADER.FIELDS' | 'HEADER.FIELDS.NOT';
      readonly fields: readonly string[];
      /** Without setting \Seen. */
      readonly peek: boolean;
      readonly partial: { readonly from: number; readonly length: number } | undefined;
    };

const MACROS: Readonly<Record<string, readonly FetchItem[]>> = {
  ALL: [{ kind: 'FLAGS' }, { kind: 'INTERNALDATE' }, { kind: 'RFC822.SIZE' }, { kind: 'ENVELOPE' }],
  FAST: [{ kind: 'FLAGS' }, { kind: 'INTERNALDATE' }, { kind: 'RFC822.SIZE' }],
  FULL: [{ kind: 'FLAGS' }, { kind: 'INTERNALDATE' }, { kind: 'RFC822.SIZE' }, { kind: 'ENVELOPE' }, { kind: 'BODY' }],
};

const whole = (label: string, what: '' | 'HEADER' | 'TEXT', peek: boolean): FetchItem => ({
  kind: 'section',
  label,
  path: [],
  what,
  fields: [],
  peek,
  partial: undefined,
});

const SIMPLE: Readonly<Record<string, FetchItem>> = {
  FLAGS: { kind: 'FLAGS' },
  UID: { kind: 'UID' },
  INTERNALDATE: { kind: 'INTERNALDATE' },
  'RFC822.SIZE': { kind: 'RFC822.SIZE' },
  ENVELOPE: { kind: 'ENVELOPE' },
  BODYSTRUCTURE: { kind: 'BODYSTRUCTURE' },
  RFC822: whole('RFC822', '', false),
  'RFC822.HEADER': whole('RFC822.HEADER', 'HEADER', true),
  'RFC822.TEXT': whole('RFC822.TEXT', 'TEXT', false),
};

/** The items of a FETCH, macros resolved; `undefined` when they are not well written. */
export function parseItems(reader: ArgumentReader): readonly FetchItem[] | undefined {
  for (const [name, items] of Object.entries(MACROS)) if (reader.take(name)) return reader.atEnd ? items : undefined;
  return reader.items(parseItem);
}

function parseItem(reader: ArgumentReader): FetchItem | undefined {
  const name = reader.until(/[\s()[\]<]/).toUpperCase();
  if (reader.peek() !== '[') return name === 'BODY' ? { kind: 'BODY' } : SIMPLE[name];
  if (name !== 'BODY' && name !== 'BODY.PEEK') return undefined;
  reader.take('[');
  const spec = reader.until(/[\s\]]/).toUpperCase();
  const parsed = /^((?:[1-9]\d*\.)*[1-9]\d*)?(?:(?:^|\.)(HEADER\.FIELDS\.NOT|HEADER\.FIELDS|HEADER|TEXT|MIME))?$/.exec(
    spec,
  );
  if (parsed === null) return undefined;
  const path = (parsed[1] ?? '')
    .split('.')
    .filter((digits) => digits !== '')
    .map(Number);
  const what = (parsed[2] ?? '') as '' | 'HEADER' | 'TEXT' | 'MIME' | 'HEADER.FIELDS' | 'HEADER.FIELDS.NOT';
  if (what === 'MIME' && path.length === 0) return undefined;
  let fields: readonly string[] = [];
  if (what.startsWith('HEADER.FIELDS')) {
    const names = reader.space() && reader.peek() === '(' ? reader.items((inner) => inner.string()) : undefined;
    if (names === undefined || names.length === 0) return undefined;
    fields = names;
  }
  if (!reader.take(']')) return undefined;
  const partial = parsePartial(reader);
  if (partial === 'bad') return undefined;
  const list = fields.length === 0 ? '' : ` (${fields.join(' ')})`;
  const origin = partial === undefined ? '' : `<${partial.from}>`;
  const label = `BODY[${spec}${list}]${origin}`;
  return { kind: 'section', label, path, what, fields, peek: name === 'BODY.PEEK', partial };
}

function parsePartial(reader: ArgumentReader): { from: number; length: number } | undefined | 'bad' {
  if (!reader.take('<')) return undefined;
  const from = reader.number();
  const length = reader.take('.') ? reader.number() : undefined;
  if (from === undefined || length === undefined || length === 0 || !reader.take('>')) return 'bad';
  return { from, length };
}

/** Whether the items need the message's octets. */
export function needsOctets(items: readonly FetchItem[]): boolean {
  return items.some(
    ({ kind }) => kind === 'section' || kind === 'ENVELOPE' || kind === 'BODY' || kind === 'BODYSTRUCTURE',
  );
}

export function setsSeen(items: readonly FetchItem[]): boolean {
  return items.some((item) => item.kind === 'section' && !item.peek);
}

/** The parenthesised values of one message. `text`: its octets as Latin-1; empty when no item needs them. */
export function fetchValues(items: readonly FetchItem[], info: MessageInfo, text: string, recent: boolean): string {
  let parsed: Part | undefined;
  const mime = (): Part => {
    parsed ??= parseMime(text);
    return parsed;
  };
  const shownValue = (item: FetchItem): string => {
    switch (item.kind) {
      case 'FLAGS':
        return `FLAGS ${flagList(recent ? [...info.flags, '\\Recent'] : info.flags)}`;
      case 'UID':
        return `UID ${info.uid}`;
      case 'INTERNALDATE':
        return `INTERNALDATE ${internalDate(info.internalDate)}`;
      case 'RFC822.SIZE':
        return `RFC822.SIZE ${info.size}`;
      case 'ENVELOPE':
        return `ENVELOPE ${envelope(mime().fields)}`;
      case 'BODY':
        return `BODY ${structure(text, mime(), false)}`;
      case 'BODYSTRUCTURE':
        return `BODYSTRUCTURE ${structure(text, mime(), true)}`;
      case 'section': {
        const octets = section(text, mime, item);
        const shown = octets === undefined ? undefined : cut(octets, item.partial);
        return `${item.label} ${shown === undefined ? 'NIL' : literal(shown)}`;
      }
    }
  };
  return `(${items.map(shownValue).join(' ')})`;
}

type Section = Extract<FetchItem, { kind: 'section' }>;

function cut(octets: string, partial: Section['partial']): string {
  return partial === undefined ? octets : octets.slice(partial.from, partial.from + partial.length);
}

/** RFC 3501 §6.4.5, BODY[<section>]; `undefined`: there is no such part. */
function section(text: string, mime: () => Part, { path, what, fields }: Section): string | undefined {
  if (path.length === 0 && what === '') return text;
  const part = find(mime(), path);
  if (part === undefined) return undefined;
  if (what === 'MIME') return text.slice(part.start, part.bodyStart);
  if (what === '') return text.slice(part.bodyStart, part.end);
  // HEADER and TEXT of a part mean the message that it carries.
  const message = path.length === 0 ? part : part.type === 'message' ? part.children[0] : undefined;
  if (message === undefined) return undefined;
  const header = text.slice(message.start, message.bodyStart);
  if (what === 'TEXT') return text.slice(message.bodyStart, message.end);
  return what === 'HEADER' ? header : chosen(header, fields, what === 'HEADER.FIELDS');
}

function find(root: Part, path: readonly number[]): Part | undefined {
  let part: Part | undefined = root;
  for (const number of path) {
    if (part === undefined) return undefined;
    const inner: Part | undefined = part.type === 'message' && part !== root ? part.children[0] : part;
    if (inner?.type === 'multipart') part = inner.children[number - 1];
    // "Every message has at least one part number": 1 is the body of a message that has no parts.
    else part = number === 1 && inner !== undefined ? inner : undefined;
  }
  return part;
}

/** Header fields by name, as they stand, and the blank line. */
function chosen(header: string, names: readonly string[], wanted: boolean): string {
  const set = new Set(names.map((name) => name.toLowerCase()));
  const fields = header.split(/\r\n(?![ \t])/).filter((field) => field !== '');
  const kept = fields.filter((field) => set.has(field.slice(0, field.indexOf(':')).trim().toLowerCase()) === wanted);
  return `${kept.map((field) => `${field}\r\n`).join('')}\r\n`;
}
