/** The TCP half of a node's stack: listeners, connections by their four-tuple, and the answer to what belongs to neither. */
import type { ConnectionId, FrameSummary, Kernel, NodeId, Random, SocketAddress, StreamRange } from '../core/index.ts';
import { parseIp, showIp } from './address.ts';
import type { Conversations } from './conversations.ts';
import type { CloseReason, Listener, TcpEvents, TcpSocket } from './socket.ts';
import { Connection } from './tcp/connection.ts';
import type { ConnectionHost, HostedConnection } from './tcp/connection-host.ts';
import { BACKLOG, MAX_CONNECTIONS } from './tcp/limits.ts';
import { ACK, emitSegment, FIN, parseSegment, RST, type Segment, SYN, showFlags } from './tcp/segment.ts';

export interface TcpHost {
  readonly kernel: Kernel;
  readonly node: NodeId;
  readonly conversations: Conversations;
  nextId(): number;
  sourceFor(ip: number): number;
  transmit(frame: Uint8Array, conn: ConnectionId, summary: FrameSummary): void;
}

type Accept = (socket: TcpSocket) => TcpEvents;

const EMPTY = new Uint8Array(0);

export class TcpPorts implements ConnectionHost {
  readonly kernel: Kernel;
  private readonly listeners = new Map<number, Accept>();
  /** By local port, then remote address × 65536 + remote port. */
  private readonly byPort = new Map<number, Map<number, Connection>>();
  private count = 0;
  private readonly random: Random;

  constructor(private readonly host: TcpHost) {
    this.kernel = host.kernel;
    this.random = host.kernel.random(`tcp/${host.node}`);
  }

  get ports(): readonly number[] {
    return [...this.listeners.keys()];
  }

  get connections(): readonly Connection[] {
    return [...this.byPort.values()].flatMap((peers) => [...peers.values()]);
  }

  listens(port: number): boolean {
    return this.listeners.has(port);
  }

  /** Whether any connection uses the local port. */
  uses(port: number): boolean {
    return this.byPort.has(port) || this.listeners.has(port);
  }

  listen(port: number, accept: Accept): Listener {
    this.listeners.set(port, accept);
    return {
      port,
      close: () => {
        if (this.listeners.get(port) === accept) this.listeners.delete(port);
      },
    };
  }

  connect(to: SocketAddress, localPort: number, events: TcpEvents): TcpSocket {
    const remoteIp = parseIp(to.ip) ?? 0;
    const localIp = this.host.sourceFor(remoteIp);
    const local = { ip: showIp(localIp), port: localPort };
    const remote = { ip: to.ip, port: to.port };
    const id = this.host.conversations.open({ transport: 'tcp', node: this.host.node, client: local, server: remote });
    const connection = new Connection(this, id, { local, remote, localIp, remoteIp }, this.drawIss(), events);
    const key = keyOf(remoteIp, to.port);
    if (this.count >= MAX_CONNECTIONS || this.byPort.get(localPort)?.has(key) === true) {
      this.kernel.after(0, () => {
        this.host.conversations.leave(id, this.host.node, 'refused');
        events.closed('refused');
      });
      return connection;
    }
    this.keep(connection, key);
    connection.open();
    return connection;
  }

  arrived(frame: Uint8Array, conn: ConnectionId): 'malformed' | 'bad-checksum' | undefined {
    const segment = parseSegment(frame);
    if (typeof segment === 'string') return segment;
    const key = keyOf(segment.source, segment.sourcePort);
    const connection = this.byPort.get(segment.destinationPort)?.get(key);
    if (connection !== undefined && !this.makesRoom(connection, segment)) connection.receive(segment);
    else if ((segment.flags & (SYN | ACK | RST)) === SYN && this.mayAccept(segment)) this.accept(segment, key, conn);
    else this.refuse(segment, conn);
    return undefined;
  }

  clear(): void {
    this.listeners.clear();
    const all = this.connections;
    this.byPort.clear();
    this.count = 0;
    for (const connection of all) connection.vanish();
  }

  // ── what a connection needs ─────────────────────────────────────────────────────────────────────────────────

  nextId(): number {
    return this.host.nextId();
  }

  transmit(frame: Uint8Array, conn: ConnectionId, summary: FrameSummary): void {
    this.host.transmit(frame, conn, summary);
  }

  stateChanged(conn: ConnectionId, from: string, event: string, to: string): void {
    this.kernel.trace.append(this.host.node, { type: 'tcp-state', conn, from, event, to });
  }

  retransmitting(conn: ConnectionId, cause: 'rto' | 'fast' | 'syn' | 'probe', range: StreamRange): void {
    this.kernel.trace.append(this.host.node, { type: 'tcp-retransmit', conn, cause, range });
  }

  accepted(connection: HostedConnection): TcpEvents | undefined {
    return this.listeners.get(connection.local.port)?.(connection);
  }

  ended(connection: HostedConnection, reason: CloseReason): void {
    this.host.conversations.leave(connection.id, this.host.node, reason);
  }

  released(connection: HostedConnection): void {
    const { port } = connection.local;
    const peers = this.byPort.get(port);
    const key = keyOf(connection.remoteIp, connection.remote.port);
    if (peers?.get(key) !== connection) return;
    peers.delete(key);
    this.count--;
    if (peers.size === 0) this.byPort.delete(port);
  }

  // ── arrivals ────────────────────────────────────────────────────────────────────────────────────────────────

  /** RFC 9293 §3.10.7.4, second: a new SYN beyond the old sequence may take the place of a connection in TIME-WAIT. */
  private makesRoom(connection: Connection, segment: Segment): boolean {
    if (connection.state !== 'TIME-WAIT' || (segment.flags & (SYN | RST | ACK)) !== SYN) return false;
    if (!this.listeners.has(segment.destinationPort)) return false;
    connection.abort();
    return true;
  }

  private mayAccept(segment: Segment): boolean {
    if (!this.listeners.has(segment.destinationPort) || this.count >= MAX_CONNECTIONS) return false;
    let halfOpen = 0;
    for (const { state } of this.byPort.get(segment.destinationPort)?.values() ?? []) {
      if (state === 'SYN-RECEIVED' && ++halfOpen >= BACKLOG) return false;
    }
    return true;
  }

  private accept(segment: Segment, key: number, conn: ConnectionId): void {
    const ends = {
      local: { ip: showIp(segment.destination), port: segment.destinationPort },
      remote: { ip: showIp(segment.source), port: segment.sourcePort },
      localIp: segment.destination,
      remoteIp: segment.source,
    };
    const connection = new Connection(this, conn, ends, this.drawIss(), undefined);
    this.host.conversations.join(conn);
    this.keep(connection, key);
    connection.openPassively(segment);
  }

  /** RFC 9293 §3.10.7.1: a reset that the other side will believe. */
  private refuse(segment: Segment, conn: ConnectionId): void {
    if (segment.flags & RST) return;
    const length = segment.payload.length + (segment.flags & SYN ? 1 : 0) + (segment.flags & FIN ? 1 : 0);
    const answered = (segment.flags & ACK) !== 0;
    const flags = answered ? RST : RST | ACK;
    const frame = emitSegment({
      source: segment.destination,
      sourcePort: segment.destinationPort,
      destination: segment.source,
      destinationPort: segment.sourcePort,
      seq: answered ? segment.ack : 0,
      ack: answered ? 0 : (segment.seq + length) >>> 0,
      flags,
      window: 0,
      payload: EMPTY,
      id: this.host.nextId(),
    });
    this.host.transmit(frame, conn, {
      protocol: 'tcp',
      source: { ip: showIp(segment.destination), port: segment.destinationPort },
      destination: { ip: showIp(segment.source), port: segment.sourcePort },
      flags: showFlags(flags),
    });
  }

  private keep(connection: Connection, key: number): void {
    const { port } = connection.local;
    let peers = this.byPort.get(port);
    if (peers === undefined) {
      peers = new Map();
      this.byPort.set(port, peers);
    }
    peers.set(key, connection);
    this.count++;
  }

  /** RFC 9293 §3.4.1: not predictable; drawn from the node's own stream. */
  private drawIss(): number {
    return this.random.integer(0, 0xffff_ffff);
  }
}

function keyOf(ip: number, port: number): number {
  return ip * 65_536 + port;
}
