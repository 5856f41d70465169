/**
 * Records as text, the way zone files and `dig` write them (RFC 1035 §5), and back. Zone data of worlds enters here.
 */
import { fromLatin1, utf8 } from '../../core/index.ts';
import { ipv6Groups, ipv6Text } from './codec/index.ts';
import { CLASS_IN, type ResourceRecord, type RrType, typeName } from './messages.ts';
import { isIpv4, parseName } from './name.ts';

/** A name with its final dot, as `dig` prints it: `brisa.example.`. */
export function absolute(name: string): string {
  return name === '.' ? name : `${name}.`;
}

/** RDATA as `dig` prints it: names absolute, character-strings quoted. */
export function rdataText(record: ResourceRecord): string {
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return record.address;
    case 'NS':
    case 'CNAME':
    case 'PTR':
      return absolute(record.target);
    case 'MX':
      return `${record.preference} ${absolute(record.exchange)}`;
    case 'TXT':
      return record.strings.map(quoted).join(' ');
    case 'SOA':
      return `${absolute(record.mname)} ${absolute(record.rname)} ${record.serial} ${record.refresh} ${record.retry} ${record.expire} ${record.minimum}`;
    case 'OPAQUE':
      // RFC 3597 §5.
      return `\\# ${record.data.length / 2}${record.data === '' ? '' : ` ${record.data.toUpperCase()}`}`;
  }
}

/** RDATA as people say it, for ladders and answers in the trace: no final dots, no quotes. */
export function rdataBrief(record: ResourceRecord): string {
  switch (record.type) {
    case 'NS':
    case 'CNAME':
    case 'PTR':
      return record.target;
    case 'MX':
      return `${record.preference} ${record.exchange}`;
    case 'TXT':
      return record.strings.map(printable).join('');
    case 'SOA':
      return `${record.mname} ${record.rname} ${record.serial}`;
    default:
      return rdataText(record);
  }
}

/** Mnemonic of a record's type: `MX`, `TYPE65`. */
export function recordTypeName(record: ResourceRecord): string {
  return record.type === 'OPAQUE' ? typeName(record.number) : record.type;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&').replace(/[^\x20-\x7e]/g, decimal)}"`;
}

function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, decimal);
}

function decimal(c: string): string {
  return `\\${c.charCodeAt(0).toString().padStart(3, '0')}`;
}

/** A record from zone-file text, or what the data should have looked like. `data` names are absolute, final dot or not. */
export function parseRecord(
  name: string,
  type: RrType,
  ttl: number,
  data: string,
): { readonly record: ResourceRecord } | { readonly expected: string } {
  const owner = parseName(name);
  if (owner === undefined) return { expected: 'domain-name' };
  const common = { name: owner, class: CLASS_IN, ttl };
  const text = data.trim();
  switch (type) {
    case 'A':
      return isIpv4(text) ? { record: { ...common, type, address: text } } : { expected: 'ipv4-address' };
    case 'AAAA': {
      const groups = ipv6Groups(text);
      if (groups === undefined) return { expected: 'ipv6-address' };
      const octets = new Uint8Array(groups.flatMap((group) => [group >> 8, group & 0xff]));
      return { record: { ...common, type, address: ipv6Text(octets) } };
    }
    case 'NS':
    case 'CNAME':
    case 'PTR': {
      const target = parseName(text);
      return target === undefined ? { expected: 'domain-name' } : { record: { ...common, type, target } };
    }
    case 'MX': {
      const [preference, exchange, ...rest] = text.split(/\s+/);
      const host = exchange === undefined ? undefined : parseName(exchange);
      if (!isUint(preference, 0xffff) || host === undefined || rest.length > 0) {
        return { expected: 'preference exchange' };
      }
      return { record: { ...common, type, preference: Number(preference), exchange: host } };
    }
    case 'TXT': {
      const strings = characterStrings(text);
      return strings === undefined ? { expected: 'character-strings' } : { record: { ...common, type, strings } };
    }
    case 'SOA': {
      const [m, r, ...numbers] = text.split(/\s+/);
      const mname = m === undefined ? undefined : parseName(m);
      const rname = r === undefined ? undefined : parseName(r);
      const values = numbers.map(Number);
      if (
        mname === undefined ||
        rname === undefined ||
        numbers.length !== 5 ||
        !numbers.every((n) => isUint(n, 0xffff_ffff))
      ) {
        return { expected: 'mname rname serial refresh retry expire minimum' };
      }
      const [serial = 0, refresh = 0, retry = 0, expire = 0, minimum = 0] = values;
      return { record: { ...common, type, mname, rname, serial, refresh, retry, expire, minimum } };
    }
  }
}

function isUint(text: string | undefined, max: number): text is string {
  return text !== undefined && /^\d{1,10}$/.test(text) && Number(text) <= max;
}

/**
 * The character-strings of a TXT record. Quoted ones are taken apart; text without quotes is one string, whatever blanks it
 * has (more forgiving than a zone file). A string over 255 octets is cut into several, as publishing tools do.
 */
function characterStrings(text: string): readonly string[] | undefined {
  const parts: string[] = [];
  if (text.startsWith('"')) {
    const pattern = /\s*"((?:[^"\\]|\\.)*)"\s*/y;
    let at = 0;
    while (at < text.length) {
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      if (match === null) return undefined;
      parts.push(unescapeText(match[1] ?? ''));
      at = pattern.lastIndex;
    }
  } else parts.push(fromLatin1(utf8(text)));
  return parts.flatMap((part) => (part.length <= 255 ? [part] : (part.match(/[\s\S]{1,255}/g) ?? [])));
}

function unescapeText(text: string): string {
  const octets = fromLatin1(utf8(text));
  return octets.replace(/\\(\d{3}|[\s\S])/g, (_, c: string) =>
    c.length === 3 ? String.fromCharCode(Number(c) & 0xff) : c,
  );
}
