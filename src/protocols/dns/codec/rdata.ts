/**
 * RDATA → record, by type (RFC 1035 §3.3 and §3.4, RFC 3596, RFC 3597). Every octet of RDLENGTH must be used; names may be
 * compressed in the types of RFC 1035 only, which are all the types with names here.
 */
import { fromLatin1, toHex } from '../../../core/index.ts';
import type { ByteReader } from '../../../wire/index.ts';
import { type DnsFault, dnsFault } from '../errors.ts';
import { type ResourceRecord, RR_TYPES } from '../messages.ts';
import { ipv4Text, ipv6Text } from './address.ts';
import { readName } from './names.ts';
import type { Notes } from './notes.ts';

export interface RrHead {
  readonly name: string;
  readonly class: number;
  readonly ttl: number;
}

/** Reads the `length` octets at the reader, which is left after them. */
export function readRdata(
  reader: ByteReader,
  head: RrHead,
  type: number,
  length: number,
  notes: Notes | undefined,
): ResourceRecord | DnsFault {
  const start = reader.offset;
  const end = start + length;
  if (reader.remaining < length)
    return dnsFault('short-record', start, `${length}`, `${reader.remaining}`, '1035#4.1.3');
  const record = readByType(reader, head, type, end, notes);
  if ('kind' in record || reader.offset === end) return record;
  return dnsFault('rdata-length', reader.offset, `${length}`, `${reader.offset - start}`, '1035#4.1.3');
}

function readByType(
  reader: ByteReader,
  { name, class: klass, ttl }: RrHead,
  type: number,
  end: number,
  notes: Notes | undefined,
): ResourceRecord | DnsFault {
  const start = reader.offset;
  switch (type) {
    case RR_TYPES.A: {
      if (end - start !== 4) return dnsFault('rdata-length', start, '4', `${end - start}`, '1035#3.4.1');
      const address = ipv4Text(reader.take(4));
      notes?.add(start, end, 'address', address, '1035#3.4.1');
      return { name, type: 'A', class: klass, ttl, address };
    }
    case RR_TYPES.AAAA: {
      if (end - start !== 16) return dnsFault('rdata-length', start, '16', `${end - start}`, '3596#2.2');
      const address = ipv6Text(reader.take(16));
      notes?.add(start, end, 'address', address, '3596#2.2');
      return { name, type: 'AAAA', class: klass, ttl, address };
    }
    case RR_TYPES.NS:
    case RR_TYPES.CNAME:
    case RR_TYPES.PTR: {
      const [label, rfc] = NAME_RDATA[type] as readonly [NameType, string];
      const target = nameAt(reader, end, notes, 'target', rfc);
      return typeof target === 'string' ? { name, type: label, class: klass, ttl, target } : target;
    }
    case RR_TYPES.MX: {
      if (end - start < 3) return dnsFault('rdata-length', start, '≥3', `${end - start}`, '1035#3.3.9');
      const preference = reader.uint16();
      notes?.add(start, reader.offset, 'preference', `${preference}`, '1035#3.3.9');
      const exchange = nameAt(reader, end, notes, 'exchange', '1035#3.3.9');
      return typeof exchange === 'string' ? { name, type: 'MX', class: klass, ttl, preference, exchange } : exchange;
    }
    case RR_TYPES.TXT: {
      if (end === start) return dnsFault('rdata-length', start, '≥1', '0', '1035#3.3.14');
      const strings: string[] = [];
      while (reader.offset < end) {
        const at = reader.offset;
        const size = reader.uint8();
        if (at + 1 + size > end) return dnsFault('bad-rdata', at, `≤${end - at - 1}`, `${size}`, '1035#3.3.14');
        const text = fromLatin1(reader.take(size));
        strings.push(text);
        notes?.add(at, reader.offset, 'character-string', text, '1035#3.3.14');
      }
      return { name, type: 'TXT', class: klass, ttl, strings };
    }
    case RR_TYPES.SOA: {
      const mname = nameAt(reader, end, notes, 'mname', '1035#3.3.13');
      if (typeof mname !== 'string') return mname;
      const rname = nameAt(reader, end, notes, 'rname', '1035#3.3.13');
      if (typeof rname !== 'string') return rname;
      if (end - reader.offset !== 20) {
        return dnsFault('rdata-length', reader.offset, '20', `${end - reader.offset}`, '1035#3.3.13');
      }
      const number = (field: string): number => {
        const at = reader.offset;
        const value = reader.uint32();
        notes?.add(at, at + 4, field, `${value}`, '1035#3.3.13');
        return value;
      };
      const serial = number('serial');
      const refresh = number('refresh');
      const retry = number('retry');
      const expire = number('expire');
      const minimum = number('minimum');
      return { name, type: 'SOA', class: klass, ttl, mname, rname, serial, refresh, retry, expire, minimum };
    }
    default: {
      const data = toHex(reader.take(end - start));
      notes?.add(start, end, 'rdata', data, '3597#3');
      return { name, type: 'OPAQUE', number: type, class: klass, ttl, data };
    }
  }
}

type NameType = 'NS' | 'CNAME' | 'PTR';
const NAME_RDATA: Readonly<Record<number, readonly [NameType, string]>> = {
  [RR_TYPES.NS]: ['NS', '1035#3.3.11'],
  [RR_TYPES.CNAME]: ['CNAME', '1035#3.3.1'],
  [RR_TYPES.PTR]: ['PTR', '1035#3.3.12'],
};

function nameAt(
  reader: ByteReader,
  end: number,
  notes: Notes | undefined,
  label: string,
  rfc: string,
): string | DnsFault {
  const at = reader.offset;
  const read = readName(reader.bytes, at, end);
  if ('kind' in read) return read;
  reader.take(read.end - at);
  notes?.add(at, read.end, label, read.name, rfc);
  return read.name;
}
