/** TCP's flags in words, as RFC 9293 §3.1 names them. */
const NAMES: Readonly<Record<string, string>> = { S: 'SYN', A: 'ACK', F: 'FIN', R: 'RST', U: 'URG' };

/** `S` → `SYN`, `SA` → `SYN ACK`, `FA` → `FIN`: an acknowledgement rides on nearly every segment, so FIN and RST are the news. */
export function flagsLabel(flags: string | undefined): string {
  const words: string[] = [];
  for (const letter of flags ?? '') {
    const name = NAMES[letter];
    // PSH says nothing to a reader.
    if (name !== undefined) words.push(name);
  }
  return words.includes('FIN') || words.includes('RST')
    ? words.filter((word) => word !== 'ACK').join(' ')
    : words.join(' ');
}
