/**
 * A cursor over octets that reads big-endian integers and records an annotation span for each field it is told to name.
 * Running out of octets is not an exception: `ok` turns false, reads give zero, and the parser checks once at the end.
 */
import type { Span } from './span.ts';

export class ByteReader {
  readonly spans: Span[] = [];
  private at: number;
  private readonly limit: number;
  private short = false;

  constructor(
    readonly bytes: Uint8Array,
    start = 0,
    end: number = bytes.length,
  ) {
    this.at = start;
    this.limit = end;
  }

  /** False once a read went past the end. */
  get ok(): boolean {
    return !this.short;
  }

  get offset(): number {
    return this.at;
  }

  get remaining(): number {
    return this.limit - this.at;
  }

  uint8(label?: string, rfc?: string): number {
    const start = this.at;
    if (!this.advance(1)) return 0;
    const value = this.bytes[start] as number;
    return this.annotate(start, label, value, rfc);
  }

  uint16(label?: string, rfc?: string): number {
    const start = this.at;
    if (!this.advance(2)) return 0;
    const value = ((this.bytes[start] as number) << 8) | (this.bytes[start + 1] as number);
    return this.annotate(start, label, value, rfc);
  }

  uint32(label?: string, rfc?: string): number {
    const start = this.at;
    if (!this.advance(4)) return 0;
    const b = this.bytes;
    const value =
      (b[start] as number) * 0x100_0000 +
      (((b[start + 1] as number) << 16) | ((b[start + 2] as number) << 8) | (b[start + 3] as number));
    return this.annotate(start, label, value, rfc);
  }

  /** A view (not a copy) of the next `length` octets; empty when there are fewer. */
  take(length: number, label?: string, rfc?: string): Uint8Array {
    const start = this.at;
    if (!this.advance(length)) return this.bytes.subarray(start, start);
    if (label !== undefined) this.span(start, this.at, label, `${length}`, rfc);
    return this.bytes.subarray(start, this.at);
  }

  /** Names octets already read. */
  span(start: number, end: number, label: string, value: string, rfc?: string, children?: readonly Span[]): void {
    this.spans.push({
      start,
      end,
      label,
      value,
      ...(rfc === undefined ? {} : { rfc }),
      ...(children === undefined ? {} : { children }),
    });
  }

  private advance(length: number): boolean {
    if (length < 0 || this.at + length > this.limit) {
      this.short = true;
      return false;
    }
    this.at += length;
    return true;
  }

  private annotate(start: number, label: string | undefined, value: number, rfc: string | undefined): number {
    if (label !== undefined) this.span(start, this.at, label, `${value}`, rfc);
    return value;
  }
}
