/**
 * The ladder: one row for each message of an application protocol, from who sent it to who took it, and folded rows for a connection's
 * opening and end. The trace holds both ends' view of the same octets; a row joins them.
 */
import type {
  ConnectionId,
  EndpointId,
  Micros,
  NodeId,
  Pdu,
  ProtocolId,
  StreamRange,
  TraceEntry,
} from '../core/index.ts';
import type { Conversation, Conversations } from './conversations.ts';

export interface LadderRow {
  /** Place in the ladder, from 0. */
  readonly index: number;
  /** The entry that began it: the row exists from there on. */
  readonly seq: number;
  readonly conn: ConnectionId;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly sentAt: Micros;
  /** Entry and time at which the receiver had taken it. */
  received: { readonly seq: number; readonly at: Micros } | undefined;
  /** `segment`: of the second layer, see ladder-rows.ts. */
  readonly kind: 'pdu' | 'open' | 'close' | 'segment';
  readonly protocol: ProtocolId | 'tcp';
  readonly pdu: Pdu | undefined;
  /** For `close`: why. For `segment`: its flags and octets. */
  readonly reason: string;
  readonly endpoint: EndpointId | undefined;
  /** A segment that did not arrive, and one that was sent again. */
  readonly lost?: boolean;
  readonly again?: boolean;
}

interface Open {
  readonly row: LadderRow;
  readonly range: StreamRange;
}

/** Rows of one direction that may still be joined with the other end's view. */
const REMEMBERED = 32;

export class Ladder {
  private readonly list: LadderRow[] = [];
  private readonly open = new Map<string, Open[]>();
  /** What a person typed, by place in the stream: when it left. */
  private readonly typed = new Map<
    string,
    { readonly range: StreamRange; readonly at: Micros; readonly seq: number }[]
  >();
  private readonly opened = new Map<ConnectionId, LadderRow>();

  constructor(private readonly conversations: Conversations) {}

  get rows(): readonly LadderRow[] {
    return this.list;
  }

  push(entry: TraceEntry): void {
    switch (entry.type) {
      case 'conn-opened': {
        const conversation = this.conversations.get(entry.conn);
        if (conversation?.transport !== 'tcp') return;
        const row = this.add(entry, conversation, conversation.client, 'open', undefined, 'tcp', '');
        this.opened.set(entry.conn, row);
        return;
      }
      case 'tcp-state': {
        const row = this.opened.get(entry.conn);
        if (entry.to === 'ESTABLISHED' && row !== undefined) row.received ??= { seq: entry.seq, at: entry.at };
        return;
      }
      case 'conn-closed': {
        const conversation = this.conversations.get(entry.conn);
        if (conversation?.transport !== 'tcp') return;
        const row = this.add(entry, conversation, conversation.client, 'close', undefined, 'tcp', entry.reason);
        row.received = { seq: entry.seq, at: entry.at };
        this.opened.delete(entry.conn);
        return;
      }
      case 'pdu-sent':
        return this.sent(entry);
      case 'pdu-received':
        return this.took(entry);
    }
  }

  private sent(entry: Extract<TraceEntry, { type: 'pdu-sent' }>): void {
    const conversation = this.conversations.get(entry.conn);
    if (conversation === undefined) return;
    const key = keyOf(entry.conn, entry.node);
    if (entry.pdu.protocol === 'raw') {
      // Typed by hand: the other end will say what it is.
      remember(this.typed, key, { range: entry.range, at: entry.at, seq: entry.seq });
      return;
    }
    const row = this.add(entry, conversation, entry.node, 'pdu', entry.pdu, entry.pdu.protocol, '');
    remember(this.open, key, { row, range: entry.range });
  }

  private took(entry: Extract<TraceEntry, { type: 'pdu-received' }>): void {
    const conversation = this.conversations.get(entry.conn);
    if (conversation === undefined) return;
    const from = entry.node === conversation.client ? conversation.server : conversation.client;
    const key = keyOf(entry.conn, from);
    const match = this.open.get(key)?.find(({ range }) => overlap(range, entry.range));
    if (match !== undefined) {
      // A reply of several lines is taken when its last line is.
      if (match.row.received === undefined || entry.pdu.protocol === 'raw') {
        match.row.received = { seq: match.row.received?.seq ?? entry.seq, at: entry.at };
      }
      if (entry.pdu.protocol !== 'raw') forget(this.open, key, match);
      return;
    }
    const typed = this.typed.get(key)?.find(({ range }) => overlap(range, entry.range));
    const row = this.add(entry, conversation, from, 'pdu', entry.pdu, entry.pdu.protocol, '', typed?.at);
    row.received = { seq: entry.seq, at: entry.at };
  }

  private add(
    entry: TraceEntry,
    conversation: Conversation,
    from: NodeId,
    kind: LadderRow['kind'],
    pdu: Pdu | undefined,
    protocol: ProtocolId | 'tcp',
    reason: string,
    sentAt: Micros = entry.at,
  ): LadderRow {
    const to = from === conversation.client ? conversation.server : conversation.client;
    const endpoint = entry.type === 'pdu-sent' || entry.type === 'pdu-received' ? entry.endpoint : undefined;
    const row: LadderRow = {
      index: this.list.length,
      seq: entry.seq,
      conn: conversation.id,
      from,
      to,
      sentAt,
      received: undefined,
      kind,
      protocol,
      pdu,
      reason,
      endpoint,
    };
    this.list.push(row);
    return row;
  }
}

function keyOf(conn: ConnectionId, from: NodeId): string {
  return `${conn} ${from}`;
}

function overlap(a: StreamRange, b: StreamRange): boolean {
  return a.from < b.to && b.from < a.to;
}

function remember<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list === undefined) {
    map.set(key, [item]);
    return;
  }
  list.push(item);
  if (list.length > REMEMBERED) list.shift();
}

function forget<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  const at = list?.indexOf(item) ?? -1;
  if (at >= 0) list?.splice(at, 1);
}
