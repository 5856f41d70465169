/**
 * The socket interface that programs on a node use: the only face of the network that the hosts layer knows.
 * Everything is event-driven and synchronous in virtual time; nothing here returns a promise.
 */
import type { ConnectionId, NodeId, Octets, SocketAddress, StreamRange } from '../core/index.ts';

export type CloseReason = 'fin' | 'reset' | 'timeout' | 'refused' | 'host-down';

/** What a TCP socket tells its program. Called from kernel events, never re-entrantly from within `write` or `connect`. */
export interface TcpEvents {
  /** The handshake is complete (active opens only; a passive one is complete when it is accepted). */
  connected?(): void;
  data(bytes: Uint8Array): void;
  /** The peer sent FIN: it will send no more; writing is still possible. */
  peerClosed(): void;
  /** The connection is gone; nothing follows. */
  closed(reason: CloseReason): void;
  /** All octets written so far are acknowledged. */
  drained?(): void;
}

export interface TcpSocket {
  readonly id: ConnectionId;
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  /** State of the connection's machine, in RFC 9293's spelling: `ESTABLISHED`. */
  readonly state: string;
  /** Octets written but not yet acknowledged by the peer. */
  readonly pending: Octets;
  /** Queues octets for sending and gives their place in this half of the stream. The caller must not change them. */
  write(bytes: Uint8Array): StreamRange;
  /** FIN after everything written; reading goes on. */
  close(): void;
  /** RST. */
  abort(): void;
  /** Stops delivering data; the receive window closes as the buffer fills. */
  pause(): void;
  resume(): void;
}

export interface Listener {
  readonly port: number;
  close(): void;
}

export interface UdpSocket {
  readonly local: SocketAddress;
  /**
   * Sends one datagram and gives the conversation it belongs to (one per remote address and port). `announce` is called
   * with it before the frame leaves, so that the trace can name the PDU before the frames that carry it.
   */
  send(to: SocketAddress, bytes: Uint8Array, announce?: (conn: ConnectionId) => void): ConnectionId;
  close(): void;
}

export type DatagramHandler = (bytes: Uint8Array, from: SocketAddress, conn: ConnectionId) => void;

export type BindError = { readonly error: 'in-use' | 'invalid-port' | 'host-down'; readonly port: number };

export interface ConnectOptions {
  /** Source port; an ephemeral one when absent. */
  readonly localPort?: number;
}

/** The TCP/IP stack of one node. */
export interface NetStack {
  readonly node: NodeId;
  /** The node's own addresses, first the primary one. */
  readonly addresses: readonly string[];
  /** Accepts connections on `port`; `accept` returns the program's handlers. */
  listen(port: number, accept: (socket: TcpSocket) => TcpEvents): Listener | BindError;
  /** Starts a handshake. Failure is reported by `closed` ('refused', 'timeout'), never thrown. */
  connect(to: SocketAddress, events: TcpEvents, options?: ConnectOptions): TcpSocket;
  /** Binds a UDP port (0: an ephemeral one). */
  bindUdp(port: number, handler: DatagramHandler): UdpSocket | BindError;
  /** Ports that accept TCP connections, and bound UDP ports, in ascending order. */
  readonly listening: readonly { readonly transport: 'tcp' | 'udp'; readonly port: number }[];
  /** Connections as `ss`/`netstat` would list them. */
  readonly connections: readonly {
    readonly id: ConnectionId;
    readonly local: SocketAddress;
    readonly remote: SocketAddress;
    readonly state: string;
  }[];
  /** Power off: every connection and binding is gone without a word on the wire. */
  powerOff(): void;
  /** Power on again, with nothing bound. */
  powerOn(): void;
}
