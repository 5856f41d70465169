/**
 * The vocabulary of the trace: one union of plain, serialisable values. Every view is a fold over these.
 * Read trace.ts for how they are kept. Keep entries flat and small: payload octets live in the trace's store.
 */
import type { BudgetExceeded } from './budget.ts';
import type { Action, Fault } from './input.ts';
import type { Pdu, StreamRange } from './pdu.ts';
import type { Micros, Octets } from './units.ts';

export const TRACE_VERSION = 1;

/** Name of a node in the world: `pc-ana`. */
export type NodeId = string;
/** Name of a link: `pc-ana--alba`. */
export type LinkId = string;
/** One transport conversation, shared by both of its ends: `tcp:1`, `udp:7`. */
export type ConnectionId = string;
/** One protocol role at work: `smtp-alba/smtp#3`. */
export type EndpointId = string;
/** Index of an octet string in the trace's payload store. */
export type PayloadRef = number;
/** One frame on one link; a router's copy on the next link is another frame. */
export type FrameId = number;

export interface SocketAddress {
  readonly ip: string;
  readonly port: number;
}

export type DropReason =
  | 'loss'
  | 'link-down'
  | 'queue-full'
  | 'host-down'
  | 'no-route'
  | 'ttl-exceeded'
  | 'bad-checksum'
  | 'not-for-us'
  | 'malformed';

/** What a frame carries, decoded once at the sender for whoever only wants to label it. */
export interface FrameSummary {
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'other';
  readonly source: SocketAddress;
  readonly destination: SocketAddress;
  /** TCP flags as letters in the order `SAFRPU`: `S`, `SA`, `A`, `PA`, `FA`, `R`. */
  readonly flags?: string;
  /** Stream octets in this segment, [from, to) of the sender's half; absent when it carries none. */
  readonly range?: StreamRange;
  readonly retransmission?: boolean;
}

export type EntryBody =
  /** A frame enters a link: waits until `departs`, is on the medium until `arrives`. `lost` when it will not arrive. */
  | {
      readonly type: 'frame-sent';
      readonly frame: FrameId;
      readonly link: LinkId;
      readonly to: NodeId;
      readonly departs: Micros;
      readonly arrives: Micros;
      readonly payload: PayloadRef;
      readonly conn?: ConnectionId;
      readonly summary: FrameSummary;
    }
  | { readonly type: 'frame-arrived'; readonly frame: FrameId; readonly link: LinkId }
  | { readonly type: 'frame-dropped'; readonly frame: FrameId; readonly link: LinkId; readonly reason: DropReason }
  /** A conversation begins: recorded once by the initiating node. */
  | {
      readonly type: 'conn-opened';
      readonly conn: ConnectionId;
      readonly transport: 'tcp' | 'udp';
      readonly client: SocketAddress;
      readonly server: SocketAddress;
      readonly serverNode?: NodeId;
    }
  | {
      readonly type: 'conn-closed';
      readonly conn: ConnectionId;
      readonly reason: 'fin' | 'reset' | 'timeout' | 'refused' | 'host-down';
    }
  | {
      readonly type: 'tcp-state';
      readonly conn: ConnectionId;
      readonly from: string;
      readonly event: string;
      readonly to: string;
    }
  | {
      readonly type: 'tcp-retransmit';
      readonly conn: ConnectionId;
      readonly cause: 'rto' | 'fast' | 'syn' | 'probe';
      readonly range: StreamRange;
    }
  /** A PDU was written to a stream or datagram by this node. */
  | {
      readonly type: 'pdu-sent';
      readonly conn: ConnectionId;
      readonly endpoint: EndpointId;
      readonly pdu: Pdu;
      readonly range: StreamRange;
    }
  /** A PDU was parsed by this node out of what its peer sent. */
  | {
      readonly type: 'pdu-received';
      readonly conn: ConnectionId;
      readonly endpoint: EndpointId;
      readonly pdu: Pdu;
      readonly range: StreamRange;
    }
  /** A protocol role starts (`to` is its first state) or its machine moves. `machine` is a registry key: `smtp.server`. */
  | {
      readonly type: 'transition';
      readonly endpoint: EndpointId;
      readonly machine: string;
      readonly conn?: ConnectionId;
      readonly from: string;
      readonly event: string;
      readonly to: string;
    }
  | {
      readonly type: 'dns';
      readonly what: 'query' | 'answer' | 'cache-hit' | 'cache-store' | 'failure';
      readonly name: string;
      readonly rrtype: string;
      readonly rcode: string;
      readonly answers: readonly string[];
      readonly ttl?: number;
    }
  | {
      readonly type: 'queue';
      readonly what: 'accepted' | 'attempt' | 'deferred' | 'relayed' | 'delivered' | 'bounced' | 'expired' | 'dropped';
      readonly id: string;
      readonly sender: string;
      readonly recipients: readonly string[];
      readonly size: Octets;
      /** The next hop or the remote's reply, as text. */
      readonly detail: string;
      /** When the next attempt is due. */
      readonly retryAt?: Micros;
      /** Messages left in this node's queue after the change. */
      readonly length: number;
    }
  /** A message was stored in a mailbox. */
  | {
      readonly type: 'delivery';
      readonly user: string;
      readonly mailbox: string;
      readonly uid: number;
      readonly size: Octets;
      readonly messageId: string;
      readonly payload: PayloadRef;
    }
  | {
      readonly type: 'mailbox';
      readonly user: string;
      readonly mailbox: string;
      readonly what: 'flags' | 'expunged' | 'created' | 'deleted' | 'renamed' | 'selected';
      readonly uid?: number;
      readonly flags?: readonly string[];
      readonly count: number;
    }
  | {
      readonly type: 'auth';
      readonly endpoint: EndpointId;
      readonly conn?: ConnectionId;
      readonly user: string;
      readonly mechanism: string;
      readonly ok: boolean;
    }
  /** Output of a terminal session, as the terminal would receive it (UTF-8, CR LF line ends, ANSI sequences). */
  | { readonly type: 'terminal'; readonly session: string; readonly data: string }
  /** A terminal session begins; `title` is what its tab says. Later ones with the same id change the title. */
  | { readonly type: 'session'; readonly session: string; readonly title: string; readonly state: 'open' | 'closed' }
  /** A command was run in a shell, with its outcome. */
  | { readonly type: 'command'; readonly session: string; readonly line: string; readonly status: number }
  /** A line written to a log file of a node. */
  | { readonly type: 'log'; readonly file: string; readonly line: string }
  | { readonly type: 'host'; readonly what: 'up' | 'down' }
  | { readonly type: 'fault'; readonly fault: Fault }
  | { readonly type: 'input'; readonly action: Action }
  /** A phase of the scenario begins; its name is a key of the scenario. */
  | { readonly type: 'phase'; readonly phase: string }
  /** A step of the scenario's narration is reached. */
  | { readonly type: 'step'; readonly step: string }
  /** A goal of the scenario is met (or, for a prohibition, broken); `reason` is a catalogue code with parameters. */
  | {
      readonly type: 'goal';
      readonly goal: string;
      readonly passed: boolean;
      readonly reason: string;
      readonly params: Readonly<Record<string, string | number>>;
    }
  /** Anything else worth seeing: a catalogue code and its parameters, never a sentence. */
  | {
      readonly type: 'note';
      readonly code: string;
      readonly params: Readonly<Record<string, string | number>>;
      readonly conn?: ConnectionId;
    }
  | { readonly type: 'stopped'; readonly exceeded: BudgetExceeded };

export type EntryType = EntryBody['type'];

/** An entry as kept: numbered from 0, stamped with virtual time and the node where it happened (`''`: the world). */
export type TraceEntry = EntryBody & { readonly seq: number; readonly at: Micros; readonly node: NodeId };

/** The entries of one type: `EntryOf<'pdu-sent'>`. */
export type EntryOf<T extends EntryType> = Extract<TraceEntry, { type: T }>;
