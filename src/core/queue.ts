/**
 * The event queue of a discrete-event simulation: a binary heap ordered by time, and for equal times by order of
 * insertion, so that replay is exact. Cancelling is O(1): the entry is skipped when it surfaces.
 */
import type { Micros } from './units.ts';

export interface Scheduled {
  readonly at: Micros;
  /** Forgets the event; harmless when it already ran. */
  cancel(): void;
}

class Entry implements Scheduled {
  run: (() => void) | undefined;

  constructor(
    readonly at: Micros,
    readonly order: number,
    run: () => void,
  ) {
    this.run = run;
  }

  cancel(): void {
    this.run = undefined;
  }

  before(other: Entry): boolean {
    return this.at !== other.at ? this.at < other.at : this.order < other.order;
  }
}

export class EventQueue {
  private readonly heap: Entry[] = [];
  private inserted = 0;

  push(at: Micros, run: () => void): Scheduled {
    const entry = new Entry(at, this.inserted++, run);
    const heap = this.heap;
    let i = heap.length;
    heap.push(entry);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const above = heap[parent] as Entry;
      if (!entry.before(above)) break;
      heap[i] = above;
      i = parent;
    }
    heap[i] = entry;
    return entry;
  }

  /** Time of the next live event, or `undefined` when none is left. */
  nextAt(): Micros | undefined {
    this.dropCancelled();
    return this.heap[0]?.at;
  }

  /** Removes and returns the next live event. */
  pop(): { at: Micros; run: () => void } | undefined {
    this.dropCancelled();
    const top = this.heap[0];
    if (top?.run === undefined) return undefined;
    const run = top.run;
    top.run = undefined;
    this.removeTop();
    return { at: top.at, run };
  }

  private dropCancelled(): void {
    while (this.heap.length > 0 && this.heap[0]?.run === undefined) this.removeTop();
  }

  private removeTop(): void {
    const heap = this.heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    const size = heap.length;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= size) break;
      const right = child + 1;
      if (right < size && (heap[right] as Entry).before(heap[child] as Entry)) child = right;
      if (!(heap[child] as Entry).before(last)) break;
      heap[i] = heap[child] as Entry;
      i = child;
    }
    heap[i] = last;
  }
}
