/**
 * Cuts the client's octets into commands. A command is lines joined by literals: a line that ends in `{n}` is followed by n
 * octets and then goes on (RFC 3501 §4.3); `{n+}` comes without waiting (RFC 7888 §4). Whoever reads decides whether a
 * literal is welcome, because that depends on the session. Memory is bounded whatever comes, in chunks of any size.
 */
import { concat, fromLatin1, latin1 } from '../../../core/index.ts';
import { COMMAND, LITERALS } from '../limits.ts';

export type Frame =
  /** `text`: Latin-1, without the last line end; a literal stands in it as `{n}` CR LF and its octets. */
  | { readonly kind: 'command'; readonly text: string; readonly length: number }
  /** A literal is announced; say `accept` or `refuse`. */
  | { readonly kind: 'literal'; readonly text: string; readonly size: number; readonly waits: boolean }
  /** `text`: as much of the command as was kept, for its tag. */
  | { readonly kind: 'too-long' | 'refused'; readonly text: string; readonly length: number };

interface SavedFramer {
  readonly input: string;
  readonly text: string;
  readonly literals: number;
  readonly literal: number;
  readonly waits: boolean;
  readonly length: number;
  readonly size: number;
  readonly mode: Mode;
}

/** `line`: in text. `announced`: a literal waits for a decision. `literal`: in one. The rest skip what was refused. */
type Mode = 'line' | 'announced' | 'literal' | 'skip-literal' | 'skip-line';

const ANNOUNCED = /\{(\d{1,10})(\+?)\}$/;

export class CommandFramer {
  private input: Uint8Array = new Uint8Array(0);
  private chunks: Uint8Array[] = [];
  private chunked = 0;
  /** Where the search for a line end goes on: input before it has none. */
  private scanned = 0;
  private text = '';
  private literals = 0;
  /** Octets of `text` that are literals: they do not count as command. */
  private literal = 0;
  private length = 0;
  private size = 0;
  private waits = false;
  private mode: Mode = 'line';

  push(bytes: Uint8Array): void {
    this.chunks.push(bytes);
    this.chunked += bytes.length;
  }

  /** Octets not yet read. */
  get pending(): number {
    return this.input.length + this.chunked;
  }

  /** The literal that was announced is welcome. */
  accept(): void {
    this.mode = 'literal';
  }

  /** It is not: one that waits for `+` will not come, and the command is over; the other is read and thrown away. */
  refuse(): Frame | undefined {
    if (!this.waits) {
      this.mode = 'skip-literal';
      return undefined;
    }
    return this.finish('refused');
  }

  next(): Frame | undefined {
    for (;;) {
      if (this.mode === 'announced') return undefined;
      if (this.mode === 'literal') {
        if (this.pending < this.size) return undefined;
        this.text += fromLatin1(this.takeOctets(this.size));
        this.literal += this.size;
        this.literals++;
        this.mode = 'line';
        continue;
      }
      if (this.mode === 'skip-literal') {
        const some = Math.min(this.size, this.pending);
        this.takeOctets(some);
        this.size -= some;
        if (this.size > 0) return undefined;
        this.mode = 'skip-line';
      }
      const line = this.takeLine();
      if (line === undefined) {
        const kept = this.mode === 'line' ? this.text.length - this.literal : 0;
        if (this.pending + kept > COMMAND) {
          // Keep the beginning, for the tag, and forget the rest.
          const some = this.takeOctets(this.pending);
          if (this.text === '') this.text = fromLatin1(some.subarray(0, 64));
          this.mode = 'skip-line';
        }
        return undefined;
      }
      if (this.mode === 'line' && this.text.length - this.literal + line.length > COMMAND) {
        if (this.text === '') this.text = line.slice(0, 64);
        this.mode = 'skip-line';
      }
      const literal = ANNOUNCED.exec(line);
      if (this.mode === 'skip-line') {
        if (literal !== null && literal[2] === '+') {
          this.size = Number(literal[1]);
          this.mode = 'skip-literal';
          continue;
        }
        return this.finish('too-long');
      }
      if (literal === null) {
        this.text += line;
        const { text, length } = this;
        this.reset();
        return { kind: 'command', text, length };
      }
      this.text += `${line}\r\n`;
      this.size = Number(literal[1]);
      this.waits = literal[2] === '';
      this.mode = 'announced';
      if (this.literals < LITERALS) {
        return { kind: 'literal', text: this.text, size: this.size, waits: this.waits };
      }
      const refused = this.refuse();
      if (refused !== undefined) return refused;
    }
  }

  save(): SavedFramer {
    this.gather();
    const { text, length, size, mode, literals, literal, waits } = this;
    return { input: fromLatin1(this.input), text, literals, literal, waits, length, size, mode };
  }

  restore(saved: SavedFramer): void {
    this.input = latin1(saved.input);
    this.text = saved.text;
    this.literals = saved.literals;
    this.literal = saved.literal;
    this.waits = saved.waits;
    this.length = saved.length;
    this.size = saved.size;
    this.mode = saved.mode;
  }

  private finish(kind: 'too-long' | 'refused'): Frame {
    const { text, length } = this;
    this.reset();
    return { kind, text, length };
  }

  private reset(): void {
    this.text = '';
    this.literals = 0;
    this.literal = 0;
    this.length = 0;
    this.mode = 'line';
  }

  private gather(): void {
    if (this.chunks.length === 0) return;
    this.input =
      this.input.length === 0 && this.chunks.length === 1
        ? (this.chunks[0] as Uint8Array)
        : concat([this.input, ...this.chunks]);
    this.chunks = [];
    this.chunked = 0;
  }

  private takeOctets(count: number): Uint8Array {
    this.gather();
    const taken = this.input.subarray(0, count);
    this.input = this.input.subarray(count);
    this.scanned = 0;
    this.length += count;
    return taken;
  }

  /** A line without its end. CR LF ends it; a bare LF does too, for people who type. */
  private takeLine(): string | undefined {
    this.gather();
    const at = this.input.indexOf(10, this.scanned);
    if (at === -1) {
      this.scanned = this.input.length;
      return undefined;
    }
    const line = this.takeOctets(at + 1);
    return fromLatin1(line.subarray(0, at > 0 && line[at - 1] === 13 ? at - 1 : at));
  }
}

export type { SavedFramer };
