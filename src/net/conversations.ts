/**
 * Names conversations for the trace, the same at both ends: `tcp:1`, `udp:7`. Opened once by the node that begins, closed once when
 * nobody takes part any more.
 */
import type { ConnectionId, Kernel, NodeId, SocketAddress } from '../core/index.ts';
import type { CloseReason } from './socket.ts';

interface Conversation {
  readonly key: string;
  readonly id: ConnectionId;
  takingPart: number;
  reason: CloseReason;
}

export interface Opening {
  readonly transport: 'tcp' | 'udp';
  readonly node: NodeId;
  readonly client: SocketAddress;
  readonly server: SocketAddress;
}

export class Conversations {
  private readonly byKey = new Map<string, Conversation>();
  private readonly byId = new Map<ConnectionId, Conversation>();
  private readonly numbers = { tcp: 0, udp: 0 };

  constructor(
    private readonly kernel: Kernel,
    private readonly nodeOf: (ip: string) => NodeId | undefined,
  ) {}

  open({ transport, node, client, server }: Opening): ConnectionId {
    const id = `${transport}:${++this.numbers[transport]}`;
    const conversation: Conversation = { key: keyOf(transport, client, server), id, takingPart: 1, reason: 'fin' };
    this.byKey.set(conversation.key, conversation);
    this.byId.set(id, conversation);
    const serverNode = this.nodeOf(server.ip);
    this.kernel.trace.append(node, {
      type: 'conn-opened',
      conn: id,
      transport,
      client,
      server,
      ...(serverNode === undefined ? {} : { serverNode }),
    });
    return id;
  }

  /** The conversation that `from` has begun with `to`, if it is open. */
  find(transport: 'tcp' | 'udp', from: SocketAddress, to: SocketAddress): ConnectionId | undefined {
    return this.byKey.get(keyOf(transport, from, to))?.id;
  }

  join(id: ConnectionId): void {
    const conversation = this.byId.get(id);
    if (conversation !== undefined) conversation.takingPart++;
  }

  leave(id: ConnectionId, node: NodeId, reason: CloseReason): void {
    const conversation = this.byId.get(id);
    if (conversation === undefined) return;
    if (conversation.reason === 'fin') conversation.reason = reason;
    if (--conversation.takingPart > 0) return;
    this.byId.delete(id);
    if (this.byKey.get(conversation.key) === conversation) this.byKey.delete(conversation.key);
    this.kernel.trace.append(node, { type: 'conn-closed', conn: id, reason: conversation.reason });
  }
}

function keyOf(transport: string, client: SocketAddress, server: SocketAddress): string {
  return `${transport}/${client.ip}:${client.port}/${server.ip}:${server.port}`;
}
