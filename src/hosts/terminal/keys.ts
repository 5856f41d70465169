/**
 * Cuts typed input into keys: single characters, control characters, and escape sequences, also when a sequence arrives in pieces.
 * ECMA-48 §5.4 for the sequences; bracketed paste (`ESC [ 200 ~`) is unwrapped.
 */
import { MAX_ESCAPE } from './limits.ts';

export class KeyDecoder {
  private partial = '';

  /** The keys in `data`, each a character or a whole sequence such as `\x1b[A`. */
  decode(data: string): readonly string[] {
    const text = this.partial + data;
    this.partial = '';
    const keys: string[] = [];
    for (let i = 0; i < text.length; ) {
      const length = keyLength(text, i);
      if (length === 0) {
        // Unfinished: it goes on with the next input, unless it is too long to be anything.
        if (text.length - i <= MAX_ESCAPE) this.partial = text.slice(i);
        break;
      }
      const key = text.slice(i, i + length);
      i += length;
      if (key !== '\x1b[200~' && key !== '\x1b[201~') keys.push(key);
    }
    return keys;
  }
}

/** Length of the key at `i`; 0 when more must follow. */
function keyLength(text: string, i: number): number {
  if (text[i] !== '\x1b') {
    const code = text.codePointAt(i) ?? 0;
    // The first half of a surrogate pair, its second half still to come.
    if (code >= 0xd800 && code <= 0xdbff && i + 1 === text.length) return 0;
    return code > 0xffff ? 2 : 1;
  }
  const second = text[i + 1];
  if (second === undefined) return 0;
  if (second === 'O') return i + 2 < text.length ? 3 : 0;
  if (second !== '[') return 2;
  for (let end = i + 2; end < text.length; end++) {
    const char = text[end] as string;
    if (char >= '@' && char <= '~') return end - i + 1;
    // Not a parameter or intermediate: the sequence is broken; drop what was read.
    if (char < ' ') return end - i;
  }
  return 0;
}
