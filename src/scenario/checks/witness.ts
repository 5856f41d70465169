/** Follows the trace for what several checks need: who is at the ends of a connection, and whether a person typed on it. */
import type { NodeId, SocketAddress, TraceEntry } from '../../core/index.ts';
import type { Witness } from './watcher.ts';

interface Ends {
  readonly client: NodeId;
  readonly server: NodeId;
  readonly port: number;
}

export class TraceWitness implements Witness {
  private readonly connections = new Map<string, Ends>();
  private readonly handTyped = new Set<string>();

  constructor(
    private readonly nodeAt: (address: SocketAddress) => NodeId,
    readonly payload: (ref: number) => Uint8Array | undefined,
  ) {}

  see(entry: TraceEntry): void {
    if (entry.type === 'conn-opened') {
      this.connections.set(entry.conn, {
        client: entry.node,
        server: entry.serverNode ?? this.nodeAt(entry.server),
        port: entry.server.port,
      });
    } else if (entry.type === 'pdu-sent' && entry.pdu.protocol === 'raw') {
      this.handTyped.add(entry.conn);
    }
  }

  ends(conn: string): Ends | undefined {
    return this.connections.get(conn);
  }

  typed(conn: string): boolean {
    return this.handTyped.has(conn);
  }
}
