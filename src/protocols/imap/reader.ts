/**
 * Reads the arguments of one command (RFC 3501 §9): atoms, strings, literals, lists, sets. The command is Latin-1 text in which a literal
 * stands as `{n}` CR LF and its octets. Nothing throws: a failure is `undefined`, and the reader then stands where it failed.
 */
import { DEPTH, SET } from './limits.ts';

export interface SetRange {
  /** 0 stands for `*`. */
  readonly from: number;
  readonly to: number;
}

/** RFC 3501 §9, atom-specials, for what may stand in an atom; `]` is allowed in some (RFC 9051 §9 too). */
const ATOM = /[!#$&'+,\-./0-9:;<=>?@A-Z[\]^_`a-z|}~]/;
const LIST_CHAR = /[!#$%&'*+,\-./0-9:;<=>?@A-Z[\]^_`a-z|}~]/;

export class ArgumentReader {
  private at = 0;

  constructor(private readonly text: string) {}

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  peek(): string {
    return this.text[this.at] ?? '';
  }

  /** Takes `expected` if it stands here, letters in any case. */
  take(expected: string): boolean {
    if (this.text.slice(this.at, this.at + expected.length).toUpperCase() !== expected.toUpperCase()) return false;
    this.at += expected.length;
    return true;
  }

  space(): boolean {
    return this.take(' ');
  }

  atom(): string | undefined {
    return this.while(ATOM);
  }

  /** Up to any of these characters; for FETCH's section names. */
  until(stop: RegExp): string {
    let end = this.at;
    while (end < this.text.length && !stop.test(this.text[end] as string)) end++;
    const out = this.text.slice(this.at, end);
    this.at = end;
    return out;
  }

  number(): number | undefined {
    const digits = /^\d{1,10}/.exec(this.text.slice(this.at, this.at + 10))?.[0];
    if (digits === undefined || Number(digits) > 0xffff_ffff) return undefined;
    this.at += digits.length;
    return Number(digits);
  }

  /** astring: an atom, a quoted string or a literal. */
  string(): string | undefined {
    const next = this.peek();
    if (next === '"') return this.quoted();
    if (next === '{') return this.literal();
    return this.while(ATOM);
  }

  /** list-mailbox: as astring, with wildcards. */
  pattern(): string | undefined {
    const next = this.peek();
    if (next === '"') return this.quoted();
    if (next === '{') return this.literal();
    return this.while(LIST_CHAR);
  }

  /** A literal only: APPEND's message. */
  literal(): string | undefined {
    const head = /^\{(\d{1,10})\+?\}\r\n/.exec(this.text.slice(this.at, this.at + 16));
    if (head === null) return undefined;
    const from = this.at + head[0].length;
    const to = from + Number(head[1]);
    if (to > this.text.length) return undefined;
    this.at = to;
    return this.text.slice(from, to);
  }

  /** `(a b c)` of flags; each an atom with an optional backslash. */
  flags(): readonly string[] | undefined {
    if (!this.take('(')) return undefined;
    const flags: string[] = [];
    while (!this.take(')')) {
      if (flags.length > 0 && !this.space()) return undefined;
      const flag = this.flag();
      if (flag === undefined) return undefined;
      flags.push(flag);
    }
    return flags;
  }

  flag(): string | undefined {
    const backslash = this.take('\\') ? '\\' : '';
    const name = this.atom();
    return name === undefined ? undefined : backslash + name;
  }

  /** sequence-set: `1`, `2:4,7`, `3:*`. */
  set(): readonly SetRange[] | undefined {
    const ranges: SetRange[] = [];
    do {
      const from = this.setNumber();
      if (from === undefined) return undefined;
      const to = this.take(':') ? this.setNumber() : from;
      if (to === undefined || ranges.length >= SET) return undefined;
      ranges.push({ from, to });
    } while (this.take(','));
    return ranges;
  }

  /** A parenthesised list, or one item without parentheses. */
  items<T>(item: (reader: ArgumentReader) => T | undefined): readonly T[] | undefined {
    if (!this.take('(')) {
      const one = item(this);
      return one === undefined ? undefined : [one];
    }
    const list: T[] = [];
    while (!this.take(')')) {
      if (list.length > 0 && !this.space()) return undefined;
      const next = item(this);
      if (next === undefined || list.length > DEPTH * 4) return undefined;
      list.push(next);
    }
    return list;
  }

  private setNumber(): number | undefined {
    if (this.take('*')) return 0;
    const number = this.number();
    return number === 0 ? undefined : number;
  }

  private quoted(): string | undefined {
    let out = '';
    for (let i = this.at + 1; i < this.text.length; i++) {
      const char = this.text[i] as string;
      if (char === '"') {
        this.at = i + 1;
        return out;
      }
      if (char === '\\') {
        const escaped = this.text[++i];
        if (escaped !== '"' && escaped !== '\\') return undefined;
        out += escaped;
      } else if (char === '\r' || char === '\n') return undefined;
      else out += char;
    }
    return undefined;
  }

  private while(allowed: RegExp): string | undefined {
    let end = this.at;
    while (end < this.text.length && allowed.test(this.text[end] as string)) end++;
    if (end === this.at) return undefined;
    const out = this.text.slice(this.at, end);
    this.at = end;
    return out;
  }
}

/** Which of `count` messages a set of sequence numbers names, from 1, ascending; `undefined` when one does not exist. */
export function sequenceNumbers(ranges: readonly SetRange[], count: number): readonly number[] | undefined {
  const numbers = new Set<number>();
  for (const range of ranges) {
    const [a, b] = [range.from === 0 ? count : range.from, range.to === 0 ? count : range.to];
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    if (low < 1 || high > count) return undefined;
    for (let n = low; n <= high; n++) numbers.add(n);
  }
  return [...numbers].sort((a, b) => a - b);
}

/** Whether a UID lies in a set; `*` is the highest UID there is (RFC 3501 §9, seq-range). */
export function inUidSet(ranges: readonly SetRange[], uid: number, highest: number): boolean {
  return ranges.some((range) => {
    const [a, b] = [range.from === 0 ? highest : range.from, range.to === 0 ? highest : range.to];
    return uid >= Math.min(a, b) && uid <= Math.max(a, b);
  });
}
