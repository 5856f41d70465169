/**
 * Carries out one question to one server: drives a stub endpoint over a UDP socket of the host, and over TCP when the
 * endpoint asks for it. Owns the sockets, timers and trace of that exchange; knows nothing of what the answer is for.
 */
import { type ConnectionId, type Scheduled, type SocketAddress, statePath } from '../../core/index.ts';
import type { TcpEvents, TcpSocket, UdpSocket } from '../../net/socket.ts';
import type { Effect } from '../../protocols/contract.ts';
import { type StubAsk, StubClient, type StubConfig, type StubOutcome } from '../../protocols/dns/index.ts';
import type { Host } from '../host.ts';

/** RFC 6056 §3.2 with the IANA dynamic range (RFC 6335 §6): an unpredictable source port is half of what a forger must guess. */
const FIRST_PORT = 49_152;
const LAST_PORT = 65_535;
/** Draws before the stack is left to choose: the range has 16 384 ports, so the first is nearly always free. */
const PORT_DRAWS = 4;

/** A query id that others cannot foresee (RFC 5452 §9.2). */
export function drawId(host: Host): number {
  return host.random.integer(0, 0xffff);
}

export class Exchange {
  private readonly endpoint: StubClient;
  private readonly endpointId: string;
  private readonly boot: number;
  private readonly timers = new Map<string, Scheduled>();
  private udp: UdpSocket | undefined;
  private tcp: TcpSocket | undefined;
  private conn: ConnectionId | undefined;
  private sentTcp = 0;
  private over = false;

  private constructor(
    private readonly host: Host,
    service: string,
    private readonly server: SocketAddress,
    config: StubConfig,
    private readonly done: (outcome: StubOutcome) => void,
  ) {
    this.endpoint = new StubClient(config);
    this.endpointId = host.endpointId(service);
    this.boot = host.boots;
  }

  /** Starts; `done` is called once, from a later kernel event, unless the host loses power or `cancel` is called. */
  static start(
    host: Host,
    service: string,
    server: SocketAddress,
    config: StubConfig,
    done: (outcome: StubOutcome) => void,
  ): Exchange {
    const exchange = new Exchange(host, service, server, config, done);
    exchange.begin();
    return exchange;
  }

  /** Gives up without a word. */
  cancel(): void {
    if (this.over) return;
    this.over = true;
    this.release();
    this.tcp?.abort();
  }

  private begin(): void {
    this.host.trace({
      type: 'transition',
      endpoint: this.endpointId,
      machine: 'dns.stub',
      from: '',
      event: 'start',
      to: statePath(this.endpoint.snapshot.value),
    });
    this.run(this.endpoint.start());
  }

  private run(effects: readonly Effect<StubAsk>[]): void {
    for (const effect of effects) this.act(effect);
    const { outcome } = this.endpoint;
    if (outcome === undefined || this.over) return;
    this.over = true;
    this.release();
    // From a fresh event: the caller may be in the middle of its own effects.
    this.host.kernel.after(0, () => {
      if (this.host.boots === this.boot && this.host.running) this.done(outcome);
    });
  }

  private act(effect: Effect<StubAsk>): void {
    switch (effect.type) {
      case 'send':
        this.send(effect);
        return;
      case 'received':
        if (this.conn === undefined) return;
        this.host.trace({
          type: 'pdu-received',
          conn: this.conn,
          endpoint: this.endpointId,
          pdu: effect.pdu,
          range: effect.range,
        });
        return;
      case 'transition':
        this.host.trace({
          type: 'transition',
          endpoint: this.endpointId,
          machine: 'dns.stub',
          ...(this.conn === undefined ? {} : { conn: this.conn }),
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
            if (this.alive()) this.run(this.endpoint.timeout(effect.id));
          }),
        );
        return;
      case 'cancel':
        this.timers.get(effect.id)?.cancel();
        this.timers.delete(effect.id);
        return;
      case 'ask':
        this.connect(effect.request);
        return;
      case 'close':
        this.tcp?.close();
        return;
      default:
        return;
    }
  }

  private send(effect: Extract<Effect<StubAsk>, { type: 'send' }>): void {
    const from = this.tcp === undefined ? 0 : this.sentTcp;
    const announce = (conn: ConnectionId): void => {
      this.conn = conn;
      if (effect.pdu === undefined) return;
      const range = { from, to: from + effect.bytes.length };
      this.host.trace({ type: 'pdu-sent', conn, endpoint: this.endpointId, pdu: effect.pdu, range });
    };
    if (this.tcp !== undefined) {
      announce(this.tcp.id);
      this.sentTcp += effect.bytes.length;
      this.tcp.write(effect.bytes);
      return;
    }
    this.udp ??= this.bind();
    // Without a socket nothing is sent, and the endpoint's timer reports it.
    if (this.udp === undefined) return;
    sendDatagram(this.udp, this.server, effect.bytes, announce);
  }

  private bind(): UdpSocket | undefined {
    const receive = (bytes: Uint8Array, from: SocketAddress): void => {
      // RFC 5452 §9.1: an answer comes from where the question went.
      if (!this.alive() || from.ip !== this.server.ip || from.port !== this.server.port) return;
      this.run(this.endpoint.receive(bytes));
    };
    for (let draw = 0; draw <= PORT_DRAWS; draw++) {
      const port = draw === PORT_DRAWS ? 0 : this.host.random.integer(FIRST_PORT, LAST_PORT);
      const socket = this.host.net.bindUdp(port, receive);
      if (!('error' in socket)) return socket;
    }
    return undefined;
  }

  private connect(request: number): void {
    this.udp?.close();
    this.udp = undefined;
    let connected = false;
    const events: TcpEvents = {
      connected: () => {
        connected = true;
        this.conn = this.tcp?.id;
        if (this.alive()) this.run(this.endpoint.answer(request, { connected: true }));
      },
      data: (bytes) => {
        if (this.alive()) this.run(this.endpoint.receive(bytes));
      },
      peerClosed: () => {
        if (this.alive()) this.run(this.endpoint.peerClosed());
      },
      closed: () => {
        if (!this.alive()) return;
        this.run(connected ? this.endpoint.peerClosed() : this.endpoint.answer(request, { connected: false }));
      },
    };
    this.tcp = this.host.net.connect(this.server, events);
  }

  private alive(): boolean {
    if (this.over) return false;
    if (this.host.running && this.host.boots === this.boot) return true;
    this.over = true;
    this.release();
    return false;
  }

  private release(): void {
    for (const timer of this.timers.values()) timer.cancel();
    this.timers.clear();
    this.udp?.close();
    this.udp = undefined;
  }
}

/** Sends a datagram; `announce` is called exactly once, before the frame leaves where the stack offers that. */
export function sendDatagram(
  socket: UdpSocket,
  to: SocketAddress,
  bytes: Uint8Array,
  announce: (conn: ConnectionId) => void,
): void {
  let announced = false;
  const once = (conn: ConnectionId): void => {
    if (announced) return;
    announced = true;
    announce(conn);
  };
  once(socket.send(to, bytes, once));
}
