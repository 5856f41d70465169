/** Base64 (RFC 4648 §4) as SASL uses it: strict, with padding, no line breaks. Octets are Latin-1 characters of a string. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function toBase64(octets: string): string {
  let out = '';
  for (let i = 0; i < octets.length; i += 3) {
    const have = Math.min(3, octets.length - i);
    let bits = 0;
    for (let k = 0; k < 3; k++) bits = (bits << 8) | (k < have ? octets.charCodeAt(i + k) & 255 : 0);
    for (let k = 0; k < 4; k++) out += k <= have ? ALPHABET[(bits >>> (18 - 6 * k)) & 63] : '=';
  }
  return out;
}

/** `undefined` when the text is not well-formed, bits after the last octet included (RFC 4648 §3.5). */
export function fromBase64(text: string): string | undefined {
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const digits = text.length - padding;
  let out = '';
  let bits = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = i < digits ? ALPHABET.indexOf(text[i] as string) : 0;
    if (digit < 0) return undefined;
    bits = (bits << 6) | digit;
    if (i % 4 !== 3) continue;
    const keep = i < text.length - 1 ? 3 : 3 - padding;
    for (let k = 0; k < keep; k++) out += String.fromCharCode((bits >>> (16 - 8 * k)) & 255);
    if (keep < 3 && (bits & ((1 << (8 * (3 - keep))) - 1)) !== 0) return undefined;
    bits = 0;
  }
  return out;
}
