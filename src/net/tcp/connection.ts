/**
 * One TCP connection: joins the state machine (machine.ts) to the sending and receiving halves, reads segments as RFC 9293 §3.10.7
 * prescribes, and is the socket that a program holds. Data and acknowledgements never touch the machine; only what changes the
 * state does.
 */
import type {
  ConnectionId,
  Kernel,
  MachineState,
  Octets,
  Scheduled,
  SocketAddress,
  StreamRange,
} from '../../core/index.ts';
import { MSS } from '../frame.ts';
import type { CloseReason, TcpEvents, TcpSocket } from '../socket.ts';
import type { ConnectionHost } from './connection-host.ts';
import { DEFAULT_MSS, DELAYED_ACK, MIN_MSS, TIME_WAIT, WINDOW_SHIFT } from './limits.ts';
import { TCP_MACHINE, type TcpEvent } from './machine.ts';
import { Receiver } from './receiver.ts';
import { ACK, emitSegment, FIN, PSH, RST, type Segment, SYN, showFlags } from './segment.ts';
import { type Outgoing, Sender } from './sender.ts';
import { summaryOf } from './summary.ts';

export interface Endpoints {
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  readonly localIp: number;
  readonly remoteIp: number;
}

const EMPTY = new Uint8Array(0);
/** Compared by identity: the machine gives the same object for the same state. */
const LISTEN = TCP_MACHINE.next(TCP_MACHINE.initial.state, 'OPEN_PASSIVE').state;

export class Connection implements TcpSocket {
  private machine: MachineState = TCP_MACHINE.initial.state;
  private readonly kernel: Kernel;
  private readonly sender: Sender;
  private readonly receiver = new Receiver();
  private irs = 0;
  private peerShift = 0;
  /** Whether our SYN offers window scaling: until the peer's SYN has come without it. */
  private scaled = true;
  /** Segment (its sequence and acknowledgement numbers, as offsets) that last updated the send window: SND.WL1, SND.WL2. */
  private windowSeq = Number.NEGATIVE_INFINITY;
  private windowAck = Number.NEGATIVE_INFINITY;
  private delayed: Scheduled | undefined;
  private timeWait: Scheduled | undefined;
  /** Segments with data since the last acknowledgement that we sent. */
  private unacknowledged = 0;
  private paused = false;
  private finTold: 'no' | 'due' | 'told' = 'no';
  private over: CloseReason | undefined;

  constructor(
    private readonly host: ConnectionHost,
    readonly id: ConnectionId,
    private readonly ends: Endpoints,
    private readonly iss: number,
    private events: TcpEvents | undefined,
  ) {
    this.kernel = host.kernel;
    this.sender = new Sender(host.kernel, MSS, {
      emit: (segment) => this.emit(segment),
      retransmitting: (cause, range) => host.retransmitting(id, cause, range),
      gaveUp: () => this.finish('TIMEOUT', 'timeout'),
    });
  }

  get local(): SocketAddress {
    return this.ends.local;
  }

  get remote(): SocketAddress {
    return this.ends.remote;
  }

  get remoteIp(): number {
    return this.ends.remoteIp;
  }

  get state(): string {
    return this.machine.path;
  }

  get pending(): Octets {
    return this.sender.pending;
  }

  // ── the program's side ──────────────────────────────────────────────────────────────────────────────────────

  open(): void {
    this.go('OPEN_ACTIVE');
    this.sender.pump();
  }

  write(bytes: Uint8Array): StreamRange {
    if (!WRITABLE.has(this.state)) return { from: this.sender.written, to: this.sender.written };
    const range = this.sender.write(bytes);
    this.sender.pump();
    return range;
  }

  close(): void {
    if (!this.takes('CLOSE')) return;
    if (this.go('CLOSE').includes('sendFin')) {
      this.sender.finish();
      this.sender.pump();
    } else {
      this.release('reset');
    }
  }

  abort(): void {
    this.finish('ABORT', 'reset', true);
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    if (!this.paused) return;
    this.paused = false;
    // From a kernel event of its own: `data` is never called from within the program's own call.
    this.kernel.after(0, () => {
      this.deliver();
      // Window update (RFC 9293 §3.8.6.2.2: in steps worth sending for).
      if (this.receiver.growth >= 2 * MSS) this.acknowledgeNow();
    });
  }

  /** The host lost power: no word on the wire. */
  vanish(): void {
    if (this.machine === TCP_MACHINE.initial.state) return;
    this.stopTimers();
    this.host.stateChanged(this.id, this.state, 'ABORT', 'CLOSED');
    this.machine = TCP_MACHINE.initial.state;
    this.end('host-down');
  }

  // ── the network's side ──────────────────────────────────────────────────────────────────────────────────────

  /** A SYN for a listening port: RFC 9293 §3.10.7.2. */
  openPassively(segment: Segment): void {
    this.machine = LISTEN;
    this.synchronise(segment);
    this.go('RCV_SYN');
    this.sender.pump();
  }

  receive(segment: Segment): void {
    if (this.state === 'SYN-SENT') this.receiveInSynSent(segment);
    else if (this.machine !== TCP_MACHINE.initial.state) this.receiveSynchronised(segment);
  }

  /** RFC 9293 §3.10.7.3. */
  private receiveInSynSent(segment: Segment): void {
    const acknowledges = (segment.flags & ACK) !== 0;
    if (acknowledges && segment.ack !== (this.iss + 1) >>> 0) {
      if ((segment.flags & RST) === 0) this.sendResetFor(segment);
      return;
    }
    if (segment.flags & RST) {
      if (acknowledges) this.finish('RCV_RST', 'refused');
      return;
    }
    if ((segment.flags & SYN) === 0) return;
    this.synchronise(segment);
    if (!acknowledges) {
      this.go('RCV_SYN');
      this.sender.resendSyn();
      return;
    }
    this.sender.acknowledge(0, false);
    this.updateWindow(segment, 0, 0);
    this.go('RCV_SYN_ACK');
    this.acknowledgeNow();
    this.events?.connected?.();
    this.sender.pump();
  }

  /** RFC 9293 §3.10.7.4, in its order: sequence number, RST, SYN, ACK, text, FIN. */
  private receiveSynchronised(segment: Segment): void {
    const offset = this.receiver.next + ((segment.seq - this.sequenceOf(this.receiver.next)) | 0);
    const fin = (segment.flags & FIN) !== 0;
    const length = segment.payload.length + (fin ? 1 : 0) + (segment.flags & SYN ? 1 : 0);
    if (segment.flags & RST) {
      this.receiveReset(offset);
      return;
    }
    if (segment.flags & SYN) {
      // The peer's SYN again: our SYN-ACK was lost. Any other SYN gets a challenge (RFC 9293 §3.10.7.4, second).
      if (this.state === 'SYN-RECEIVED' && offset === -1) this.sender.resendSyn();
      else this.acknowledgeNow();
      return;
    }
    if (!this.receiver.acceptable(offset, length)) {
      // An old segment or a probe of a closed window: say where we are, but do not overlook what it acknowledges.
      if (offset <= this.receiver.next && segment.flags & ACK && this.takeAcknowledgement(segment, offset))
        this.sender.pump();
      if (this.state === 'TIME-WAIT' && fin && this.takes('RCV_FIN')) this.perform(this.go('RCV_FIN'));
      if (length > 0 || offset < this.receiver.next) this.acknowledgeNow();
      return;
    }
    if ((segment.flags & ACK) === 0) return;
    if (this.state === 'SYN-RECEIVED' && !this.completeHandshake(segment)) return;
    if (!this.takeAcknowledgement(segment, offset)) return;
    if (this.machine === TCP_MACHINE.initial.state) return;
    if (length > 0) this.takeText(segment, offset, fin);
    this.sender.pump();
  }

  private receiveReset(offset: number): void {
    if (offset === this.receiver.next) {
      // RFC 9293 §3.10.7.4, second: once both sides have closed, a reset only ends the waiting; nobody is told of it.
      const orderly = CLOSED_BY_BOTH.has(this.state);
      this.finish('RCV_RST', this.state === 'SYN-RECEIVED' ? 'refused' : orderly ? 'fin' : 'reset');
      return;
    }
    // RFC 9293 §3.10.7.4, first: inside the window but not exact, a blind attack is possible: challenge it.
    if (this.receiver.acceptable(offset, 0)) this.acknowledgeNow();
  }

  private completeHandshake(segment: Segment): boolean {
    const ack = this.acknowledged(segment);
    if (ack < 0 || ack > this.sender.next) {
      this.sendResetFor(segment);
      return false;
    }
    this.sender.acknowledge(Math.max(ack, 0), false);
    this.perform(this.go('RCV_ACK_OF_SYN'));
    if (this.events === undefined) {
      this.events = this.host.accepted(this);
      if (this.events === undefined) {
        this.abort();
        return false;
      }
    } else {
      this.events.connected?.();
    }
    return true;
  }

  /** False when the segment acknowledges what was never sent: it is answered and dropped. */
  private takeAcknowledgement(segment: Segment, offset: number): boolean {
    const ack = this.acknowledged(segment);
    const bare =
      segment.payload.length === 0 && (segment.flags & FIN) === 0 && this.windowOf(segment) === this.sender.offered;
    const { advanced, beyond } = this.sender.acknowledge(ack, bare);
    if (beyond) {
      this.acknowledgeNow();
      return false;
    }
    this.updateWindow(segment, offset, ack);
    if (!advanced) return true;
    if (this.sender.finAcknowledged && this.takes('RCV_ACK_OF_FIN')) {
      this.perform(this.go('RCV_ACK_OF_FIN'));
      if (this.machine === TCP_MACHINE.initial.state) {
        this.release('fin');
        return true;
      }
    }
    if (this.sender.pending === 0 && this.over === undefined) this.events?.drained?.();
    return true;
  }

  /** RFC 9293 §3.10.7.4, fifth: only a newer segment may change the window. */
  private updateWindow(segment: Segment, offset: number, ack: number): void {
    if (offset < this.windowSeq || (offset === this.windowSeq && ack < this.windowAck)) return;
    this.windowSeq = offset;
    this.windowAck = ack;
    const window = this.windowOf(segment);
    const opened = this.sender.offered === 0 && window > 0;
    this.sender.offer(window);
    if (opened) this.sender.stop();
  }

  private takeText(segment: Segment, offset: number, fin: boolean): void {
    if (!READABLE.has(this.state)) {
      if (fin) this.acknowledgeNow();
      return;
    }
    const accepted = this.receiver.accept(offset, segment.payload, fin);
    this.unacknowledged++;
    if (accepted.fin) {
      this.finTold = 'due';
      // First the state, so that a program that closes at once does it from CLOSE-WAIT.
      this.perform(this.go('RCV_FIN'));
    }
    this.deliver();
    if (!accepted.fin) this.acknowledgeSoon(accepted.inTurn ? this.unacknowledged : 2);
    else this.acknowledgeNowIfDue();
  }

  /** Hands what waits to the program, then the end of the stream. */
  private deliver(): void {
    while (!this.paused && this.over === undefined) {
      const bytes = this.receiver.take();
      if (bytes === undefined) break;
      this.events?.data(bytes);
    }
    if (this.paused || this.over !== undefined) return;
    if (this.finTold === 'due' && this.receiver.backlog === 0) {
      this.finTold = 'told';
      this.events?.peerClosed();
      if (this.state === 'TIME-WAIT') this.end('fin');
    }
  }

  // ── machine ─────────────────────────────────────────────────────────────────────────────────────────────────

  private takes(event: TcpEvent): boolean {
    return !TCP_MACHINE.next(this.machine, event).actions.some((a) => a.type === 'do' && a.name === 'unexpected');
  }

  private go(event: TcpEvent): readonly string[] {
    const step = TCP_MACHINE.next(this.machine, event);
    const from = this.machine.path;
    this.machine = step.state;
    this.host.stateChanged(this.id, from, event, step.state.path);
    return step.actions.flatMap((action) => (action.type === 'do' ? [action.name] : []));
  }

  private perform(actions: readonly string[]): void {
    if (actions.includes('startTimeWait')) this.startTimeWait();
  }

  private startTimeWait(): void {
    this.timeWait?.cancel();
    this.timeWait = this.kernel.after(TIME_WAIT, () => {
      if (this.takes('TIMEOUT_2MSL')) this.go('TIMEOUT_2MSL');
      this.release('fin');
    });
    // Both directions are done; only the program that has paused must still read.
    if (this.finTold !== 'due') this.end('fin');
  }

  /** The connection ends abnormally by `event`. */
  private finish(event: TcpEvent, reason: CloseReason, byProgram = false): void {
    if (!this.takes(event)) return;
    const actions = this.go(event);
    if (actions.includes('sendReset')) this.sendReset();
    this.release(reason, byProgram);
  }

  private release(reason: CloseReason, byProgram = false): void {
    this.stopTimers();
    this.host.released(this);
    // A program is never called from within its own call.
    if (byProgram) this.kernel.after(0, () => this.end(reason));
    else this.end(reason);
  }

  private end(reason: CloseReason): void {
    if (this.over !== undefined) return;
    if (reason === 'fin') this.flushBeforeEnd();
    this.over = reason;
    this.host.ended(this, reason);
    this.events?.closed(reason);
  }

  /** An orderly end loses nothing: a program that paused gets the rest before it is told. */
  private flushBeforeEnd(): void {
    this.paused = false;
    for (let bytes = this.receiver.take(); bytes !== undefined; bytes = this.receiver.take()) this.events?.data(bytes);
    if (this.finTold === 'due') {
      this.finTold = 'told';
      this.events?.peerClosed();
    }
  }

  private stopTimers(): void {
    this.sender.stop();
    this.delayed?.cancel();
    this.timeWait?.cancel();
  }

  // ── segments ────────────────────────────────────────────────────────────────────────────────────────────────

  private synchronise(segment: Segment): void {
    this.irs = segment.seq;
    this.sender.negotiated(Math.max(segment.mss ?? DEFAULT_MSS, MIN_MSS));
    // RFC 7323 §2.2: only when both SYNs carry the option; ours always does unless the peer's came first without it.
    this.peerShift = segment.windowScale ?? 0;
    this.scaled = segment.windowScale !== undefined;
    if (this.scaled) this.receiver.scale(WINDOW_SHIFT);
    this.updateWindow(segment, -1, -1);
  }

  /** A SYN's window is never scaled (RFC 7323 §2.2). */
  private windowOf({ flags, window }: Segment): Octets {
    return flags & SYN ? window : window * 2 ** this.peerShift;
  }

  private sequenceOf(receiveOffset: number): number {
    return (this.irs + 1 + receiveOffset) >>> 0;
  }

  /** The place in our stream that a segment acknowledges. */
  private acknowledged(segment: Segment): number {
    const base = Math.max(this.sender.unacknowledged, 0);
    return base + ((segment.ack - (this.iss + 1 + base)) | 0);
  }

  private acknowledgeSoon(segments: number): void {
    if (this.unacknowledged === 0) return;
    // RFC 9293 §3.8.6.3: at least every second full segment, and at once when something is missing (RFC 5681 §3.2).
    if (segments >= 2) this.acknowledgeNow();
    else this.delayed ??= this.kernel.after(DELAYED_ACK, this.acknowledgeNowIfDue);
  }

  private readonly acknowledgeNowIfDue = (): void => {
    if (this.unacknowledged > 0) this.acknowledgeNow();
  };

  private acknowledgeNow(): void {
    if (this.machine === TCP_MACHINE.initial.state) return;
    this.put(this.sender.next, ACK, EMPTY, undefined, false);
  }

  private sendReset(): void {
    this.put(this.sender.next, RST | ACK, EMPTY, undefined, false);
  }

  private sendResetFor(segment: Segment): void {
    this.transmit(segment.ack, 0, RST, 0, EMPTY, undefined, undefined, false);
  }

  private emit(out: Outgoing): void {
    // The first SYN has nothing to acknowledge yet.
    const acknowledges = this.state === 'SYN-SENT' ? 0 : ACK;
    const flags = (out.syn ? SYN : 0) | (out.fin ? FIN : 0) | (out.push ? PSH : 0) | acknowledges;
    const range = out.payload.length === 0 ? undefined : { from: out.offset, to: out.offset + out.payload.length };
    this.put(out.offset, flags, out.payload, range, out.retransmission, out.syn ? MSS : undefined);
  }

  private put(
    offset: number,
    flags: number,
    payload: Uint8Array,
    range: StreamRange | undefined,
    retransmission: boolean,
    mss?: number,
  ): void {
    if (flags & ACK) {
      this.unacknowledged = 0;
      this.delayed?.cancel();
      this.delayed = undefined;
    }
    const seq = (this.iss + 1 + offset) >>> 0;
    const ack = flags & ACK ? this.sequenceOf(this.receiver.next) : 0;
    this.transmit(seq, ack, flags, this.receiver.announce((flags & SYN) !== 0), payload, mss, range, retransmission);
  }

  /** The hottest place of the simulation: no object is made here that is not kept. */
  private transmit(
    seq: number,
    ack: number,
    flags: number,
    window: number,
    payload: Uint8Array,
    mss: number | undefined,
    range: StreamRange | undefined,
    retransmission: boolean,
  ): void {
    const { local, remote, localIp, remoteIp } = this.ends;
    const frame = emitSegment({
      source: localIp,
      sourcePort: local.port,
      destination: remoteIp,
      destinationPort: remote.port,
      seq,
      ack,
      flags,
      window,
      mss,
      windowScale: mss !== undefined && this.scaled ? WINDOW_SHIFT : undefined,
      payload,
      id: this.host.nextId(),
    });
    this.host.transmit(frame, this.id, summaryOf(local, remote, showFlags(flags), range, retransmission));
  }
}

const WRITABLE = new Set(['SYN-SENT', 'SYN-RECEIVED', 'ESTABLISHED', 'CLOSE-WAIT']);
const CLOSED_BY_BOTH = new Set(['CLOSING', 'LAST-ACK', 'TIME-WAIT']);
const READABLE = new Set(['ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2']);
