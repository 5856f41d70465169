/**
 * Puts replies together out of the client's input (RFC 5321 §4.2.1): lines with the same code, the last one without hyphen.
 * Bounded in length and number of lines. LF alone is accepted as a line end: people play the server with netcat.
 */
import { fromLatin1, latin1 } from '../../core/index.ts';
import { LineFramer } from '../../wire/index.ts';
import { parseReplyLine, type ReplyLine, replyOf } from './codec.ts';
import * as limits from './limits.ts';
import type { Reply } from './messages.ts';
import { shownLine } from './pdu.ts';

export type Incoming =
  | { readonly ok: true; readonly reply: Reply; readonly from: number; readonly to: number; readonly bareLf: boolean }
  /** Not a reply; `line` is printable. */
  | { readonly ok: false; readonly line: string; readonly from: number; readonly to: number };

export interface SavedReplies {
  readonly input: string;
  readonly skipping?: { readonly length: number; readonly lastWasCr: boolean; readonly cut: string };
  readonly lines: readonly ReplyLine[];
  readonly consumed: number;
  readonly begun: number;
  readonly bareLf: boolean;
}

export class ReplyReader {
  private readonly framer = new LineFramer({ limit: limits.REPLY_LINE_ACCEPTED, bareLf: 'end' });
  /** Lines of the reply that is not complete. */
  private lines: ReplyLine[] = [];
  private consumed = 0;
  private begun = 0;
  private bareLf = false;

  constructor(saved?: SavedReplies) {
    if (saved === undefined) return;
    const { skipping } = saved;
    this.framer.restore({
      bytes: latin1(saved.input),
      ...(skipping === undefined ? {} : { skipping: { ...skipping, cut: latin1(skipping.cut) } }),
    });
    this.lines = [...saved.lines];
    this.consumed = saved.consumed;
    this.begun = saved.begun;
    this.bareLf = saved.bareLf;
  }

  /** Octets that wait to be read; of an over-long line, those that were skipped too. */
  get pending(): number {
    return this.framer.pending;
  }

  push(bytes: Uint8Array): void {
    this.framer.push(bytes);
  }

  /** The next reply, or `undefined` when more octets are needed. */
  next(): Incoming | undefined {
    for (;;) {
      const line = this.framer.next();
      if (line === undefined) return undefined;
      if (this.lines.length === 0) this.begun = this.consumed;
      this.consumed += line.length;
      const lone = line.fault === 'bare-lf';
      const parsed = line.fault === undefined || lone ? parseReplyLine(line.bytes) : undefined;
      const first = this.lines[0];
      const fits = first === undefined || (parsed?.code === first.code && this.lines.length < limits.REPLY_LINES);
      const { begun: from, consumed: to } = this;
      if (parsed === undefined || !fits) {
        this.lines = [];
        return { ok: false, line: shownLine(line.bytes), from, to };
      }
      this.bareLf ||= lone;
      this.lines.push(parsed);
      if (parsed.more) continue;
      const incoming: Incoming = { ok: true, reply: replyOf(this.lines), from, to, bareLf: this.bareLf };
      this.lines = [];
      this.bareLf = false;
      return incoming;
    }
  }

  save(): SavedReplies {
    const { bytes, skipping } = this.framer.save();
    return {
      input: fromLatin1(bytes),
      ...(skipping === undefined ? {} : { skipping: { ...skipping, cut: fromLatin1(skipping.cut) } }),
      lines: this.lines.slice(),
      consumed: this.consumed,
      begun: this.begun,
      bareLf: this.bareLf,
    };
  }
}
