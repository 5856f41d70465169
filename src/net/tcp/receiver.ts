/**
 * The receiving half of a connection: what comes next, what arrived ahead of its turn, and the window offered to the peer. Octets
 * for a program that has paused wait here, and the window closes as they fill it (RFC 9293 §3.8.6).
 */
import type { Octets } from '../../core/index.ts';
import { RECEIVE_BUFFER } from './limits.ts';

/** What the window field of a header can say. */
const FIELD = 65_535;

import { Reassembly } from './reassembly.ts';

export interface Accepted {
  /** Came exactly in turn, with nothing missing before it and nothing left over: a delayed acknowledgement will do. */
  readonly inTurn: boolean;
  /** The peer's FIN has been reached. */
  readonly fin: boolean;
}

export class Receiver {
  private readonly ahead = new Reassembly();
  private readonly waiting: Uint8Array[] = [];
  private waitingOctets: Octets = 0;
  private nxt = 0;
  /** Right edge of the window as last told to the peer; it never moves left (RFC 9293 §3.8.6.2.2). */
  private edge = RECEIVE_BUFFER;
  private finAt: number | undefined;
  private shift = 0;

  /** RCV.NXT as stream offset; after a FIN, one past it. */
  get next(): number {
    return this.nxt;
  }

  /** Octets that the program has not taken yet. */
  get backlog(): Octets {
    return this.waitingOctets;
  }

  /** Both sides scale their windows (RFC 7323 §2): ours by `shift` from the next segment without SYN on. */
  scale(shift: number): void {
    this.shift = shift;
  }

  /** The window field of the next segment, in units of the agreed scale unless it is a SYN; the peer may count on it from then on. */
  announce(syn: boolean): number {
    const unit = syn ? 1 : 2 ** this.shift;
    const offer = Math.min(this.free(), FIELD * unit);
    this.edge = Math.max(this.edge, this.nxt + offer - (offer % unit));
    return Math.min(Math.floor((this.edge - this.nxt) / unit), FIELD);
  }

  /** How much the window would grow if it were announced now. */
  get growth(): Octets {
    return this.nxt + this.free() - this.edge;
  }

  /** RFC 9293 §3.4, table 6: whether a segment of `length` (SYN and FIN counted) at `offset` touches the window. */
  acceptable(offset: number, length: Octets): boolean {
    const window = this.edge - this.nxt;
    if (length === 0) return window === 0 ? offset === this.nxt : offset >= this.nxt && offset < this.edge;
    if (window === 0) return false;
    return offset < this.edge && offset + length > this.nxt;
  }

  accept(offset: number, payload: Uint8Array, fin: boolean): Accepted {
    const end = offset + payload.length;
    const from = Math.max(offset, this.nxt);
    const to = Math.min(end, this.edge);
    const inTurn = offset === this.nxt && to === end && this.ahead.size === 0;
    if (to > from) {
      const fresh = payload.subarray(from - offset, to - offset);
      if (from === this.nxt) {
        this.deliver(fresh);
        for (const later of this.ahead.take(this.nxt)) this.deliver(later);
      } else {
        this.ahead.add(from, fresh);
      }
    }
    if (fin && to === end) this.finAt = end;
    const reached = this.finAt === this.nxt;
    if (reached) this.nxt++;
    return { inTurn, fin: reached };
  }

  /** Takes what waits for the program, in order. */
  take(): Uint8Array | undefined {
    const bytes = this.waiting.shift();
    if (bytes !== undefined) this.waitingOctets -= bytes.length;
    return bytes;
  }

  private deliver(bytes: Uint8Array): void {
    this.waiting.push(bytes);
    this.waitingOctets += bytes.length;
    this.nxt += bytes.length;
  }

  private free(): Octets {
    return RECEIVE_BUFFER * 2 ** this.shift - this.waitingOctets;
  }
}
