/**
 * Octets → message (RFC 1035 §4.1), or the first fault with its offset. Takes one whole datagram or TCP message; never
 * throws, and its work is bounded by the octets given. `annotate` runs the same parser and keeps what it read where.
 */
import { toHex } from '../../../core/index.ts';
import { ByteReader, type Span } from '../../../wire/index.ts';
import { type DnsFault, dnsFault } from '../errors.ts';
import { type Edns, type Message, OPT, type Question, type ResourceRecord, rcodeName, typeName } from '../messages.ts';
import { readName } from './names.ts';
import { Notes } from './notes.ts';
import { readRdata } from './rdata.ts';

export const HEADER_LENGTH = 12;

/** The header alone, when it is all there: enough to answer a broken query with FORMERR. */
export interface MessageHeader {
  readonly id: number;
  readonly response: boolean;
  readonly opcode: number;
  readonly rd: boolean;
}

export type ParseResult =
  | { readonly ok: true; readonly message: Message }
  | { readonly ok: false; readonly fault: DnsFault; readonly header: MessageHeader | undefined };

export function parse(bytes: Uint8Array): ParseResult {
  return parseWith(bytes, undefined);
}

/** The fields of a message, nested; for a broken one, those up to the fault. */
export function annotate(bytes: Uint8Array): { readonly spans: readonly Span[]; readonly fault?: DnsFault } {
  const notes = new Notes();
  const result = parseWith(bytes, notes);
  return result.ok ? { spans: notes.spans } : { spans: notes.spans, fault: result.fault };
}

function parseWith(bytes: Uint8Array, notes: Notes | undefined): ParseResult {
  const reader = new ByteReader(bytes);
  if (bytes.length < HEADER_LENGTH) {
    const fault = dnsFault('short-header', bytes.length, `${HEADER_LENGTH}`, `${bytes.length}`, '1035#4.1.1');
    return { ok: false, fault, header: undefined };
  }
  notes?.open();
  const id = reader.uint16();
  const bits = reader.uint16();
  const counts = [reader.uint16(), reader.uint16(), reader.uint16(), reader.uint16()] as const;
  if (notes !== undefined) noteHeader(notes, id, bits, counts);
  const header: MessageHeader = {
    id,
    response: (bits & 0x8000) !== 0,
    opcode: (bits >> 11) & 0xf,
    rd: (bits & 0x0100) !== 0,
  };
  const fail = (fault: DnsFault): ParseResult => ({ ok: false, fault, header });

  const questions: Question[] = [];
  for (let i = 0; i < counts[0]; i++) {
    const question = readQuestion(reader, notes);
    if ('kind' in question) return fail(question);
    questions.push(question);
  }
  const found: { edns: Edns | undefined; extendedRcode: number } = { edns: undefined, extendedRcode: 0 };
  const sections: ResourceRecord[][] = [[], [], []];
  for (let s = 0; s < 3; s++) {
    const section = sections[s] as ResourceRecord[];
    for (let i = 0; i < (counts[s + 1] as number); i++) {
      const record = readRecord(reader, SECTION[s] as string, found, notes);
      if (record === undefined) continue;
      if ('kind' in record) return fail(record);
      section.push(record);
    }
  }
  if (reader.remaining > 0) {
    return fail(dnsFault('trailing-octets', reader.offset, 'end', `${reader.remaining}`, '1035#4.1'));
  }
  const [answers, authorities, additionals] = sections as [ResourceRecord[], ResourceRecord[], ResourceRecord[]];
  return {
    ok: true,
    message: {
      ...header,
      aa: (bits & 0x0400) !== 0,
      tc: (bits & 0x0200) !== 0,
      ra: (bits & 0x0080) !== 0,
      ad: (bits & 0x0020) !== 0,
      cd: (bits & 0x0010) !== 0,
      rcode: (found.extendedRcode << 4) | (bits & 0xf),
      questions,
      answers,
      authorities,
      additionals,
      ...(found.edns === undefined ? {} : { edns: found.edns }),
    },
  };
}

const SECTION = ['answer', 'authority', 'additional'];

function readQuestion(reader: ByteReader, notes: Notes | undefined): Question | DnsFault {
  const start = reader.offset;
  const read = readName(reader.bytes, start, reader.bytes.length);
  if ('kind' in read) return read;
  reader.take(read.end - start);
  const type = reader.uint16();
  const klass = reader.uint16();
  if (!reader.ok) return dnsFault('short-record', reader.offset, '4', `${reader.remaining}`, '1035#4.1.2');
  if (notes !== undefined) {
    notes.open();
    notes.add(start, read.end, 'qname', read.name, '1035#4.1.2');
    notes.add(read.end, read.end + 2, 'qtype', typeName(type), '1035#4.1.2');
    notes.add(read.end + 2, read.end + 4, 'qclass', className(klass), '1035#4.1.2');
    notes.close(start, reader.offset, 'question', `${read.name} ${typeName(type)}`, '1035#4.1.2');
  }
  return { name: read.name, type, class: klass };
}

/** One record; an OPT goes to `found` and gives `undefined`. */
function readRecord(
  reader: ByteReader,
  section: string,
  found: { edns: Edns | undefined; extendedRcode: number },
  notes: Notes | undefined,
): ResourceRecord | DnsFault | undefined {
  const start = reader.offset;
  const read = readName(reader.bytes, start, reader.bytes.length);
  if ('kind' in read) return read;
  reader.take(read.end - start);
  const type = reader.uint16();
  const klass = reader.uint16();
  const ttl = reader.uint32();
  const length = reader.uint16();
  if (!reader.ok) return dnsFault('short-record', reader.offset, '10', `${reader.remaining}`, '1035#4.1.3');
  if (type === OPT) {
    if (section !== 'additional') return dnsFault('opt-misplaced', start, 'additional', section, '6891#6.1.1');
    if (found.edns !== undefined) return dnsFault('duplicate-opt', start, '1', '2', '6891#6.1.1');
    if (read.name !== '.') return dnsFault('bad-rdata', start, '.', read.name, '6891#6.1.2');
    if (reader.remaining < length) {
      return dnsFault('short-record', reader.offset, `${length}`, `${reader.remaining}`, '1035#4.1.3');
    }
    const options = toHex(reader.take(length));
    found.extendedRcode = Math.floor(ttl / 0x100_0000);
    found.edns = { udpSize: klass, version: (ttl >> 16) & 0xff, dnssecOk: (ttl & 0x8000) !== 0, options };
    notes?.add(start, reader.offset, 'opt', `udp ${klass}`, '6891#6.1.2');
    return undefined;
  }
  notes?.open();
  if (notes !== undefined) {
    notes.add(start, read.end, 'name', read.name, '1035#4.1.3');
    notes.add(read.end, read.end + 2, 'type', typeName(type), '1035#3.2.2');
    notes.add(read.end + 2, read.end + 4, 'class', className(klass), '1035#3.2.4');
    notes.add(read.end + 4, read.end + 8, 'ttl', `${ttl}`, '2181#8');
    notes.add(read.end + 8, read.end + 10, 'rdlength', `${length}`, '1035#4.1.3');
  }
  // RFC 2181 §8: a TTL with its top bit set is to be taken as zero.
  const head = { name: read.name, class: klass, ttl: ttl > 0x7fff_ffff ? 0 : ttl };
  const record = readRdata(reader, head, type, length, notes);
  notes?.close(start, reader.offset, section, `${read.name} ${typeName(type)}`, '1035#4.1.3');
  return record;
}

function className(klass: number): string {
  return klass === 1 ? 'IN' : `CLASS${klass}`;
}

function noteHeader(notes: Notes, id: number, bits: number, counts: readonly number[]): void {
  const rfc = '1035#4.1.1';
  const flag = (mask: number): string => ((bits & mask) === 0 ? '0' : '1');
  notes.add(0, 2, 'id', `${id}`, rfc);
  notes.open();
  notes.add(2, 3, 'qr', flag(0x8000), rfc);
  notes.add(2, 3, 'opcode', `${(bits >> 11) & 0xf}`, rfc);
  notes.add(2, 3, 'aa', flag(0x0400), rfc);
  notes.add(2, 3, 'tc', flag(0x0200), rfc);
  notes.add(2, 3, 'rd', flag(0x0100), rfc);
  notes.add(3, 4, 'ra', flag(0x0080), rfc);
  notes.add(3, 4, 'ad', flag(0x0020), '4035#3.2.3');
  notes.add(3, 4, 'cd', flag(0x0010), '4035#3.2.2');
  notes.add(3, 4, 'rcode', rcodeName(bits & 0xf), rfc);
  notes.close(2, 4, 'flags', `0x${bits.toString(16).padStart(4, '0')}`, rfc);
  for (const [i, label] of ['qdcount', 'ancount', 'nscount', 'arcount'].entries()) {
    notes.add(4 + 2 * i, 6 + 2 * i, label, `${counts[i]}`, rfc);
  }
  notes.close(0, HEADER_LENGTH, 'header', `${id}`, rfc);
}
