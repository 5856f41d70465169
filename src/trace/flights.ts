/** Frames on their way: what the stage draws. Each is labelled once, when it is sent. */
import type { DropReason, FrameId, LinkId, Micros, NodeId, Pdu, ProtocolId, TraceEntry } from '../core/index.ts';
import { lowerBound } from './changes.ts';
import type { Conversations } from './conversations.ts';
import { flagsLabel } from './flags.ts';

export interface Flight {
  readonly frame: FrameId;
  readonly seq: number;
  readonly link: LinkId;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly departs: Micros;
  readonly arrives: Micros;
  /** What it carries: a PDU's verb, or TCP's own flags (`SYN`, `ACK`). */
  readonly label: string;
  readonly pdu: Pdu | undefined;
  /** Colour class: a protocol, or `tcp` for segments without data. */
  readonly kind: ProtocolId | 'tcp';
  readonly conn: string | undefined;
  readonly retransmission: boolean;
  /** When and why it was lost. */
  dropped: { readonly at: Micros; readonly reason: DropReason } | undefined;
}

export interface FlightNow {
  readonly flight: Flight;
  /** 0 at its sender, 1 at its receiver. */
  readonly progress: number;
  readonly lost: boolean;
}

/** How long a lost frame stays visible where it vanished, in shares of its flight. */
const AFTERGLOW = 0.6;
/** No frame takes longer than this many later frames to arrive: a bound on the look back. */
const LOOK_BACK = 600;

export class Flights {
  private readonly flights: Flight[] = [];
  private readonly sentAt: Micros[] = [];
  private readonly byFrame = new Map<FrameId, Flight>();

  constructor(private readonly conversations: Conversations) {}

  get all(): readonly Flight[] {
    return this.flights;
  }

  push(entry: TraceEntry): void {
    switch (entry.type) {
      case 'frame-sent': {
        const flight = this.describe(entry);
        this.flights.push(flight);
        this.sentAt.push(entry.at);
        this.byFrame.set(entry.frame, flight);
        return;
      }
      case 'frame-arrived':
        this.byFrame.delete(entry.frame);
        return;
      case 'frame-dropped': {
        const flight = this.byFrame.get(entry.frame);
        if (flight !== undefined) flight.dropped = { at: entry.at, reason: entry.reason };
        this.byFrame.delete(entry.frame);
        return;
      }
    }
  }

  /** The frames on their way at virtual time `at`, of the first `length` entries. */
  at(at: Micros, length: number): readonly FlightNow[] {
    const now: FlightNow[] = [];
    const end = lowerBound(this.sentAt, at + 1);
    for (let i = end - 1; i >= Math.max(0, end - LOOK_BACK); i--) {
      const flight = this.flights[i] as Flight;
      if (flight.seq >= length) continue;
      const { departs, arrives, dropped } = flight;
      const span = Math.max(1, arrives - departs);
      const lost = dropped !== undefined && dropped.at <= at;
      if (lost ? at > dropped.at + span * AFTERGLOW : at >= arrives) continue;
      const shown = lost ? dropped.at : at;
      now.push({ flight, lost, progress: Math.min(1, Math.max(0, (shown - departs) / span)) });
    }
    return now.reverse();
  }

  cut(length: number): void {
    while (this.flights.length > 0 && (this.flights[this.flights.length - 1] as Flight).seq >= length) {
      this.flights.pop();
      this.sentAt.pop();
    }
  }

  private describe(entry: Extract<TraceEntry, { type: 'frame-sent' }>): Flight {
    const { summary, conn } = entry;
    const conversation = conn === undefined ? undefined : this.conversations.get(conn);
    const own = conversation?.clientAddress;
    const side =
      own !== undefined && own.ip === summary.source.ip && own.port === summary.source.port ? 'client' : 'server';
    const pdu =
      conversation === undefined || summary.range === undefined
        ? undefined
        : this.conversations.label(conversation, side, summary.range);
    const data = summary.range !== undefined;
    const said = data && conversation !== undefined ? this.conversations.begun(conversation, side, summary.range) : 0;
    return {
      frame: entry.frame,
      seq: entry.seq,
      link: entry.link,
      from: entry.node,
      to: entry.to,
      departs: entry.departs,
      arrives: entry.arrives,
      label: pdu === undefined ? flagText(summary.flags, data) : labelOf(pdu, said),
      pdu,
      kind: data ? (conversation?.protocol ?? 'raw') : 'tcp',
      conn,
      retransmission: summary.retransmission === true,
      dropped: undefined,
    };
  }
}

function flagText(flags: string | undefined, data: boolean): string {
  return data ? '···' : flagsLabel(flags);
}

/** `MAIL FROM +2`: two more follow in the same frame. */
function labelOf(pdu: Pdu, said: number): string {
  const label = pdu.verb || pdu.args.slice(0, 12);
  return said > 1 ? `${label} +${said - 1}` : label;
}
