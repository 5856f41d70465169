/**
 * DNS over TCP: each message is preceded by its length in two octets (RFC 1035 §4.2.2, RFC 7766 §8). Any chunking of the
 * stream gives the same messages; memory is bounded by one message and what arrived behind it.
 */
import { EMPTY } from '../../../core/index.ts';

export function frame(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(message.length + 2);
  out[0] = message.length >> 8;
  out[1] = message.length;
  out.set(message, 2);
  return out;
}

export class TcpFraming {
  private buffer: Uint8Array = EMPTY;
  private read = 0;
  private used = 0;
  private consumed = 0;

  /** Octets that wait for the rest of their message or for their turn. */
  get pending(): Uint8Array {
    return this.buffer.subarray(this.read, this.used);
  }

  /** Octets taken out as messages so far, length fields included: the place of the next message in the stream. */
  get offset(): number {
    return this.consumed;
  }

  /** Goes on where a saved one was. */
  restore(pending: Uint8Array, offset: number): void {
    this.buffer = pending;
    this.read = 0;
    this.used = pending.length;
    this.consumed = offset;
  }

  push(bytes: Uint8Array): void {
    if (this.read === this.used) {
      // The common case, one message a segment: no copy.
      this.restore(bytes, this.consumed);
      return;
    }
    const live = this.used - this.read;
    const needed = live + bytes.length;
    if (this.used + bytes.length > this.buffer.length || this.read > 0) {
      // Doubling keeps a peer that sends octet by octet at O(1) each.
      const bigger = new Uint8Array(needed > this.buffer.length ? Math.max(64, needed * 2) : this.buffer.length);
      bigger.set(this.buffer.subarray(this.read, this.used));
      this.buffer = bigger;
      this.read = 0;
    }
    this.buffer.set(bytes, live);
    this.used = needed;
  }

  /** The next whole message without its length field; `undefined` when more octets are needed. */
  next(): Uint8Array | undefined {
    const { buffer, read } = this;
    const live = this.used - read;
    if (live < 2) return undefined;
    const length = ((buffer[read] as number) << 8) | (buffer[read + 1] as number);
    if (live < 2 + length) return undefined;
    this.read = read + 2 + length;
    this.consumed += 2 + length;
    return buffer.subarray(read + 2, this.read);
  }
}
