/**
 * Names on the wire: labels, and pointers to a name seen before (RFC 1035 §4.1.4). Owns compression on emission and the
 * proof that reading ends: a pointer is followed only to an offset before the label run it stands in, so no loop exists.
 */
import type { ByteWriter } from '../../../wire/index.ts';
import { type DnsFault, dnsFault } from '../errors.ts';
import { NAME_LIMIT } from '../limits.ts';
import { labelEnd, labelOctets, octetText, ROOT } from '../name.ts';

/** Where each name suffix was written. Exact spelling, so that emission keeps the case of every name. */
export type CompressionTable = Map<string, number>;

/** The highest offset that 14 bits can point to. */
const POINTER_MAX = 0x3fff;

export function writeName(writer: ByteWriter, name: string, table: CompressionTable): void {
  let at = 0;
  if (name !== ROOT) {
    while (at < name.length) {
      const suffix = at === 0 ? name : name.slice(at);
      const seen = table.get(suffix);
      if (seen !== undefined) {
        writer.uint16(0xc000 | seen);
        return;
      }
      if (writer.length <= POINTER_MAX) table.set(suffix, writer.length);
      const dot = labelEnd(name, at);
      const end = dot < 0 ? name.length : dot;
      writeLabel(writer, name, at, end);
      at = end + 1;
    }
  }
  writer.uint8(0);
}

function writeLabel(writer: ByteWriter, name: string, from: number, to: number): void {
  const backslash = name.indexOf('\\', from);
  if (backslash >= 0 && backslash < to) {
    const octets = labelOctets(name.slice(from, to));
    writer.uint8(octets.length);
    for (const octet of octets) writer.uint8(octet);
    return;
  }
  writer.uint8(to - from);
  for (let i = from; i < to; i++) writer.uint8(name.charCodeAt(i));
}

export interface WireName {
  readonly name: string;
  /** Offset after the name as it stands in the message (after the first pointer, if any). */
  readonly end: number;
}

export type NameResult = WireName | DnsFault;

/** Reads the name at `start`; octets at and beyond `limit` do not exist. */
export function readName(bytes: Uint8Array, start: number, limit: number): NameResult {
  let name = '';
  let at = start;
  let end = -1;
  // Every pointer must lead before this: it only ever decreases, so at most `start` jumps are possible.
  let floor = start;
  let octets = 1;
  for (;;) {
    const length = at < limit ? (bytes[at] as number) : -1;
    if (length < 0) return dnsFault('short-record', at, 'label', 'end', '1035#3.1');
    if (length === 0) return { name: name === '' ? ROOT : name, end: end < 0 ? at + 1 : end };
    if (length >= 0xc0) {
      if (at + 1 >= limit) return dnsFault('short-record', at, 'pointer', 'end', '1035#4.1.4');
      const target = ((length & 0x3f) << 8) | (bytes[at + 1] as number);
      if (end < 0) end = at + 2;
      // §4.1.4: "a prior occurance [sic] of the same name".
      if (target >= floor) return dnsFault('forward-pointer', at, `<${floor}`, `${target}`, '1035#4.1.4');
      floor = target;
      at = target;
      continue;
    }
    if (length >= 0x40) return dnsFault('reserved-label', at, '00|11', `${length >> 6}`, '1035#4.1.4');
    octets += length + 1;
    if (octets > NAME_LIMIT) return dnsFault('name-too-long', start, `${NAME_LIMIT}`, `${octets}`, '1035#2.3.4');
    if (at + length >= limit) return dnsFault('short-record', at, `${length}`, `${limit - at - 1}`, '1035#3.1');
    if (name !== '') name += '.';
    name += labelText(bytes, at + 1, at + 1 + length);
    at += length + 1;
  }
}

function labelText(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let i = from; i < to; i++) {
    const octet = bytes[i] as number;
    const plain = octet > 0x20 && octet < 0x7f && octet !== 0x2e && octet !== 0x5c;
    text += plain ? String.fromCharCode(octet) : octetText(octet);
  }
  return text;
}
