/** Who talks to whom, and in which protocol: what labels, ladders and colours of frames need to know of each connection. */
import type { ConnectionId, NodeId, Pdu, ProtocolId, SocketAddress, StreamRange, TraceEntry } from '../core/index.ts';

export interface Said {
  readonly pdu: Pdu;
  readonly range: StreamRange;
}

export interface Conversation {
  readonly id: ConnectionId;
  readonly transport: 'tcp' | 'udp';
  readonly client: NodeId;
  readonly server: NodeId;
  readonly clientAddress: SocketAddress;
  readonly serverAddress: SocketAddress;
  readonly openedAt: number;
  /** The protocol that an endpoint speaks on it; `raw` while only a person types. */
  protocol: ProtocolId;
  /** PDUs in the order of their octets, by who sent them. Only the newest are kept: labels need no others. */
  readonly said: { readonly client: Said[]; readonly server: Said[] };
}

/** PDUs remembered for each side: far more than can be on their way at once. */
const REMEMBERED = 64;

const BY_PORT: Readonly<Record<number, ProtocolId>> = {
  22: 'ssh',
  23: 'telnet',
  24: 'lmtp',
  25: 'smtp',
  53: 'dns',
  110: 'pop3',
  143: 'imap',
  587: 'smtp',
};

export class Conversations {
  private readonly byId = new Map<ConnectionId, Conversation>();

  get(id: ConnectionId): Conversation | undefined {
    return this.byId.get(id);
  }

  push(entry: TraceEntry): void {
    switch (entry.type) {
      case 'conn-opened':
        this.byId.set(entry.conn, {
          id: entry.conn,
          transport: entry.transport,
          client: entry.node,
          server: entry.serverNode ?? entry.server.ip,
          clientAddress: entry.client,
          serverAddress: entry.server,
          openedAt: entry.at,
          protocol: BY_PORT[entry.server.port] ?? 'raw',
          said: { client: [], server: [] },
        });
        return;
      case 'pdu-sent':
      case 'pdu-received': {
        const conversation = this.byId.get(entry.conn);
        if (conversation === undefined) return;
        if (entry.pdu.protocol !== 'raw') conversation.protocol = entry.pdu.protocol;
        if (entry.type === 'pdu-sent') this.remember(conversation, entry.node, entry);
        return;
      }
    }
  }

  /** What a stretch of a stream says: the PDU that begins in it, or else the one that goes on in it. */
  label(conversation: Conversation, side: 'client' | 'server', range: StreamRange): Pdu | undefined {
    const said = conversation.said[side];
    let found: Pdu | undefined;
    for (let i = said.length - 1; i >= 0; i--) {
      const { pdu, range: own } = said[i] as Said;
      if (own.to <= range.from) break;
      if (own.from < range.to) found = pdu;
      if (own.from <= range.from) break;
    }
    return found;
  }

  /** How many PDUs begin in a stretch of a stream: pipelined commands travel together. */
  begun(conversation: Conversation, side: 'client' | 'server', range: StreamRange): number {
    const said = conversation.said[side];
    let count = 0;
    for (let i = said.length - 1; i >= 0; i--) {
      const { range: own } = said[i] as Said;
      if (own.from < range.from) break;
      if (own.from < range.to) count++;
    }
    return count;
  }

  private remember(conversation: Conversation, node: NodeId, { pdu, range }: Said): void {
    const said = conversation.said[node === conversation.client ? 'client' : 'server'];
    // Each datagram counts its octets from 0: only the newest can be meant.
    if (conversation.transport === 'udp') said.length = 0;
    said.push({ pdu, range });
    if (said.length > REMEMBERED) said.shift();
  }
}
