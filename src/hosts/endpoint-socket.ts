/**
 * Joins a sans-I/O endpoint to a socket of its host: carries out its effects in order, keeps its timers, and writes the
 * trace of what it sent, parsed and where its machine moved. Knows no protocol; questions go to `ask`.
 */
import { concat, type Pdu, type ProtocolId, type Scheduled, statePath } from '../core/index.ts';
import type { CloseReason, TcpEvents, TcpSocket } from '../net/socket.ts';
import type { Effect, Endpoint, TimerId } from '../protocols/contract.ts';
import type { Host } from './host.ts';

export interface EndpointHooks<Ask extends { readonly kind: string }, Answer> {
  /** Registry key of the role: `smtp.server`. */
  readonly machine: string;
  readonly protocol: ProtocolId;
  /** The program's name in endpoint ids: `smtpd`. */
  readonly service: string;
  /** A question of the endpoint. `reply` may be called at once or later; later calls after the end are ignored. */
  ask(what: Ask, reply: (result: Answer) => void): void;
  note?(code: string, params: Readonly<Record<string, string | number>>): void;
  /** The endpoint wants TLS from here on. */
  upgrade?(): void;
  ended?(reason: CloseReason): void;
}

export class EndpointSocket<Ask extends { readonly kind: string }, Answer> implements TcpEvents {
  readonly endpointId: string;
  private socket: TcpSocket | undefined;
  private readonly timers = new Map<TimerId, Scheduled>();
  private ended = false;
  private started = false;
  /** Octets written to this half of the stream so far. */
  private sent = 0;

  constructor(
    private readonly host: Host,
    private readonly endpoint: Endpoint<Ask, Answer>,
    private readonly hooks: EndpointHooks<Ask, Answer>,
  ) {
    this.endpointId = host.endpointId(hooks.service);
  }

  /** For a passive open: the connection exists already. */
  attach(socket: TcpSocket): this {
    this.socket = socket;
    this.begin();
    return this;
  }

  /** For an active open: remembers the socket; the endpoint starts when the handshake is complete. */
  opening(socket: TcpSocket): this {
    this.socket = socket;
    return this;
  }

  /** Whether the connection was established and the endpoint started. */
  get begun(): boolean {
    return this.started;
  }

  get conn(): string | undefined {
    return this.socket?.id;
  }

  connected(): void {
    this.begin();
  }

  data(bytes: Uint8Array): void {
    if (!this.ended) this.run(this.endpoint.receive(bytes));
  }

  peerClosed(): void {
    if (!this.ended) this.run(this.endpoint.peerClosed());
  }

  closed(reason: CloseReason): void {
    if (this.ended) return;
    this.ended = true;
    for (const timer of this.timers.values()) timer.cancel();
    this.timers.clear();
    this.hooks.ended?.(reason);
  }

  abort(): void {
    this.socket?.abort();
  }

  /** Effects of an endpoint that the host told something on its own account: a mailbox that changed. */
  perform(effects: readonly Effect<Ask>[]): void {
    if (!this.ended) this.run(effects);
  }

  private begin(): void {
    if (this.started) return;
    this.started = true;
    this.host.trace({
      type: 'transition',
      endpoint: this.endpointId,
      machine: this.hooks.machine,
      ...this.connField(),
      from: '',
      event: 'start',
      to: statePath(this.endpoint.snapshot.value),
    });
    this.run(this.endpoint.start());
  }

  private run(effects: readonly Effect<Ask>[]): void {
    // Sends in a row go to the socket as one write, so that pipelined replies share a segment as in life.
    let batch: Uint8Array[] = [];
    let pdus: { readonly pdu: Pdu; readonly from: number; to: number }[] = [];
    let size = 0;
    const flush = (): void => {
      if (batch.length === 0 || this.socket === undefined) return;
      const bytes = batch.length === 1 ? (batch[0] as Uint8Array) : concat(batch);
      // The trace names the PDU before the frames that carry it.
      for (const { pdu, from, to } of pdus) {
        this.host.trace({
          type: 'pdu-sent',
          conn: this.socket.id,
          endpoint: this.endpointId,
          pdu,
          range: { from: this.sent + from, to: this.sent + to },
        });
      }
      this.sent += bytes.length;
      this.socket.write(bytes);
      batch = [];
      pdus = [];
      size = 0;
    };
    for (const effect of effects) {
      if (effect.type === 'send') {
        const last = pdus[pdus.length - 1];
        if (effect.pdu !== undefined) pdus.push({ pdu: effect.pdu, from: size, to: size + effect.bytes.length });
        else if (last !== undefined) last.to += effect.bytes.length;
        batch.push(effect.bytes);
        size += effect.bytes.length;
        continue;
      }
      // Bookkeeping does not separate sends; anything that acts does.
      if (
        effect.type !== 'received' &&
        effect.type !== 'transition' &&
        effect.type !== 'timer' &&
        effect.type !== 'cancel'
      )
        flush();
      this.act(effect);
    }
    flush();
  }

  private act(effect: Exclude<Effect<Ask>, { type: 'send' }>): void {
    const socket = this.socket;
    if (socket === undefined) return;
    switch (effect.type) {
      case 'received':
        this.host.trace({
          type: 'pdu-received',
          conn: socket.id,
          endpoint: this.endpointId,
          pdu: effect.pdu,
          range: effect.range,
        });
        return;
      case 'transition':
        this.host.trace({
          type: 'transition',
          endpoint: this.endpointId,
          machine: this.hooks.machine,
          conn: socket.id,
          from: effect.from,
          event: effect.event,
          to: effect.to,
        });
        return;
      case 'timer':
        this.timers.get(effect.id)?.cancel();
        this.timers.set(
          effect.id,
          this.host.kernel.after(effect.after, () => {
            this.timers.delete(effect.id);
            if (!this.ended) this.run(this.endpoint.timeout(effect.id));
          }),
        );
        return;
      case 'cancel':
        this.timers.get(effect.id)?.cancel();
        this.timers.delete(effect.id);
        return;
      case 'close':
        socket.close();
        return;
      case 'abort':
        socket.abort();
        return;
      case 'ask': {
        let answered = false;
        this.hooks.ask(effect.what, (result) => {
          if (answered || this.ended) return;
          answered = true;
          // Always from a fresh kernel event, so that an endpoint is never entered while it is producing effects.
          this.host.kernel.after(0, () => {
            if (!this.ended) this.run(this.endpoint.answer(effect.request, result));
          });
        });
        return;
      }
      case 'upgrade':
        this.hooks.upgrade?.();
        return;
      case 'note':
        this.host.trace({ type: 'note', code: effect.code, params: effect.params, conn: socket.id });
        this.hooks.note?.(effect.code, effect.params);
        return;
    }
  }

  private connField(): { conn?: string } {
    return this.socket === undefined ? {} : { conn: this.socket.id };
  }
}
