/**
 * The maildrop as one session sees it: fixed when it was opened, with the messages marked as deleted (RFC 1939 §5). Numbers
 * and totals are kept so that STAT costs the same however full the maildrop is.
 */
import type { Octets } from '../../core/index.ts';
import type { DropEntry } from './messages.ts';

/** As saved: entries, and the numbers of those that are marked. */
export interface SavedDrop {
  readonly entries: readonly DropEntry[];
  readonly marked: readonly number[];
}

export class SessionDrop {
  private readonly marks: Set<number>;
  private live: Octets;

  constructor(
    private readonly entries: readonly DropEntry[],
    marked: readonly number[] = [],
  ) {
    this.marks = new Set(marked);
    this.live = 0;
    for (const [, entry] of this.listed()) this.live += entry.size;
  }

  /** Messages not marked as deleted. */
  get count(): number {
    return this.entries.length - this.marks.size;
  }

  /** Their octets. */
  get octets(): Octets {
    return this.live;
  }

  /** The highest message number. */
  get highest(): number {
    return this.entries.length;
  }

  /** The message with this number, marked or not. */
  entry(number: number): DropEntry | undefined {
    return this.entries[number - 1];
  }

  isMarked(number: number): boolean {
    return this.marks.has(number);
  }

  mark(number: number): void {
    const entry = this.entry(number);
    if (entry === undefined || this.marks.has(number)) return;
    this.marks.add(number);
    this.live -= entry.size;
  }

  unmarkAll(): void {
    for (const number of this.marks) this.live += this.entry(number)?.size ?? 0;
    this.marks.clear();
  }

  /** Messages not marked, with their numbers. */
  *listed(): Iterable<readonly [number, DropEntry]> {
    for (let i = 0; i < this.entries.length; i++) {
      if (!this.marks.has(i + 1)) yield [i + 1, this.entries[i] as DropEntry];
    }
  }

  /** UIDs of the messages to remove in UPDATE, in the order of their numbers. */
  toRemove(): readonly number[] {
    return [...this.marks].sort((a, b) => a - b).map((number) => this.entry(number)?.uid ?? 0);
  }

  save(): SavedDrop {
    return { entries: this.entries, marked: [...this.marks] };
  }
}
