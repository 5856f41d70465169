/** A value that changes along the trace: set at some entries, asked for at any. Looking one up costs a binary search. */

export class Changes<T> {
  private readonly seqs: number[] = [];
  private readonly values: T[] = [];

  /** `seq` must not be smaller than the one before. */
  set(seq: number, value: T): void {
    this.seqs.push(seq);
    this.values.push(value);
  }

  /** The value after the first `length` entries; `undefined` when it was not set by then. */
  at(length: number): T | undefined {
    return this.values[lowerBound(this.seqs, length) - 1];
  }

  /** Everything set by the first `length` entries, in order. */
  until(length: number): readonly T[] {
    return this.values.slice(0, lowerBound(this.seqs, length));
  }

  get size(): number {
    return this.seqs.length;
  }

  /** Entries `from` ≤ seq < `to`. */
  between(from: number, to: number): readonly T[] {
    return this.values.slice(lowerBound(this.seqs, from), lowerBound(this.seqs, to));
  }

  cut(length: number): void {
    const keep = lowerBound(this.seqs, length);
    this.seqs.length = keep;
    this.values.length = keep;
  }
}

/** How many numbers of a sorted list are smaller than `limit`. */
export function lowerBound(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
