/**
 * Message content on the wire: transparency (RFC 5321 §4.5.2) in both directions, in bulk. Only CR LF `.` CR LF ends it;
 * everything else that looks like an end (bare LF, bare CR) is content with a fault, so nothing can be smuggled (§2.3.8).
 * Chunks may be cut anywhere. Costs one pass over the octets, and memory bounded by the size limit.
 */
import * as limits from './limits.ts';

export type ContentFault = 'too-large' | 'bare-line-end' | 'nul' | 'line-too-long' | 'eight-bit';

export interface ContentOptions {
  readonly maxSize: number;
  /** BODY=8BITMIME was given. */
  readonly eightBit: boolean;
}

type Place = 'start' | 'dot' | 'dot-cr' | 'text' | 'cr';

/** What a reader knows between chunks, as JSON. */
export interface SavedContent {
  readonly place: Place;
  readonly size: number;
  readonly onWire: number;
  readonly line: number;
  readonly faults: readonly ContentFault[];
}

/** What each octet means to the reader; 0 is plain text. */
const CR = 1;
const LF = 2;
const NUL = 3;
const HIGH = 4;
const KIND = new Uint8Array(256);
KIND[13] = CR;
KIND[10] = LF;
KIND[0] = NUL;
KIND.fill(HIGH, 128);

const DOT = 46;

/** Reads content up to its end. Make one for each DATA. */
export class ContentReader {
  private readonly faults = new Set<ContentFault>();
  private place: Place = 'start';
  /** Octets of the message so far (RFC 1870 §5: transparency and the final dot not counted). */
  size = 0;
  /** Octets consumed from the stream so far, the end included. */
  onWire = 0;
  /** Octets of the current line so far, CR included. */
  private line = 0;
  private buffer = new Uint8Array(0);
  private used = 0;

  constructor(private readonly options: ContentOptions) {}

  /** The fault to report: size before form, as the client can only mend that by not sending it. */
  get fault(): ContentFault | undefined {
    for (const fault of ORDER) if (this.faults.has(fault)) return fault;
    return undefined;
  }

  has(fault: ContentFault): boolean {
    return this.faults.has(fault);
  }

  /** The message, when there was no fault. A copy that belongs to the caller. */
  get message(): Uint8Array {
    return this.buffer.slice(0, this.used);
  }

  /**
   * Takes octets of `chunk` from `from` on. Returns the offset after the end of the content, or -1 when all of the chunk
   * was content and there is more to come.
   */
  feed(chunk: Uint8Array, from: number): number {
    let { place, line } = this;
    /** Start of the octets of this chunk not yet kept. */
    let run = from;
    let i = from;
    for (; i < chunk.length; i++) {
      const kind = KIND[chunk[i] as number] as number;
      if (place === 'text' && kind === 0) {
        line++;
        continue;
      }
      if (place === 'start') {
        line = 0;
        if (chunk[i] === DOT) {
          // The dot is either transparency or the end: it is not content in either case.
          this.keep(chunk, run, i);
          run = i + 1;
          place = 'dot';
          continue;
        }
        place = 'text';
      } else if (place === 'dot') {
        if (kind === CR) {
          // Kept only when the next octet shows that it is not the end.
          run = i + 1;
          place = 'dot-cr';
          continue;
        }
        place = 'text';
      } else if (place === 'dot-cr') {
        if (kind === LF) {
          this.onWire += i + 1 - from;
          this.place = 'start';
          return i + 1;
        }
        this.keep(LONE_CR, 0, 1);
        this.faults.add('bare-line-end');
        line = 1;
        place = 'text';
      } else if (place === 'cr') {
        if (kind === LF) {
          if (line + 1 > limits.TEXT_LINE) this.faults.add('line-too-long');
          place = 'start';
          continue;
        }
        this.faults.add('bare-line-end');
        place = 'text';
      }
      line++;
      if (kind === CR) place = 'cr';
      else if (kind === LF) this.faults.add('bare-line-end');
      else if (kind === NUL) this.faults.add('nul');
      else if (kind === HIGH && !this.options.eightBit) this.faults.add('eight-bit');
    }
    this.keep(chunk, run, i);
    this.onWire += chunk.length - from;
    this.place = place;
    this.line = line;
    return -1;
  }

  save(): SavedContent & { readonly kept: Uint8Array } {
    const { place, size, onWire, line } = this;
    return { place, size, onWire, line, faults: [...this.faults], kept: this.message };
  }

  static restore(options: ContentOptions, saved: SavedContent, kept: Uint8Array): ContentReader {
    const reader = new ContentReader(options);
    reader.place = saved.place;
    reader.size = saved.size;
    reader.onWire = saved.onWire;
    reader.line = saved.line;
    for (const fault of saved.faults) reader.faults.add(fault);
    reader.buffer = kept.slice();
    reader.used = kept.length;
    return reader;
  }

  private keep(chunk: Uint8Array, from: number, to: number): void {
    const length = to - from;
    if (length === 0) return;
    this.size += length;
    if (this.size > this.options.maxSize) this.faults.add('too-large');
    // A message that will be refused is counted but no longer kept.
    if (this.faults.size > 0) {
      this.buffer = NOTHING;
      this.used = 0;
      return;
    }
    if (this.used + length > this.buffer.length) {
      const bigger = new Uint8Array(Math.max(1024, 2 * (this.used + length)));
      bigger.set(this.buffer.subarray(0, this.used));
      this.buffer = bigger;
    }
    this.buffer.set(chunk.subarray(from, to), this.used);
    this.used += length;
  }
}

const NOTHING = new Uint8Array(0);
const LONE_CR = Uint8Array.of(13);
const ORDER: readonly ContentFault[] = ['too-large', 'bare-line-end', 'nul', 'line-too-long', 'eight-bit'];

/** A message made ready for the wire. */
export interface Prepared {
  /** With transparency and the final dot line. */
  readonly wire: Uint8Array;
  /** Octets of the message itself, for SIZE. */
  readonly size: number;
  readonly eightBit: boolean;
}

/**
 * Adds transparency and the end. A bare CR or LF becomes CR LF ("MUST NOT generate", §2.3.8), and a last line without an
 * end gets one: what is sent is always well-formed.
 */
export function prepareContent(message: Uint8Array): Prepared {
  // At worst every octet is a bare LF or a dot that starts a line: twice the length, and the end.
  let extra = 5;
  let before = 10;
  let eightBit = false;
  for (let i = 0; i < message.length; i++) {
    const octet = message[i] as number;
    if (octet >= 128) eightBit = true;
    else if (octet === 10) extra += before === 13 ? 0 : 1;
    else if (octet === DOT) extra += 1;
    else if (octet === 13) extra += 1;
    before = octet;
  }
  const wire = new Uint8Array(message.length + extra);
  let at = 0;
  let dots = 0;
  let lineStart = true;
  for (let i = 0; i < message.length; i++) {
    const octet = message[i] as number;
    if (octet === 13 || octet === 10) {
      wire[at++] = 13;
      wire[at++] = 10;
      if (octet === 13 && message[i + 1] === 10) i++;
      lineStart = true;
      continue;
    }
    if (lineStart && octet === DOT) {
      wire[at++] = DOT;
      dots++;
    }
    wire[at++] = octet;
    lineStart = false;
  }
  if (!lineStart) {
    wire[at++] = 13;
    wire[at++] = 10;
  }
  const size = at - dots;
  wire[at++] = DOT;
  wire[at++] = 13;
  wire[at++] = 10;
  return { wire: wire.subarray(0, at), size, eightBit };
}
