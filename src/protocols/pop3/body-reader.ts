/**
 * Reads the content of a multi-line response line by line, undoing the byte-stuffing (RFC 1939 §3): what each line means is
 * the client's business. Bounded in octets and lines.
 */
import { concat, fromLatin1, latin1 } from '../../core/index.ts';
import { LISTED, MESSAGE } from './limits.ts';

const DOT = 46;
const LINE_END = latin1('\r\n');

export interface SavedBody {
  /** Place in the stream where it began; −1 before. */
  readonly from: number;
  readonly content: string;
}

export class BodyReader {
  private pieces: Uint8Array[] = [];
  private size = 0;
  private start = -1;

  /** Takes a line without its CR LF that began at `from`. `end`: it was the termination octet alone. */
  feed(line: Uint8Array, from: number): 'more' | 'end' | 'too-large' {
    if (this.start < 0) this.start = from;
    if (line.length === 1 && line[0] === DOT) return 'end';
    const content = line[0] === DOT ? line.subarray(1) : line;
    this.pieces.push(content, LINE_END);
    this.size += content.length + LINE_END.length;
    return this.size > MESSAGE ? 'too-large' : 'more';
  }

  /** Where it began in the stream. */
  get from(): number {
    return this.start;
  }

  /** All of it, every line ended by CR LF; the reader is as new then. */
  take(): Uint8Array {
    const content = concat(this.pieces);
    this.pieces = [];
    this.size = 0;
    this.start = -1;
    return content;
  }

  save(): SavedBody {
    return { from: this.start, content: fromLatin1(concat(this.pieces)) };
  }

  restore({ from, content }: SavedBody): void {
    this.start = from;
    this.size = content.length;
    this.pieces = content === '' ? [] : [latin1(content)];
  }
}

/** The lines of a listing, and of each its number and what follows it. Lines that are no listing are passed over. */
export function readListing(content: Uint8Array): readonly (readonly [number: number, rest: string])[] {
  const found: (readonly [number, string])[] = [];
  for (const line of fromLatin1(content).split('\r\n')) {
    const match = LISTING.exec(line);
    if (match === null) continue;
    found.push([Number(match[1]), match[2] ?? '']);
    if (found.length >= LISTED) break;
  }
  return found;
}

/** RFC 1939 §5, §7: number, one space, size or unique-id; more may follow after another space. */
const LISTING = /^(\d{1,9}) ([!-~]{1,70})(?: |$)/;
