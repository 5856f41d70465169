/**
 * Message → octets (RFC 1035 §4.1), names compressed. With a limit, whole records are left out from the end until it fits
 * and TC is set when something the answer needs is missing (RFC 2181 §9); extra additional records go without a word.
 * The OPT record is never dropped: room is kept for it.
 */
import { fromHex } from '../../../core/index.ts';
import { ByteWriter } from '../../../wire/index.ts';
import { TCP_MESSAGE } from '../limits.ts';
import { type Edns, type Message, OPT, type ResourceRecord, recordType } from '../messages.ts';
import { writeIpv4, writeIpv6 } from './address.ts';
import { type CompressionTable, writeName } from './names.ts';

const EMPTY = new Uint8Array(0);
const QR = 0x8000;
const AA = 0x0400;
const TC = 0x0200;
const RD = 0x0100;
const RA = 0x0080;
const AD = 0x0020;
const CD = 0x0010;

/** The octets of `message`, at most `limit` of them. Names must be valid (name.ts). */
export function emit(message: Message, limit: number = TCP_MESSAGE): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter(256);
  const table: CompressionTable = new Map();
  const options =
    message.edns === undefined || message.edns.options === '' ? EMPTY : (fromHex(message.edns.options) ?? EMPTY);
  const room = limit - (message.edns === undefined ? 0 : 11 + options.length);
  writer.uint16(message.id).uint16(0).uint16(message.questions.length).uint16(0).uint16(0).uint16(0);
  for (const question of message.questions) {
    writeName(writer, question.name, table);
    writer.uint16(question.type).uint16(question.class);
  }
  const answers = writeSection(writer, message.answers, table, room);
  let tc = message.tc || answers.count < message.answers.length;
  let length = answers.length;
  let counts: readonly [number, number, number] = [answers.count, 0, 0];
  if (!tc) {
    const authorities = writeSection(writer, message.authorities, table, room);
    tc = authorities.count < message.authorities.length;
    length = authorities.length;
    counts = [answers.count, authorities.count, 0];
    if (!tc) {
      const additionals = writeSection(writer, message.additionals, table, room);
      // RFC 9471 §3: a referral without its glue is useless, so the client must come back over TCP.
      if (additionals.count < message.additionals.length && message.answers.length === 0 && !message.aa) tc = true;
      length = additionals.length;
      counts = [answers.count, authorities.count, additionals.count];
    }
  }
  const tail = new ByteWriter(16);
  if (message.edns !== undefined) writeOpt(tail, message.edns, message.rcode, options);
  writer
    .patch16(2, flags(message, tc))
    .patch16(6, counts[0])
    .patch16(8, counts[1])
    .patch16(10, counts[2] + (message.edns === undefined ? 0 : 1));
  const whole = writer.bytes();
  if (message.edns === undefined) return length === whole.length ? whole : whole.slice(0, length);
  const out = new Uint8Array(length + tail.length);
  out.set(whole.subarray(0, length));
  out.set(tail.bytes(), length);
  return out;
}

/** The 16 bits after the id (RFC 1035 §4.1.1, AD and CD from RFC 4035). */
export function flags(message: Message, tc: boolean = message.tc): number {
  return (
    (message.response ? QR : 0) |
    ((message.opcode & 0xf) << 11) |
    (message.aa ? AA : 0) |
    (tc ? TC : 0) |
    (message.rd ? RD : 0) |
    (message.ra ? RA : 0) |
    (message.ad ? AD : 0) |
    (message.cd ? CD : 0) |
    (message.rcode & 0xf)
  );
}

/** Writes the records that fit; `length` is the message length up to the last one that did. */
function writeSection(
  writer: ByteWriter,
  records: readonly ResourceRecord[],
  table: CompressionTable,
  room: number,
): { count: number; length: number } {
  let count = 0;
  let length = writer.length;
  for (const record of records) {
    writeRecord(writer, record, table);
    if (writer.length > room) break;
    length = writer.length;
    count++;
  }
  return { count, length };
}

/*  NAME, TYPE(16), CLASS(16), TTL(32), RDLENGTH(16), RDATA — RFC 1035 §4.1.3 */
function writeRecord(writer: ByteWriter, record: ResourceRecord, table: CompressionTable): void {
  writeName(writer, record.name, table);
  writer.uint16(recordType(record)).uint16(record.class).uint32(record.ttl).uint16(0);
  const start = writer.length;
  switch (record.type) {
    case 'A':
      writeIpv4(writer, record.address);
      break;
    case 'AAAA':
      writeIpv6(writer, record.address);
      break;
    case 'NS':
    case 'CNAME':
    case 'PTR':
      writeName(writer, record.target, table);
      break;
    case 'MX':
      writer.uint16(record.preference);
      writeName(writer, record.exchange, table);
      break;
    case 'TXT':
      for (const text of record.strings) {
        writer.uint8(text.length);
        for (let i = 0; i < text.length; i++) writer.uint8(text.charCodeAt(i));
      }
      break;
    case 'SOA':
      writeName(writer, record.mname, table);
      writeName(writer, record.rname, table);
      writer.uint32(record.serial).uint32(record.refresh).uint32(record.retry).uint32(record.expire);
      writer.uint32(record.minimum);
      break;
    case 'OPAQUE':
      writer.put(fromHex(record.data) ?? EMPTY);
      break;
  }
  writer.patch16(start - 2, writer.length - start);
}

/* RFC 6891 §6.1.2: root name, 41, payload size as CLASS, extended RCODE | version | DO and zeros as TTL */
function writeOpt(writer: ByteWriter, edns: Edns, rcode: number, options: Uint8Array): void {
  writer
    .uint8(0)
    .uint16(OPT)
    .uint16(edns.udpSize)
    .uint8(rcode >> 4)
    .uint8(edns.version);
  writer
    .uint16(edns.dnssecOk ? 0x8000 : 0)
    .uint16(options.length)
    .put(options);
}
