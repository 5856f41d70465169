/** ENVELOPE and address lists (RFC 3501 §7.4.2). */
import { nstring } from '../emit.ts';

interface Address {
  readonly name: string | undefined;
  readonly mailbox: string | undefined;
  readonly host: string | undefined;
}

export function envelope(fields: ReadonlyMap<string, string>): string {
  const from = fields.get('from');
  const list = (name: string): string => addressList(fields.get(name));
  // "If the Sender or Reply-To lines are absent … the server sets … from the From line."
  const orFrom = (name: string): string => addressList(fields.get(name) || from);
  return `(${[
    nstring(fields.get('date')),
    nstring(fields.get('subject')),
    list('from'),
    orFrom('sender'),
    orFrom('reply-to'),
    list('to'),
    list('cc'),
    list('bcc'),
    nstring(fields.get('in-reply-to')),
    nstring(fields.get('message-id')),
  ].join(' ')})`;
}

function addressList(value: string | undefined): string {
  if (value === undefined) return 'NIL';
  const addresses = parseAddresses(value);
  if (addresses.length === 0) return 'NIL';
  return `(${addresses.map(({ name, mailbox, host }) => `(${nstring(name)} NIL ${nstring(mailbox)} ${nstring(host)})`).join('')})`;
}

/** RFC 5322 §3.4, with groups as IMAP writes them: a start without host, an end without anything. */
export function parseAddresses(value: string): readonly Address[] {
  const addresses: Address[] = [];
  for (const piece of split(withoutComments(value))) {
    const group = /^([^:<"]+):(.*)$/s.exec(piece);
    if (group !== null) {
      addresses.push({ name: undefined, mailbox: (group[1] ?? '').trim(), host: undefined });
      addresses.push(...(group[2] ?? '').replace(/;\s*$/, '').split(',').flatMap(one));
      addresses.push({ name: undefined, mailbox: undefined, host: undefined });
    } else addresses.push(...one(piece));
  }
  return addresses;
}

function one(text: string): readonly Address[] {
  const angled = /^(.*?)<([^<>]*)>\s*$/s.exec(text.trim());
  const address = (angled?.[2] ?? text).trim();
  if (address === '') return [];
  const at = address.lastIndexOf('@');
  const rawName = (angled?.[1] ?? '').trim();
  const name = rawName.startsWith('"') ? rawName.slice(1, -1).replace(/\\(.)/g, '$1') : rawName;
  return [
    {
      name: name === '' ? undefined : name,
      mailbox: at < 0 ? address : address.slice(0, at),
      host: at < 0 ? '' : address.slice(at + 1),
    },
  ];
}

/** At commas and semicolons that are neither quoted nor within angle brackets or a group. */
function split(value: string): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  let quoted = false;
  let group = false;
  for (let i = 0; i < value.length; i++) {
    const char = value[i] as string;
    if (char === '\\' && quoted) {
      piece += char + (value[++i] ?? '');
      continue;
    }
    if (char === '"') quoted = !quoted;
    if (char === ':' && !quoted) group = true;
    if (!quoted && ((char === ',' && !group) || char === ';')) {
      pieces.push(piece);
      piece = '';
      group = false;
    } else piece += char;
  }
  pieces.push(piece);
  return pieces.filter((text) => text.trim() !== '');
}

function withoutComments(value: string): string {
  let out = '';
  let depth = 0;
  let quoted = false;
  for (const char of value) {
    if (char === '"' && depth === 0) quoted = !quoted;
    if (!quoted && char === '(') depth++;
    if (depth === 0) out += char;
    if (!quoted && char === ')' && depth > 0) depth--;
  }
  return out;
}
