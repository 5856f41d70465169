/** IPv4 and IPv6 addresses between RDATA octets and text (RFC 1035 §3.4.1, RFC 3596 §2.2, text form of RFC 5952). */
import type { ByteWriter } from '../../../wire/index.ts';

export function ipv4Text(b: Uint8Array): string {
  return `${b[0]}.${b[1]}.${b[2]}.${b[3]}`;
}

/** Writes a dotted quad, which must be valid. */
export function writeIpv4(writer: ByteWriter, address: string): void {
  let value = 0;
  for (let i = 0; i < address.length; i++) {
    const c = address.charCodeAt(i);
    if (c === 0x2e) {
      writer.uint8(value);
      value = 0;
    } else value = value * 10 + c - 0x30;
  }
  writer.uint8(value);
}

/** Lower case, no leading zeros, the longest run of two or more zero groups as `::` (RFC 5952 §4). */
export function ipv6Text(b: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, i) => ((b[2 * i] as number) << 8) | (b[2 * i + 1] as number));
  let best = -1;
  let bestLength = 1;
  for (let i = 0; i < 8; i++) {
    let length = 0;
    while (i + length < 8 && groups[i + length] === 0) length++;
    if (length > bestLength) {
      best = i;
      bestLength = length;
    }
  }
  const hex = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  if (best < 0) return hex(groups);
  return `${hex(groups.slice(0, best))}::${hex(groups.slice(best + bestLength))}`;
}

/** The eight groups of an IPv6 address (no zone, no embedded IPv4), or `undefined`. */
export function ipv6Groups(text: string): readonly number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const parse = (half: string): readonly number[] | undefined => {
    if (half === '') return [];
    const groups = half.split(':');
    return groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))
      ? groups.map((group) => Number.parseInt(group, 16))
      : undefined;
  };
  const head = parse(halves[0] ?? '');
  const tail = halves.length === 2 ? parse(halves[1] ?? '') : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  return [...head, ...Array.from({ length: missing }, () => 0), ...tail];
}

export function writeIpv6(writer: ByteWriter, address: string): void {
  for (const group of ipv6Groups(address) ?? [0, 0, 0, 0, 0, 0, 0, 0]) writer.uint16(group);
}
