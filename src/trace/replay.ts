/**
 * Plays what is already recorded: moves a moment forward in presentation time, by the same clock by which the engine makes what is
 * still to happen. For watching again after going back; makes nothing new.
 */
import type { TraceEntry } from '../core/index.ts';
import { PaceClock, type PaceMode } from './pace.ts';
import type { Moment, Recording } from './recording.ts';

export interface Played {
  readonly moment: Moment;
  /** Presentation time (µs) not used because the end of the recording was reached. */
  readonly left: number;
}

export class Replay {
  private pace = new PaceClock();
  /** Entries that the clock has seen, and the last of them: another one in its place means another run. */
  private seen = 0;
  private last: TraceEntry | undefined;

  constructor(private readonly recording: Pick<Recording, 'entries' | 'flights'>) {}

  /** The moment `budget` µs of presentation time after `from`. */
  advance(from: Moment, budget: number, mode: PaceMode): Played {
    const { entries } = this.recording;
    this.follow(from);
    let { length, at } = from;
    let left = budget;
    for (;;) {
      const next = entries[length];
      if (next === undefined) return { moment: { length, at }, left };
      const reached = this.pace.fit(at, next.at, left, mode);
      at = reached.virtual;
      left = reached.left;
      if (at < next.at) return { moment: { length, at }, left };
      this.pace.push(next);
      length++;
      this.seen = length;
      this.last = next;
    }
  }

  /** Shows the clock the frames that are on their way at `from`, unless it is where it was left. */
  private follow(from: Moment): void {
    const { entries, flights } = this.recording;
    const last = entries[from.length - 1];
    if (this.seen === from.length && this.last === last) return;
    this.pace = new PaceClock();
    for (const { flight, lost } of flights.at(from.at, from.length)) {
      const entry = entries[flight.seq];
      if (entry !== undefined && !lost) this.pace.push(entry);
    }
    this.seen = from.length;
    this.last = last;
  }
}
