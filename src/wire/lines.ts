/**
 * Cuts a stream into lines ended by CR LF, whatever the chunks it arrives in. Owns framing only: what a line means, and
 * what to answer to a bad one, is the protocol's business. A lone CR or LF, a NUL and an over-long line are reported on the
 * line they stand in (RFC 5321 §2.3.8: CR and LF occur only together); the framer then goes on after that line.
 *
 * A line that is not finished costs O(1) per octet received and memory bounded by `limit`, not by what the peer sends.
 */

export type LineFault = 'too-long' | 'bare-lf' | 'bare-cr' | 'nul';

export interface Line {
  /** The octets without their line end; cut at the limit when `fault` is `too-long`. */
  readonly bytes: Uint8Array;
  /** Octets on the wire, line end included. */
  readonly length: number;
  readonly fault?: LineFault;
}

const CR = 13;
const LF = 10;

/** A framer's unread octets, and how much of an over-long line it has skipped. */
export interface SavedLines {
  readonly bytes: Uint8Array;
  readonly skipping?: { readonly length: number; readonly lastWasCr: boolean; readonly cut: Uint8Array };
}

export interface LineFramerOptions {
  /** Longest line accepted, its CR LF included (RFC 5321 §4.5.3.1.4: 512 for a command). */
  readonly limit: number;
  /**
   * What a LF without CR does. `end`: it ends the line (reported as `bare-lf`), for people typing with netcat.
   * `content`: it is an octet of the line (reported as `bare-lf`), for message data, where only CR LF ends a line.
   */
  readonly bareLf: 'end' | 'content';
}

export class LineFramer {
  private buffer: Uint8Array = new Uint8Array(0);
  private used = 0;
  private read = 0;
  /** Where the search for the next LF goes on. */
  private scanned = 0;
  private skipping: { length: number; lastWasCr: boolean } | undefined;
  private options: LineFramerOptions;

  constructor(options: LineFramerOptions) {
    this.options = options;
  }

  /** Changes the limits from the next line on: a command line and a text line differ. */
  configure(options: LineFramerOptions): void {
    this.options = options;
    this.scanned = this.read;
  }

  /** Octets received but not yet consumed as a line. */
  get pending(): number {
    return this.used - this.read + (this.skipping?.length ?? 0);
  }

  push(bytes: Uint8Array): void {
    if (this.used + bytes.length > this.buffer.length) this.grow(bytes.length);
    this.buffer.set(bytes, this.used);
    this.used += bytes.length;
  }

  /** The next whole line, or `undefined` when more octets are needed. */
  next(): Line | undefined {
    if (this.skipping !== undefined) return this.skip(this.skipping);
    while (this.scanned < this.used) {
      const i = this.scanned++;
      if (this.buffer[i] === LF) {
        const afterCr = i > this.read && this.buffer[i - 1] === CR;
        if (afterCr || this.options.bareLf === 'end') return this.finish(i, afterCr);
      }
      if (i + 1 - this.read >= this.options.limit && this.buffer[i] !== LF) {
        // The limit counts the line end, so `limit` octets without one are already too many, unless a CR waits for its LF.
        if (!(this.buffer[i] === CR && i + 1 - this.read === this.options.limit - 1)) {
          this.skipping = { length: i + 1 - this.read, lastWasCr: this.buffer[i] === CR };
          this.cut = this.buffer.slice(this.read, i + 1);
          this.read = i + 1;
          return this.skip(this.skipping);
        }
      }
    }
    return undefined;
  }

  /** Takes up to `length` octets as they are, for literals; fewer when fewer have arrived. */
  take(length: number): Uint8Array {
    const end = Math.min(this.used, this.read + length);
    const out = this.buffer.slice(this.read, end);
    this.consume(end);
    return out;
  }

  /** All octets not yet consumed, which the framer forgets: for a change of protocol (STARTTLS) or for saving. */
  drain(): Uint8Array {
    return this.take(this.used - this.read);
  }

  /** What is not yet consumed, as a value that {@link restore} takes. The framer itself is left as it is. */
  save(): SavedLines {
    const bytes = this.buffer.slice(this.read, this.used);
    return this.skipping === undefined ? { bytes } : { bytes, skipping: { ...this.skipping, cut: this.cut } };
  }

  /** Puts back what {@link save} gave, in a framer that has not read anything. */
  restore(saved: SavedLines): void {
    this.push(saved.bytes);
    if (saved.skipping === undefined) return;
    const { length, lastWasCr, cut } = saved.skipping;
    this.skipping = { length, lastWasCr };
    this.cut = cut;
  }

  private cut: Uint8Array = new Uint8Array(0);

  private skip(state: { length: number; lastWasCr: boolean }): Line | undefined {
    while (this.read < this.used) {
      const octet = this.buffer[this.read++];
      state.length++;
      if (octet === LF && (state.lastWasCr || this.options.bareLf === 'end')) {
        this.skipping = undefined;
        this.consume(this.read);
        return { bytes: this.cut, length: state.length, fault: 'too-long' };
      }
      state.lastWasCr = octet === CR;
    }
    this.consume(this.read);
    return undefined;
  }

  private finish(lf: number, afterCr: boolean): Line {
    const end = afterCr ? lf - 1 : lf;
    const bytes = this.buffer.slice(this.read, end);
    const length = lf + 1 - this.read;
    this.consume(lf + 1);
    const fault = afterCr ? faultIn(bytes) : 'bare-lf';
    return fault === undefined ? { bytes, length } : { bytes, length, fault };
  }

  private consume(to: number): void {
    this.read = to;
    this.scanned = to;
    if (this.read === this.used) {
      this.read = 0;
      this.used = 0;
      this.scanned = 0;
    }
  }

  private grow(more: number): void {
    const live = this.used - this.read;
    const size = Math.max(256, live + more);
    const bigger = size > this.buffer.length ? new Uint8Array(size * 2) : this.buffer;
    if (bigger === this.buffer) bigger.copyWithin(0, this.read, this.used);
    else bigger.set(this.buffer.subarray(this.read, this.used));
    this.buffer = bigger;
    this.scanned -= this.read;
    this.used = live;
    this.read = 0;
  }
}

/** The first irregular octet of a line whose CR LF has been removed. */
function faultIn(bytes: Uint8Array): LineFault | undefined {
  for (const octet of bytes) {
    if (octet === CR) return 'bare-cr';
    if (octet === LF) return 'bare-lf';
    if (octet === 0) return 'nul';
  }
  return undefined;
}
