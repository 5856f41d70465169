/** Octets written and not yet acknowledged, by their place in the stream. Written chunks are kept as they are, never joined. */
import type { Octets } from '../../core/index.ts';

interface Chunk {
  readonly start: number;
  readonly bytes: Uint8Array;
}

export class SendBuffer {
  private chunks: Chunk[] = [];
  private first = 0;
  private acknowledged = 0;
  private written = 0;

  /** Stream offset after the last octet written. */
  get end(): number {
    return this.written;
  }

  /** Octets not yet acknowledged. */
  get pending(): Octets {
    return this.written - this.acknowledged;
  }

  write(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.chunks.push({ start: this.written, bytes });
    this.written += bytes.length;
  }

  /** Up to `length` octets from stream offset `from`; a view when they lie in one chunk. */
  read(from: number, length: Octets): Uint8Array {
    const to = Math.min(from + length, this.written);
    let i = this.first;
    while (i < this.chunks.length && this.endOf(i) <= from) i++;
    const chunk = this.chunks[i];
    if (chunk === undefined || to <= from) return NONE;
    if (to <= chunk.start + chunk.bytes.length) return chunk.bytes.subarray(from - chunk.start, to - chunk.start);
    const out = new Uint8Array(to - from);
    for (; i < this.chunks.length; i++) {
      const { start, bytes } = this.chunks[i] as Chunk;
      if (start >= to) break;
      out.set(bytes.subarray(Math.max(0, from - start), to - start), Math.max(0, start - from));
    }
    return out;
  }

  /** Forgets everything before stream offset `to`. */
  acknowledge(to: number): void {
    this.acknowledged = Math.max(this.acknowledged, Math.min(to, this.written));
    while (this.first < this.chunks.length && this.endOf(this.first) <= this.acknowledged) this.first++;
    if (this.first > 64 || this.first === this.chunks.length) {
      this.chunks = this.chunks.slice(this.first);
      this.first = 0;
    }
  }

  private endOf(index: number): number {
    const chunk = this.chunks[index] as Chunk;
    return chunk.start + chunk.bytes.length;
  }
}

const NONE = new Uint8Array(0);
