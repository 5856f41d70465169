/**
 * The TCP/IP stack of one host: addresses, the one route to its network and beyond, and the hand-over between frames and the two
 * transports. Implements the socket interface that programs use (socket.ts).
 */
import type { ConnectionId, DropReason, FrameSummary, Kernel, NodeId, Random, SocketAddress } from '../core/index.ts';
import { inPrefix, isLoopback, type Prefix, showIp } from './address.ts';
import type { Conversations } from './conversations.ts';
import { destinationOf, isSoundIpv4, PROTOCOL_TCP, PROTOCOL_UDP, protocolOf, setMacs } from './frame.ts';
import { EPHEMERAL_FIRST, EPHEMERAL_LAST, LOOPBACK_BANDWIDTH, LOOPBACK_DELAY } from './limits.ts';
import { type FrameCounter, Link } from './link.ts';
import type { Attachment, LinkEnd, Packet } from './packet.ts';
import type { Switch } from './segment-switch.ts';
import type {
  BindError,
  ConnectOptions,
  DatagramHandler,
  Listener,
  NetStack,
  TcpEvents,
  TcpSocket,
  UdpSocket,
} from './socket.ts';
import { TcpPorts } from './tcp-ports.ts';
import { UdpPorts } from './udp-ports.ts';

export interface Uplink {
  readonly mac: Uint8Array;
  readonly end: LinkEnd;
  readonly segment: Switch;
  readonly prefix: Prefix;
  /** Address of the router. */
  readonly gateway: number | undefined;
}

export interface StackOptions {
  readonly kernel: Kernel;
  readonly node: NodeId;
  /** At least one. */
  readonly addresses: readonly number[];
  readonly conversations: Conversations;
  readonly frames: FrameCounter;
}

export class Stack implements NetStack, Attachment {
  readonly node: NodeId;
  readonly kernel: Kernel;
  readonly conversations: Conversations;
  readonly addresses: readonly string[];
  private readonly ips: readonly number[];
  private readonly tcp: TcpPorts;
  private readonly udp: UdpPorts;
  private readonly random: Random;
  private readonly loopback: LinkEnd;
  private uplink: Uplink | undefined;
  private powered = false;
  private ipId: number;
  private port: number;

  constructor(options: StackOptions) {
    this.kernel = options.kernel;
    this.node = options.node;
    this.conversations = options.conversations;
    this.ips = options.addresses;
    this.addresses = options.addresses.map(showIp);
    this.random = this.kernel.random(`stack/${this.node}`);
    this.ipId = this.random.integer(0, 0xffff);
    this.port = this.random.integer(EPHEMERAL_FIRST, EPHEMERAL_LAST);
    this.tcp = new TcpPorts(this);
    this.udp = new UdpPorts(this);
    this.loopback = new Link(this.kernel, options.frames, `${this.node}--lo`, [this, this], {
      delay: LOOPBACK_DELAY,
      bandwidth: LOOPBACK_BANDWIDTH,
    }).a;
  }

  plugIn(uplink: Uplink): void {
    this.uplink = uplink;
  }

  get listening(): NetStack['listening'] {
    return [
      ...this.tcp.ports.map((port) => ({ transport: 'tcp' as const, port })),
      ...this.udp.ports.map((port) => ({ transport: 'udp' as const, port })),
    ].sort((a, b) => a.port - b.port || a.transport.localeCompare(b.transport));
  }

  get connections(): NetStack['connections'] {
    return this.tcp.connections.map(({ id, local, remote, state }) => ({ id, local, remote, state }));
  }

  listen(port: number, accept: (socket: TcpSocket) => TcpEvents): Listener | BindError {
    return this.bindError(port, this.tcp.listens(port), 1) ?? this.tcp.listen(port, accept);
  }

  connect(to: SocketAddress, events: TcpEvents, options: ConnectOptions = {}): TcpSocket {
    const localPort = options.localPort ?? this.ephemeral((port) => this.tcp.uses(port));
    return this.tcp.connect(to, localPort, events);
  }

  bindUdp(port: number, handler: DatagramHandler): UdpSocket | BindError {
    const error = this.bindError(port, this.udp.has(port), 0);
    if (error !== undefined) return error;
    return this.udp.bind(port === 0 ? this.ephemeral((candidate) => this.udp.has(candidate)) : port, handler);
  }

  powerOff(): void {
    this.powered = false;
    this.tcp.clear();
    this.udp.clear();
  }

  powerOn(): void {
    this.powered = true;
  }

  // ── what the transports need ────────────────────────────────────────────────────────────────────────────────

  nextId(): number {
    this.ipId = (this.ipId + 1) & 0xffff;
    return this.ipId;
  }

  sourceFor(ip: number): number {
    return this.isOwn(ip) ? ip : (this.ips[0] ?? 0);
  }

  transmit(frame: Uint8Array, conn: ConnectionId, summary: FrameSummary): void {
    if (!this.powered) return;
    const packet: Packet = { frame, conn, summary, payload: undefined };
    const destination = destinationOf(frame);
    if (this.isOwn(destination)) {
      this.loopback.send(packet);
      return;
    }
    const { uplink } = this;
    if (uplink === undefined) return;
    const nextHop = inPrefix(destination, uplink.prefix) ? destination : uplink.gateway;
    const mac = nextHop === undefined ? undefined : uplink.segment.macOf(nextHop);
    if (mac === undefined) {
      // Nobody would answer the ARP request: no frame leaves.
      this.kernel.trace.append(this.node, { type: 'note', code: 'net.dropped.no-route', params: {}, conn });
      return;
    }
    setMacs(frame, mac, uplink.mac);
    uplink.end.send(packet);
  }

  arrived(packet: Packet): void {
    const reason = this.take(packet);
    if (reason === undefined) return;
    this.kernel.trace.append(this.node, {
      type: 'note',
      code: `net.dropped.${reason}`,
      params: {},
      conn: packet.conn,
    });
  }

  private take({ frame, conn }: Packet): DropReason | undefined {
    if (!this.powered) return 'host-down';
    if (!isSoundIpv4(frame)) return 'malformed';
    if (!this.isOwn(destinationOf(frame))) return 'not-for-us';
    switch (protocolOf(frame)) {
      case PROTOCOL_TCP:
        return this.tcp.arrived(frame, conn);
      case PROTOCOL_UDP:
        return this.udp.arrived(frame, conn);
      default:
        return 'not-for-us';
    }
  }

  private isOwn(ip: number): boolean {
    return this.ips.includes(ip) || isLoopback(ip);
  }

  private bindError(port: number, used: boolean, least: 0 | 1): BindError | undefined {
    if (!this.powered) return { error: 'host-down', port };
    if (!Number.isInteger(port) || port < least || port > 65_535) return { error: 'invalid-port', port };
    return used && port !== 0 ? { error: 'in-use', port } : undefined;
  }

  /** The next dynamic port in turn that is free (RFC 6056 §3.3.1: from a random start). */
  private ephemeral(used: (port: number) => boolean): number {
    for (let tried = EPHEMERAL_FIRST; tried <= EPHEMERAL_LAST; tried++) {
      this.port = this.port >= EPHEMERAL_LAST ? EPHEMERAL_FIRST : this.port + 1;
      if (!used(this.port)) break;
    }
    return this.port;
  }
}
