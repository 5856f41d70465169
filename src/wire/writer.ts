/** Writes big-endian integers and octets into a buffer that grows. */

export class ByteWriter {
  private buffer: Uint8Array<ArrayBuffer>;
  private at = 0;

  constructor(capacity = 64) {
    this.buffer = new Uint8Array(capacity);
  }

  get length(): number {
    return this.at;
  }

  uint8(value: number): this {
    this.reserve(1);
    this.buffer[this.at++] = value;
    return this;
  }

  uint16(value: number): this {
    this.reserve(2);
    this.buffer[this.at++] = value >>> 8;
    this.buffer[this.at++] = value;
    return this;
  }

  uint32(value: number): this {
    this.reserve(4);
    this.buffer[this.at++] = value >>> 24;
    this.buffer[this.at++] = value >>> 16;
    this.buffer[this.at++] = value >>> 8;
    this.buffer[this.at++] = value;
    return this;
  }

  put(bytes: Uint8Array): this {
    this.reserve(bytes.length);
    this.buffer.set(bytes, this.at);
    this.at += bytes.length;
    return this;
  }

  /** Overwrites two octets written before: lengths and checksums known only afterwards. */
  patch16(offset: number, value: number): this {
    this.buffer[offset] = value >>> 8;
    this.buffer[offset + 1] = value;
    return this;
  }

  /** The octets written so far, as a copy of exactly that length. */
  bytes(): Uint8Array<ArrayBuffer> {
    return this.buffer.slice(0, this.at);
  }

  private reserve(more: number): void {
    const needed = this.at + more;
    if (needed <= this.buffer.length) return;
    const bigger = new Uint8Array(Math.max(needed, this.buffer.length * 2));
    bigger.set(this.buffer.subarray(0, this.at));
    this.buffer = bigger;
  }
}
