/** The UDP half of a node's stack: bound ports and the conversations that their datagrams belong to. */
import type { ConnectionId, FrameSummary, NodeId, SocketAddress } from '../core/index.ts';
import { parseIp, showIp } from './address.ts';
import type { Conversations } from './conversations.ts';
import { MAX_CONVERSATIONS, MAX_DATAGRAM } from './limits.ts';
import type { DatagramHandler, UdpSocket } from './socket.ts';
import { emitDatagram, parseDatagram } from './udp.ts';

export interface UdpHost {
  readonly node: NodeId;
  readonly conversations: Conversations;
  nextId(): number;
  /** The own address that is used towards `ip`. */
  sourceFor(ip: number): number;
  transmit(frame: Uint8Array, conn: ConnectionId, summary: FrameSummary): void;
}

export class UdpPorts {
  private readonly bound = new Map<number, BoundSocket>();

  constructor(private readonly host: UdpHost) {}

  get ports(): readonly number[] {
    return [...this.bound.keys()];
  }

  has(port: number): boolean {
    return this.bound.has(port);
  }

  bind(port: number, handler: DatagramHandler): UdpSocket {
    const socket = new BoundSocket(this.host, port, handler, () => this.bound.delete(port));
    this.bound.set(port, socket);
    return socket;
  }

  /** Why the datagram was not taken, if it was not. */
  arrived(frame: Uint8Array, conn: ConnectionId): 'malformed' | 'bad-checksum' | 'not-for-us' | undefined {
    const datagram = parseDatagram(frame);
    if (typeof datagram === 'string') return datagram;
    const socket = this.bound.get(datagram.destinationPort);
    if (socket === undefined) return 'not-for-us';
    const from = { ip: showIp(datagram.source), port: datagram.sourcePort };
    socket.handler(datagram.payload, from, conn);
    return undefined;
  }

  clear(): void {
    for (const socket of [...this.bound.values()]) socket.close();
  }
}

class BoundSocket implements UdpSocket {
  readonly local: SocketAddress;
  /** Conversations that this socket began, oldest first. */
  private readonly begun = new Map<string, ConnectionId>();
  private open = true;

  constructor(
    private readonly host: UdpHost,
    port: number,
    readonly handler: DatagramHandler,
    private readonly released: () => void,
  ) {
    this.local = { ip: showIp(host.sourceFor(0)), port };
  }

  send(to: SocketAddress, bytes: Uint8Array, announce?: (conn: ConnectionId) => void): ConnectionId {
    const destination = parseIp(to.ip);
    if (!this.open || destination === undefined || bytes.length > MAX_DATAGRAM) return '';
    const source = this.host.sourceFor(destination);
    const from = { ip: showIp(source), port: this.local.port };
    const conn = this.conversation(from, to);
    announce?.(conn);
    const frame = emitDatagram(
      { source, sourcePort: from.port, destination, destinationPort: to.port, payload: bytes },
      this.host.nextId(),
    );
    this.host.transmit(frame, conn, {
      protocol: 'udp',
      source: from,
      destination: to,
      range: { from: 0, to: bytes.length },
    });
    return conn;
  }

  close(): void {
    if (!this.open) return;
    this.open = false;
    for (const conn of this.begun.values()) this.host.conversations.leave(conn, this.host.node, 'fin');
    this.begun.clear();
    this.released();
  }

  /** An answer belongs to the conversation of its question; anything else begins one. */
  private conversation(from: SocketAddress, to: SocketAddress): ConnectionId {
    const { conversations, node } = this.host;
    const known = conversations.find('udp', from, to) ?? conversations.find('udp', to, from);
    if (known !== undefined) return known;
    const conn = conversations.open({ transport: 'udp', node, client: from, server: to });
    if (this.begun.size >= MAX_CONVERSATIONS) {
      for (const [key, oldest] of this.begun) {
        conversations.leave(oldest, node, 'fin');
        this.begun.delete(key);
        break;
      }
    }
    this.begun.set(`${to.ip}:${to.port}`, conn);
    return conn;
  }
}
