/**
 * Domain names in presentation form: labels joined by dots, without the final dot; the root is `.`. A dot or backslash
 * inside a label is written `\.` and `\\`, an octet that is not printable `\DDD` (RFC 1035 §5.1), so that every
 * wire name has exactly one form here. Comparison ignores ASCII case (RFC 4343): compare `nameKey`s.
 */
import { LABEL_LIMIT, NAME_LIMIT } from './limits.ts';

export const ROOT = '.';

const BACKSLASH = 0x5c;
const DOT = 0x2e;

/** The form under which names are compared and indexed. */
export function nameKey(name: string): string {
  return name.toLowerCase();
}

/** Index of the first dot at or after `from` that separates labels; -1 when none does. */
export function labelEnd(name: string, from: number): number {
  let dot = name.indexOf('.', from);
  if (dot < 0) return -1;
  if (dot > from && name.charCodeAt(dot - 1) !== BACKSLASH) return dot;
  for (dot = from; dot < name.length; dot++) {
    const c = name.charCodeAt(dot);
    if (c === BACKSLASH) dot++;
    else if (c === DOT) return dot;
  }
  return -1;
}

/** The name without its first label; `undefined` for the root. */
export function parentName(name: string): string | undefined {
  if (name === ROOT) return undefined;
  const dot = labelEnd(name, 0);
  return dot < 0 ? ROOT : name.slice(dot + 1);
}

export function labelCount(name: string): number {
  if (name === ROOT) return 0;
  let count = 1;
  for (let dot = labelEnd(name, 0); dot >= 0; dot = labelEnd(name, dot + 1)) count++;
  return count;
}

/** Whether `name` is `zone` or below it. Both must be keys. */
export function isWithin(name: string, zone: string): boolean {
  if (zone === ROOT || name === zone) return true;
  const cut = name.length - zone.length - 1;
  if (cut < 1 || name.charCodeAt(cut) !== DOT || !name.endsWith(zone)) return false;
  let backslashes = 0;
  while (backslashes < cut && name.charCodeAt(cut - 1 - backslashes) === BACKSLASH) backslashes++;
  return backslashes % 2 === 0;
}

/** The octets of one label as written in a name. */
export function labelOctets(label: string): number[] {
  const octets: number[] = [];
  for (let i = 0; i < label.length; i++) {
    let c = label.charCodeAt(i);
    if (c === BACKSLASH) {
      const decimal = label.slice(i + 1, i + 4);
      if (/^\d{3}$/.test(decimal)) {
        c = Number(decimal);
        i += 3;
      } else {
        c = label.charCodeAt(++i);
      }
    }
    octets.push(c & 0xff);
  }
  return octets;
}

/** Text of one octet within a label. */
export function octetText(octet: number): string {
  if (octet === DOT || octet === BACKSLASH) return `\\${String.fromCharCode(octet)}`;
  if (octet > 0x20 && octet < 0x7f) return String.fromCharCode(octet);
  return `\\${octet.toString().padStart(3, '0')}`;
}

/**
 * A name as people type it, brought into the one form; `undefined` when it is none: an empty label, a label over 63
 * octets, over 255 octets in all (RFC 1035 §2.3.4), a character outside ASCII or a broken escape.
 */
export function parseName(text: string): string | undefined {
  if (text === '.') return ROOT;
  if (text.length === 0 || text.length > 4 * NAME_LIMIT) return undefined;
  const labels: string[] = [];
  let octets = 1;
  let at = 0;
  while (at < text.length) {
    const dot = labelEnd(text, at);
    const end = dot < 0 ? text.length : dot;
    const raw = text.slice(at, end);
    if (!/^(?:[\x21-\x5b\x5d-\x7e]|\\\d{3}|\\[^\d])+$/.test(raw)) return undefined;
    const values = labelOctets(raw);
    if (values.length > LABEL_LIMIT || /\\(?:2(?:5[6-9]|[6-9]\d)|[3-9]\d\d)/.test(raw)) return undefined;
    octets += values.length + 1;
    labels.push(values.map(octetText).join(''));
    at = end + 1;
  }
  return octets > NAME_LIMIT || labels.length === 0 ? undefined : labels.join('.');
}

/** Whether the text is a dotted-quad IPv4 address. */
export function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

/** The name that holds the PTR record of an IPv4 address (RFC 1035 §3.5): `10.2.0.192.in-addr.arpa`. */
export function reverseName(ip: string): string | undefined {
  return isIpv4(ip) ? `${ip.split('.').reverse().join('.')}.in-addr.arpa` : undefined;
}
