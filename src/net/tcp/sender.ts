/**
 * The sending half of a connection: what is unacknowledged, what may go out now, and when to send again. Sliding window
 * (RFC 9293 §3.8.6), congestion control (RFC 5681, NewReno's partial acknowledgements of RFC 6582), retransmission timer
 * (RFC 6298) and zero-window probes (RFC 9293 §3.8.6.1).
 *
 * Places are stream offsets: −1 is the SYN, 0 the first octet, and the FIN lies after the last one. Nagle's algorithm is off: programs
 * here write whole lines.
 */
import type { Kernel, Octets, Scheduled, StreamRange } from '../../core/index.ts';
import { DATA_RETRIES, DUPLICATE_ACKS, INITIAL_WINDOW_SEGMENTS, PROBE_MIN, SYN_RETRIES } from './limits.ts';
import { RetransmissionTimeout } from './rto.ts';
import { SendBuffer } from './send-buffer.ts';

export interface Outgoing {
  readonly offset: number;
  readonly payload: Uint8Array;
  readonly syn: boolean;
  readonly fin: boolean;
  /** The last of what was written: the receiver should hand it to its program. */
  readonly push: boolean;
  readonly retransmission: boolean;
}

export interface SenderHooks {
  emit(segment: Outgoing): void;
  retransmitting(cause: 'rto' | 'fast' | 'syn' | 'probe', range: StreamRange): void;
  /** The peer has not answered for too long (RFC 9293 §3.8.3, R2). */
  gaveUp(): void;
}

/** What an acknowledgement brought about. */
export interface Acknowledged {
  /** Something new was acknowledged. */
  readonly advanced: boolean;
  readonly beyond: boolean;
}

const SYN_OFFSET = -1;
const EMPTY = new Uint8Array(0);

export class Sender {
  private readonly buffer = new SendBuffer();
  private readonly rto = new RetransmissionTimeout();
  private una = SYN_OFFSET;
  private nxt = SYN_OFFSET;
  /** The furthest place ever sent, probes included: what the peer may acknowledge. */
  private max = SYN_OFFSET;
  /** RFC 9293's SND.NXT: the furthest place sent within the window. It never goes back. */
  private frontier = SYN_OFFSET;
  private finAt: number | undefined;
  private window: Octets = 0;
  private largestWindow: Octets = 0;
  private cwnd: Octets = 0;
  private ssthresh: Octets = Number.MAX_SAFE_INTEGER;
  private duplicates = 0;
  /** Loss recovery lasts until this place is acknowledged; −1: none (RFC 6582). */
  private recover = SYN_OFFSET;
  private timed: { readonly upTo: number; readonly at: number } | undefined;
  private timer: Scheduled | undefined;
  private retries = 0;
  private probes = 0;
  private mss: Octets;

  constructor(
    private readonly kernel: Kernel,
    mss: Octets,
    private readonly hooks: SenderHooks,
  ) {
    this.mss = mss;
  }

  /** Octets written and not acknowledged. */
  get pending(): Octets {
    return this.buffer.pending;
  }

  get written(): number {
    return this.buffer.end;
  }

  get synAcknowledged(): boolean {
    return this.una > SYN_OFFSET;
  }

  get finAcknowledged(): boolean {
    return this.finAt !== undefined && this.una > this.finAt;
  }

  /** Where an empty segment is put: SND.NXT. */
  get next(): number {
    return Math.max(this.frontier, 0);
  }

  get unacknowledged(): number {
    return this.una;
  }

  /** The peer's MSS is known (from its SYN): RFC 9293 §3.7.1, RFC 6928 §2. */
  negotiated(mss: Octets): void {
    this.mss = Math.min(this.mss, mss);
    this.cwnd = INITIAL_WINDOW_SEGMENTS * this.mss;
  }

  write(bytes: Uint8Array): StreamRange {
    const from = this.buffer.end;
    this.buffer.write(bytes);
    return { from, to: this.buffer.end };
  }

  /** A FIN follows what has been written. */
  finish(): void {
    this.finAt ??= this.buffer.end;
  }

  stop(): void {
    this.timer?.cancel();
    this.timer = undefined;
  }

  /** Sends the SYN again at once: a duplicate of the peer's SYN shows that our answer was lost. */
  resendSyn(): void {
    this.nxt = SYN_OFFSET;
    this.pump();
  }

  /** Sends whatever the windows allow. */
  pump(): void {
    if (this.nxt === SYN_OFFSET) this.send(SYN_OFFSET, EMPTY, false);
    while (this.una > SYN_OFFSET && this.sendNext());
    this.armTimer();
  }

  private sendNext(): boolean {
    const { nxt } = this;
    const left = this.buffer.end - nxt;
    if (left <= 0) {
      if (this.finAt !== nxt) return false;
      this.send(nxt, EMPTY, true);
      return true;
    }
    const size = Math.min(this.mss, left, this.una + Math.min(this.cwnd, this.window) - nxt);
    if (size <= 0) return false;
    // Silly window syndrome (RFC 9293 §3.8.6.2.1): a full segment, all there is, or half the largest window.
    if (size < this.mss && size < left && size < this.largestWindow / 2 && nxt > this.una) return false;
    this.send(nxt, this.buffer.read(nxt, size), this.finAt === nxt + size);
    return true;
  }

  private send(offset: number, payload: Uint8Array, fin: boolean): void {
    const syn = offset === SYN_OFFSET;
    const end = offset + payload.length + (syn ? 1 : 0) + (fin ? 1 : 0);
    const retransmission = offset < this.max;
    this.nxt = end;
    this.max = Math.max(this.max, end);
    this.frontier = Math.max(this.frontier, end);
    // Karn (RFC 6298 §3): a segment sent twice gives no measurement.
    if (retransmission) this.timed = undefined;
    else this.timed ??= { upTo: end, at: this.kernel.now };
    const push = payload.length > 0 && offset + payload.length === this.buffer.end;
    this.hooks.emit({ offset, payload, syn, fin, push, retransmission });
  }

  /**
   * An acknowledgement of everything before offset `to`. `bare`: the segment carried neither data, SYN nor FIN, and did not change the
   * window; only such ones count as duplicates (RFC 5681 §2).
   */
  acknowledge(to: number, bare: boolean): Acknowledged {
    if (to > this.max) return { advanced: false, beyond: true };
    if (to <= this.una) {
      if (to === this.una && bare && this.nxt > this.una) this.duplicate();
      return { advanced: false, beyond: false };
    }
    const newly = to - this.una;
    this.una = to;
    if (this.nxt < to) this.nxt = to;
    if (this.frontier < to) this.frontier = to;
    this.buffer.acknowledge(Math.max(to, 0));
    this.retries = 0;
    this.duplicates = 0;
    if (this.timed !== undefined && to >= this.timed.upTo) {
      this.rto.sample(this.kernel.now - this.timed.at);
      this.timed = undefined;
    } else {
      this.rto.relax();
    }
    this.adaptWindow(newly);
    // RFC 6298 §5.3: restart the timer for what is still out.
    this.stop();
    return { advanced: true, beyond: false };
  }

  /** The window that the peer offers, counted from what it acknowledges. */
  offer(window: Octets): void {
    if (window > 0) this.probes = 0;
    // A peer that says "not now" is alive.
    else this.retries = 0;
    this.window = window;
    this.largestWindow = Math.max(this.largestWindow, window);
  }

  get offered(): Octets {
    return this.window;
  }

  private adaptWindow(newly: Octets): void {
    if (this.recover > SYN_OFFSET) {
      if (this.una < this.recover) {
        // Partial acknowledgement (RFC 6582 §3.2 step 3): the next hole is lost too.
        this.cwnd = Math.max(this.cwnd - newly, 0) + this.mss;
        this.resend('fast');
        return;
      }
      this.recover = SYN_OFFSET;
      this.cwnd = this.ssthresh;
      return;
    }
    if (this.cwnd < this.ssthresh) this.cwnd += Math.min(newly, this.mss);
    else this.cwnd += Math.max(1, Math.floor((this.mss * this.mss) / this.cwnd));
  }

  private duplicate(): void {
    this.duplicates++;
    if (this.recover > SYN_OFFSET) {
      this.cwnd += this.mss;
      this.pump();
      return;
    }
    if (this.duplicates !== DUPLICATE_ACKS || this.una <= SYN_OFFSET) return;
    this.ssthresh = this.halfFlight();
    this.cwnd = this.ssthresh + DUPLICATE_ACKS * this.mss;
    this.recover = this.max;
    this.resend('fast');
  }

  private halfFlight(): Octets {
    return Math.max(Math.floor((this.nxt - this.una) / 2), 2 * this.mss);
  }

  /** Sends the first unacknowledged segment once more, wherever sending stands. */
  private resend(cause: 'fast'): void {
    const place = this.nxt;
    const payload = this.buffer.read(this.una, this.mss);
    this.hooks.retransmitting(cause, { from: this.una, to: this.una + payload.length });
    this.send(this.una, payload, this.finAt === this.una + payload.length);
    this.nxt = Math.max(place, this.nxt);
    this.stop();
    this.armTimer();
  }

  private armTimer(): void {
    if (this.timer !== undefined) return;
    if (this.nxt > this.una) this.timer = this.kernel.after(this.rto.value, this.expired);
    else if (this.window === 0 && this.synAcknowledged && this.buffer.pending > 0) {
      const wait = Math.max(PROBE_MIN, this.rto.value) * 2 ** Math.min(this.probes, 7);
      this.timer = this.kernel.after(wait, this.probe);
    }
  }

  /** RFC 6298 §5.4–5.7, RFC 5681 §3.1: back to the first unacknowledged octet with a window of one segment. */
  private readonly expired = (): void => {
    this.timer = undefined;
    const syn = this.una === SYN_OFFSET;
    if (++this.retries > (syn ? SYN_RETRIES : DATA_RETRIES)) {
      this.hooks.gaveUp();
      return;
    }
    if (this.retries === 1) this.ssthresh = this.halfFlight();
    this.rto.double();
    this.cwnd = this.mss;
    this.duplicates = 0;
    this.recover = SYN_OFFSET;
    const to = Math.min(this.una + this.mss, this.max);
    this.hooks.retransmitting(syn ? 'syn' : 'rto', { from: Math.max(this.una, 0), to: Math.max(to, 0) });
    this.nxt = this.una;
    if (!syn && this.window === 0) this.forceOne();
    this.pump();
  };

  /** What was in flight when the window closed goes out octet by octet, as a probe does. */
  private forceOne(): void {
    const payload = this.buffer.read(this.una, 1);
    this.send(this.una, payload, payload.length === 0 && this.finAt === this.una);
  }

  /** One octet beyond a closed window makes the peer say what its window is now. */
  private readonly probe = (): void => {
    this.timer = undefined;
    if (this.window > 0 || this.buffer.pending === 0) return this.pump();
    if (++this.retries > DATA_RETRIES) return this.hooks.gaveUp();
    this.probes++;
    const payload = this.buffer.read(this.una, 1);
    this.hooks.retransmitting('probe', { from: this.una, to: this.una + payload.length });
    const { nxt, frontier } = this;
    this.send(this.una, payload, false);
    this.timed = undefined;
    // Not counted as sent: were it refused, it must not look outstanding.
    this.nxt = nxt;
    this.frontier = frontier;
    this.armTimer();
  };
}
