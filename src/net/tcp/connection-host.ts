/** What a connection needs of the stack that it belongs to: a way out, names for what happens, and someone to tell. */
import type { ConnectionId, FrameSummary, Kernel, StreamRange } from '../../core/index.ts';
import type { CloseReason, TcpEvents, TcpSocket } from '../socket.ts';

/** A connection as its stack knows it. */
export interface HostedConnection extends TcpSocket {
  readonly remoteIp: number;
}

export interface ConnectionHost {
  readonly kernel: Kernel;
  /** The next IPv4 identification. */
  nextId(): number;
  transmit(frame: Uint8Array, conn: ConnectionId, summary: FrameSummary): void;
  stateChanged(conn: ConnectionId, from: string, event: string, to: string): void;
  retransmitting(conn: ConnectionId, cause: 'rto' | 'fast' | 'syn' | 'probe', range: StreamRange): void;
  /** A passive open is complete: gives the program's handlers, or `undefined` when nobody listens any more. */
  accepted(connection: HostedConnection): TcpEvents | undefined;
  /** The program has been told the end. */
  ended(connection: HostedConnection, reason: CloseReason): void;
  /** The connection is in CLOSED: forget it. */
  released(connection: HostedConnection): void;
}
