/**
 * Presentation time (the dilated clock): how much virtual time passes in a span of what a person watches. Frames on a link are slowed
 * down until the eye can follow them, idle gaps are shortened. Pure and deterministic: the same entries and calls give the same answers.
 * Knows no wall clock and no scheduler; engine/runner.ts asks it.
 */
import type { FrameId, Micros, TraceEntry } from '../core/index.ts';

export type PaceMode = 'lesson' | 'live';
/** The name that the folder's index gives it. */
export type PaceName = PaceMode;

/** Where a span of presentation time leads. */
export interface Reached {
  /** Virtual time now shown, whole µs; never beyond `nextAt`. */
  readonly virtual: Micros;
  /** Presentation time that was not needed (µs): more than 0 only when `nextAt` is reached. */
  readonly left: number;
}

/** A frame that carries application octets is on screen this long (µs) on the fastest link, and on a link of a second. */
const PDU_FRAME = { fast: 320_000, slow: 900_000 };
/** The same for a segment without octets (SYN, ACK, FIN): seen, but not waited for. */
const BARE_FRAME = { fast: 90_000, slow: 250_000 };
/** Links below a millisecond are all "fast"; a second and more is "slow"; between them the scale is logarithmic. */
const FAST_LINK = 1_000;
const DECADES = 3;
/** Nobody follows more pills than this at once: with more in flight the clock goes faster in proportion. */
const FOLLOWED = 4;
/** The longest that an idle gap may take on screen. */
const LONGEST_GAP = { lesson: 600_000, live: 1_000_000 };

interface Flight {
  readonly departs: Micros;
  readonly arrives: Micros;
  /** Presentation µs per virtual µs that this frame asks for. */
  readonly rate: number;
  readonly bare: boolean;
}

export class PaceClock {
  private readonly flights = new Map<FrameId, Flight>();
  /** The idle gap under way: its rate is fixed when it begins, so that it passes evenly. */
  private gap: { readonly end: Micros; readonly mode: PaceMode; readonly rate: number } | undefined;
  /** Virtual time lost by rounding down to whole µs. */
  private carry = 0;

  /** Takes the entries of the trace as they come. */
  push(entry: TraceEntry): void {
    switch (entry.type) {
      case 'frame-sent': {
        const span = entry.arrives - entry.departs;
        if (span <= 0) return;
        const { summary } = entry;
        const bare =
          summary.protocol === 'tcp' && (summary.range === undefined || summary.range.to <= summary.range.from);
        const rate = Math.max(1, visible(span, bare ? BARE_FRAME : PDU_FRAME) / span);
        this.flights.set(entry.frame, { departs: entry.departs, arrives: entry.arrives, rate, bare });
        return;
      }
      case 'frame-arrived':
      case 'frame-dropped':
        this.flights.delete(entry.frame);
        return;
    }
  }

  /**
   * How far virtual time gets from `now` towards the next event at `nextAt` in `budget` µs of presentation time.
   * Without a next event time stands still and nothing is left. Any budget above 0 moves by 1 µs at least. With `patient`, no
   * wait is shortened: someone sits at a terminal, and a server's idle timer must not run out while they think.
   */
  fit(now: Micros, nextAt: Micros | undefined, budget: number, pace: PaceMode, patient = false): Reached {
    if (nextAt === undefined) return { virtual: now, left: 0 };
    let at = now;
    let left = budget;
    while (at < nextAt) {
      if (!(left > 0)) return { virtual: at, left: 0 };
      const { rate, until } = this.stretch(at, nextAt, pace, patient);
      const cost = (until - at) * rate;
      if (cost <= left) {
        left -= cost;
        at = until;
        this.carry = 0;
        continue;
      }
      const exact = at + left / rate + this.carry;
      const reached = Math.min(until, Math.max(Math.floor(exact), at + 1));
      this.carry = Math.max(-1, exact - reached);
      return { virtual: reached, left: 0 };
    }
    return { virtual: at, left: Math.max(0, left) };
  }

  /** The rate from `at` on, and until when it holds. */
  private stretch(
    at: Micros,
    nextAt: Micros,
    pace: PaceMode,
    patient: boolean,
  ): { readonly rate: number; readonly until: Micros } {
    let until = nextAt;
    let rate = 0;
    let pdus = 0;
    for (const [frame, flight] of this.flights) {
      if (flight.arrives <= at) this.flights.delete(frame);
      else if (flight.departs > at) until = Math.min(until, flight.departs);
      else {
        until = Math.min(until, flight.arrives);
        rate = Math.max(rate, flight.rate);
        if (!flight.bare) pdus++;
      }
    }
    if (rate === 0) return { rate: patient ? 1 : this.gapRate(at, until, pace), until };
    this.gap = undefined;
    if (pace === 'live') return { rate: 1, until };
    return { rate: Math.max(1, pdus > FOLLOWED ? (rate * FOLLOWED) / pdus : rate), until };
  }

  private gapRate(at: Micros, end: Micros, mode: PaceMode): number {
    if (this.gap?.end === end && this.gap.mode === mode) return this.gap.rate;
    const rate = Math.min(1, LONGEST_GAP[mode] / (end - at));
    this.gap = { end, mode, rate };
    return rate;
  }
}

function visible(span: Micros, range: { readonly fast: number; readonly slow: number }): number {
  const part = Math.min(1, Math.max(0, Math.log10(span / FAST_LINK) / DECADES));
  return range.fast + (range.slow - range.fast) * part;
}
