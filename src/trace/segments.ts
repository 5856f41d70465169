/**
 * The ladder's second layer: TCP's segments from host to host, whatever routers are between. Each is one row with its flags and stream
 * range, when it left and when it came or was lost. Read RFC 9293 §3.1 for the flags.
 */
import type {
  ConnectionId,
  DropReason,
  EntryOf,
  FrameId,
  Micros,
  NodeId,
  SocketAddress,
  StreamRange,
} from '../core/index.ts';
import { flagsLabel } from './flags.ts';
import type { Fold } from './fold.ts';
import { List, withKey, withoutKey } from './persistent-list.ts';

export interface Segment {
  readonly index: number;
  /** The entry with which it left its host. */
  readonly seq: number;
  readonly at: Micros;
  readonly conn: ConnectionId;
  readonly from: NodeId;
  readonly to: NodeId;
  /** `SYN`, `SYN ACK`, `ACK`, `FIN`, `RST`. */
  readonly label: string;
  /** Octets of the sender's stream; absent when it carries none. */
  readonly range: StreamRange | undefined;
  readonly retransmission: boolean;
  readonly arrived: { readonly seq: number; readonly at: Micros } | undefined;
  readonly lost: { readonly seq: number; readonly at: Micros; readonly reason: DropReason } | undefined;
}

export interface SegmentsState {
  readonly segments: List<Segment>;
  readonly ends: ReadonlyMap<ConnectionId, Ends>;
  /** Frames on links now, with the segment that each carries. */
  readonly flying: ReadonlyMap<FrameId, number>;
  /** Segments that are on their way: what a router's frame may carry on. */
  readonly open: readonly number[];
}

interface Ends {
  readonly client: NodeId;
  readonly server: NodeId;
  readonly address: SocketAddress;
}

/** Segments waited for at once: more than the windows of all connections of a lesson. What is older never arrived. */
const KEPT_OPEN = 256;
/** Connections whose ends are remembered; a lesson has a few open at a time. */
const KEPT_CONNECTIONS = 64;

export const segmentsFold: Fold<SegmentsState> = {
  initial: { segments: List.empty(), ends: new Map(), flying: new Map(), open: [] },
  reduce(state, entry) {
    switch (entry.type) {
      case 'conn-opened':
        return entry.transport === 'tcp' ? { ...state, ends: opened(state.ends, entry) } : state;
      case 'frame-sent':
        return entry.summary.protocol === 'tcp' ? sent(state, entry) : state;
      case 'frame-arrived':
      case 'frame-dropped':
        return landed(state, entry);
      default:
        return state;
    }
  },
};

function opened(ends: SegmentsState['ends'], entry: EntryOf<'conn-opened'>): SegmentsState['ends'] {
  const next = new Map(ends);
  next.set(entry.conn, {
    client: entry.node,
    server: entry.serverNode ?? entry.server.ip,
    address: entry.client,
  });
  for (const conn of next.keys()) {
    if (next.size <= KEPT_CONNECTIONS) break;
    next.delete(conn);
  }
  return next;
}

function sent(state: SegmentsState, entry: EntryOf<'frame-sent'>): SegmentsState {
  const { conn, summary } = entry;
  const ends = conn === undefined ? undefined : state.ends.get(conn);
  if (conn === undefined || ends === undefined) return state;
  const { source, range } = summary;
  const out = source.ip === ends.address.ip && source.port === ends.address.port;
  const [from, to] = out ? [ends.client, ends.server] : [ends.server, ends.client];
  const label = flagsLabel(summary.flags) || 'TCP';
  if (entry.node !== from) {
    const carried = state.open.find((index) => {
      const segment = state.segments.at(index);
      return segment?.conn === conn && segment.from === from && segment.label === label && same(segment.range, range);
    });
    return carried === undefined ? state : { ...state, flying: withKey(state.flying, entry.frame, carried) };
  }
  const index = state.segments.length;
  return {
    ...state,
    segments: state.segments.push({
      index,
      seq: entry.seq,
      at: entry.at,
      conn,
      from,
      to,
      label,
      range,
      retransmission: summary.retransmission === true,
      arrived: undefined,
      lost: undefined,
    }),
    flying: withKey(state.flying, entry.frame, index),
    open: [...state.open.slice(-(KEPT_OPEN - 1)), index],
  };
}

function landed(state: SegmentsState, entry: EntryOf<'frame-arrived' | 'frame-dropped'>): SegmentsState {
  const index = state.flying.get(entry.frame);
  const segment = index === undefined ? undefined : state.segments.at(index);
  if (index === undefined || segment === undefined) return state;
  const flying = withoutKey(state.flying, entry.frame);
  const { seq, at } = entry;
  if (entry.type === 'frame-arrived' && entry.node !== segment.to) return { ...state, flying };
  const outcome =
    entry.type === 'frame-arrived'
      ? { arrived: segment.arrived ?? { seq, at }, lost: undefined }
      : { lost: segment.arrived === undefined ? { seq, at, reason: entry.reason } : undefined };
  return {
    ...state,
    flying,
    segments: state.segments.set(index, { ...segment, ...outcome }),
    open: state.open.filter((other) => other !== index),
  };
}

function same(a: StreamRange | undefined, b: StreamRange | undefined): boolean {
  return a?.from === b?.from && a?.to === b?.to;
}
