/**
 * Everything that a front end has been told of a run, with what views need kept up to date entry by entry. Any past moment can be asked
 * for: a moment is a number of entries and a virtual time. Cutting (after a fork) keeps the past and forgets the rest.
 */
import type { Micros, PayloadRef, TraceEntry } from '../core/index.ts';
import { lowerBound } from './changes.ts';
import { Conversations } from './conversations.ts';
import { Flights } from './flights.ts';
import { Guide } from './guide.ts';
import { Ladder } from './ladder.ts';
import { type Marker, markerOf } from './markers.ts';
import { Nodes } from './nodes.ts';
import { Sessions } from './sessions.ts';

/** A place in the run: the first `length` entries have happened, and the clock shows `at`. */
export interface Moment {
  readonly length: number;
  readonly at: Micros;
}

export class Recording {
  readonly entries: TraceEntry[] = [];
  readonly payloads: Uint8Array[] = [];
  conversations = new Conversations();
  flights = new Flights(this.conversations);
  ladder = new Ladder(this.conversations);
  nodes = new Nodes();
  sessions = new Sessions();
  guide = new Guide();
  markers: Marker[] = [];
  private times: Micros[] = [];

  get length(): number {
    return this.entries.length;
  }

  append(entries: readonly TraceEntry[], payloads: readonly Uint8Array[] = []): void {
    this.payloads.push(...payloads);
    for (const entry of entries) this.push(entry);
  }

  payload(ref: PayloadRef): Uint8Array | undefined {
    return this.payloads[ref];
  }

  /** Keeps the first `length` entries. */
  cut(length: number): void {
    const kept = this.entries.slice(0, length);
    this.entries.length = 0;
    this.times = [];
    this.conversations = new Conversations();
    this.flights = new Flights(this.conversations);
    this.ladder = new Ladder(this.conversations);
    this.nodes = new Nodes();
    this.sessions = new Sessions();
    this.guide = new Guide();
    this.markers = [];
    let payloads = 0;
    for (const entry of kept) {
      this.push(entry);
      if (entry.type === 'frame-sent' || entry.type === 'delivery') payloads = Math.max(payloads, entry.payload + 1);
    }
    this.payloads.length = Math.min(this.payloads.length, payloads);
  }

  /** The moment at which virtual time `at` is shown: everything that happened by then has happened. */
  momentAt(at: Micros): Moment {
    return { length: lowerBound(this.times, at + 1), at };
  }

  /** The moment just after entry `seq`. */
  momentAfter(seq: number): Moment {
    const entry = this.entries[Math.min(seq, this.entries.length - 1)];
    return { length: Math.min(seq + 1, this.entries.length), at: entry?.at ?? 0 };
  }

  private push(entry: TraceEntry): void {
    this.entries.push(entry);
    this.times.push(entry.at);
    this.conversations.push(entry);
    this.flights.push(entry);
    this.ladder.push(entry);
    this.nodes.push(entry);
    this.sessions.push(entry);
    this.guide.push(entry);
    const marker = markerOf(entry);
    if (marker !== undefined) this.markers.push(marker);
  }
}
