/**
 * A fold at any position of a run: checkpoints every few hundred entries (states are persistent, so one costs a reference), and the last
 * position asked for, so that going forward folds nothing twice. Finds out by itself that a run was cut and went another way.
 */
import type { TraceEntry } from '../core/index.ts';
import type { Fold, FoldContext } from './fold.ts';

/** What a history reads: a `Recording` is one. */
export interface Run extends FoldContext {
  readonly entries: readonly TraceEntry[];
}

interface Checkpoint<S> {
  readonly length: number;
  /** The last entry in it. While that very object is in its place, so are all before it: runs are only cut at their end. */
  readonly last: TraceEntry | undefined;
  readonly state: S;
}

/** Entries between checkpoints: folding this many takes a small part of a screen frame. */
const STRETCH = 256;

export class History<S> {
  private readonly checkpoints: Checkpoint<S>[] = [];
  private latest: Checkpoint<S>;

  constructor(
    private readonly fold: Fold<S>,
    private readonly run: Run,
  ) {
    this.latest = { length: 0, last: undefined, state: fold.initial };
  }

  /** The state after the first `length` entries; beyond the end means the end. */
  at(length: number): S {
    const { entries } = this.run;
    const target = Math.min(Math.max(0, length), entries.length);
    let { length: done, state } = this.nearest(target);
    while (done < target) {
      const entry = entries[done] as TraceEntry;
      state = this.fold.reduce(state, entry, this.run);
      done++;
      if (done % STRETCH === 0) this.checkpoints[done / STRETCH - 1] = { length: done, last: entry, state };
    }
    this.latest = { length: done, last: entries[done - 1], state };
    return state;
  }

  private nearest(target: number): Checkpoint<S> {
    while (this.checkpoints.length > 0 && !this.holds(this.checkpoints[this.checkpoints.length - 1]))
      this.checkpoints.pop();
    const kept = this.checkpoints[Math.min(this.checkpoints.length, Math.floor(target / STRETCH)) - 1];
    const { latest } = this;
    if (latest.length <= target && latest.length >= (kept?.length ?? 0) && this.holds(latest)) return latest;
    return kept ?? { length: 0, last: undefined, state: this.fold.initial };
  }

  private holds(checkpoint: Checkpoint<S> | undefined): boolean {
    if (checkpoint === undefined) return false;
    return checkpoint.length === 0 || this.run.entries[checkpoint.length - 1] === checkpoint.last;
  }
}
