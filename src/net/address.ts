/** IPv4 and MAC addresses as numbers and text. Addresses travel as unsigned 32-bit numbers; text is for people and traces. */

const texts = new Map<number, string>();

/** `192.0.2.25` → 0xc0000219; `undefined` when it is no dotted quad. */
export function parseIp(text: string): number | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (parts === null) return undefined;
  let value = 0;
  for (let i = 1; i <= 4; i++) {
    const octet = Number(parts[i]);
    if (octet > 255) return undefined;
    value = value * 256 + octet;
  }
  return value;
}

/** The dotted quad; remembered, because the same few addresses are shown again and again. */
export function showIp(ip: number): string {
  let text = texts.get(ip);
  if (text === undefined) {
    text = `${ip >>> 24}.${(ip >>> 16) & 255}.${(ip >>> 8) & 255}.${ip & 255}`;
    if (texts.size > MAX_TEXTS) texts.clear();
    texts.set(ip, text);
  }
  return text;
}

/** Bound on the memory of forged source addresses. */
const MAX_TEXTS = 4096;

export interface Prefix {
  readonly base: number;
  readonly mask: number;
  readonly length: number;
}

/** `192.0.2.0/24`; `undefined` when it is no prefix. */
export function parsePrefix(text: string): Prefix | undefined {
  const [address = '', bits = ''] = text.split('/');
  const ip = parseIp(address);
  const length = Number(bits);
  if (ip === undefined || bits === '' || !Number.isInteger(length) || length < 0 || length > 32) return undefined;
  const mask = length === 0 ? 0 : (0xffff_ffff << (32 - length)) >>> 0;
  return { base: (ip & mask) >>> 0, mask, length };
}

export function inPrefix(ip: number, prefix: Prefix): boolean {
  return (ip & prefix.mask) >>> 0 === prefix.base;
}

/** 127.0.0.0/8 (RFC 1122 §3.2.1.3 g). */
export function isLoopback(ip: number): boolean {
  return ip >>> 24 === 127;
}

/** The n-th interface's MAC: locally administered (bit 1 of the first octet), unicast. */
export function macOf(index: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(0x02, 0x00, 0x5e, (index >>> 16) & 255, (index >>> 8) & 255, index & 255);
}

export function showMac(bytes: Uint8Array): string {
  return [...bytes].map((octet) => octet.toString(16).padStart(2, '0')).join(':');
}
