/**
 * Words for a frame: its TCP flags, or the first word of its application octets: what labels a frame of which no PDU is known (typed by hand,
 * a protocol without a role here). Reads Ethernet II (RFC 894), IPv4 (RFC 791), TCP (RFC 9293 §3.1) and UDP (RFC 768) headers only as far as their lengths.
 */
const LONGEST_LABEL = 12;
/** RFC 894: two addresses and the type. */
const ETHERNET = 14;

/** The octets after the Ethernet, IP and TCP or UDP headers; empty when the frame is shorter than its headers say. */
export function segmentOctets(frame: Uint8Array | undefined): Uint8Array {
  if (frame === undefined || frame.length < ETHERNET + 20) return new Uint8Array(0);
  const packet = frame.subarray(ETHERNET);
  const ip = ((packet[0] ?? 0) & 15) * 4;
  const protocol = packet[9];
  const transport = protocol === 6 ? ((packet[ip + 12] ?? 0) >> 4) * 4 : protocol === 17 ? 8 : 0;
  return packet.subarray(Math.min(packet.length, ip + transport));
}

/** The first printable word, in capitals as a command; `''` when the octets do not begin as text. */
export function firstWord(frame: Uint8Array | undefined): string {
  let word = '';
  for (const octet of segmentOctets(frame)) {
    if (octet <= 32 || octet > 126 || word.length === LONGEST_LABEL) break;
    word += String.fromCharCode(octet);
  }
  return word;
}

/** TCP flags as the RFC names them: `S` → `SYN`, `SA` → `SYN ACK`. A PSH says nothing to a reader. */
export function flagsLabel(flags: string | undefined): string {
  const names: Readonly<Record<string, string>> = { S: 'SYN', A: 'ACK', F: 'FIN', R: 'RST', U: 'URG' };
  const words: string[] = [];
  for (const letter of flags ?? '') {
    const name = names[letter];
    if (name !== undefined) words.push(name);
  }
  // An acknowledgement rides on nearly every segment: FIN and RST are the news.
  return words.length > 1 && (words[0] === 'FIN' || words[0] === 'RST' || words[1] === 'FIN')
    ? words.filter((word) => word !== 'ACK').join(' ')
    : words.join(' ');
}
