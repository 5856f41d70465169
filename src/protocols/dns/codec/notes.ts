/**
 * Collects annotation spans while a message is parsed, nested as the message is. The parser runs without one in
 * service (no cost) and with one for the bytes view, so that what is shown is what was parsed.
 */
import type { Span } from '../../../wire/index.ts';

export class Notes {
  private readonly stack: Span[][] = [[]];

  /** The spans of the outermost level. */
  get spans(): readonly Span[] {
    return this.stack[0] as Span[];
  }

  /** Names octets [start, end). `label` is completed to the catalogue key `dns.field.<label>`. */
  add(start: number, end: number, label: string, value: string, rfc?: string): void {
    this.top.push({ start, end, label: `dns.field.${label}`, value, ...(rfc === undefined ? {} : { rfc }) });
  }

  open(): void {
    this.stack.push([]);
  }

  /** Ends the level that {@link open} began and puts it under one span. */
  close(start: number, end: number, label: string, value: string, rfc?: string): void {
    const children = this.stack.pop() ?? [];
    this.top.push({
      start,
      end,
      label: `dns.field.${label}`,
      value,
      ...(rfc === undefined ? {} : { rfc }),
      children,
    });
  }

  private get top(): Span[] {
    return this.stack[this.stack.length - 1] as Span[];
  }
}
