/** Writes what a server says: strings quoted or as literals, dates, lists of flags (RFC 3501 §9). */

/** A string as the client can read it back; NIL when there is none. */
export function nstring(text: string | undefined): string {
  return text === undefined ? 'NIL' : string(text);
}

export function string(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) && text.length < 1000 ? `"${text.replace(/["\\]/g, '\\$&')}"` : literal(text);
}

/** `{n}` CR LF octets: the text is Latin-1, one character an octet. */
export function literal(text: string): string {
  return `{${text.length}}\r\n${text}`;
}

/** A mailbox name: an atom where it can be. */
export function mailboxName(name: string): string {
  return /^[A-Za-z0-9._/&+,=-]+$/.test(name) ? name : string(name);
}

export function flagList(flags: Iterable<string>): string {
  return `(${[...flags].join(' ')})`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `" 2-Mar-2026 08:00:00 +0000"`: date-time, in UTC. */
export function internalDate(ms: number): string {
  const date = new Date(ms);
  const day = `${date.getUTCDate()}`.padStart(2, ' ');
  return `"${day}-${MONTHS[date.getUTCMonth()]}-${date.getUTCFullYear()} ${date.toISOString().slice(11, 19)} +0000"`;
}

/** ms since 1970 UTC of a date-time such as the above; `undefined` when it is none. */
export function parseDateTime(text: string): number | undefined {
  const parts = /^([ \d]\d)-([A-Za-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/.exec(text);
  const date = parts === null ? undefined : parseDate(`${(parts[1] ?? '').trim()}-${parts[2]}-${parts[3]}`);
  if (parts === null || date === undefined) return undefined;
  const [, , , , hours, minutes, seconds, sign, zoneHours, zoneMinutes] = parts;
  const offset = (Number(zoneHours) * 60 + Number(zoneMinutes)) * (sign === '-' ? -1 : 1);
  return date + ((Number(hours) * 60 + Number(minutes) - offset) * 60 + Number(seconds)) * 1000;
}

/** Midnight UTC of `2-Mar-2026`; `undefined` when it is no date. */
export function parseDate(text: string): number | undefined {
  const parts = /^"?(\d{1,2})-([A-Za-z]{3})-(\d{4})"?$/.exec(text);
  const month = parts === null ? -1 : MONTHS.findIndex((name) => name.toLowerCase() === parts[2]?.toLowerCase());
  return parts === null || month < 0 ? undefined : Date.UTC(Number(parts[3]), month, Number(parts[1]));
}
