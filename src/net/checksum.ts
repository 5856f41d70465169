/** The Internet checksum (RFC 1071): one's complement of the one's complement sum of 16-bit words. */

/** Adds the octets [start, end) to a running sum; an odd last octet is padded with zero. */
export function addWords(bytes: Uint8Array, start: number, end: number, sum: number): number {
  let total = sum;
  let i = start;
  for (; i + 1 < end; i += 2) total += ((bytes[i] as number) << 8) | (bytes[i + 1] as number);
  if (i < end) total += (bytes[i] as number) << 8;
  return total;
}

/** Folds carries and complements. `sum` may have up to 2^37 or so: a few hundred thousand words. */
export function finish(sum: number): number {
  let total = sum;
  while (total > 0xffff) total = Math.floor(total / 0x1_0000) + (total & 0xffff);
  return ~total & 0xffff;
}

/** Sum of the TCP/UDP pseudo-header (RFC 9293 §3.1, RFC 768). */
export function pseudoHeader(source: number, destination: number, protocol: number, length: number): number {
  return (source >>> 16) + (source & 0xffff) + (destination >>> 16) + (destination & 0xffff) + protocol + length;
}
