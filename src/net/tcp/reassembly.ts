/**
 * Segments that arrived ahead of their turn, by place in the stream. Overlaps are allowed; what came first wins. Bounded in
 * octets by the window (the caller drops what lies beyond it) and in number by limits.ts.
 */
import { MAX_FRAGMENTS } from './limits.ts';

interface Fragment {
  readonly from: number;
  readonly bytes: Uint8Array;
}

export class Reassembly {
  /** Sorted by `from`, not overlapping. */
  private fragments: Fragment[] = [];

  get size(): number {
    return this.fragments.length;
  }

  /** Octets held. */
  get octets(): number {
    let sum = 0;
    for (const fragment of this.fragments) sum += fragment.bytes.length;
    return sum;
  }

  add(from: number, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    let start = from;
    const end = from + bytes.length;
    const next: Fragment[] = [];
    for (const fragment of this.fragments) {
      const fragmentEnd = fragment.from + fragment.bytes.length;
      if (start < end && fragment.from > start) {
        const upTo = Math.min(end, fragment.from);
        next.push({ from: start, bytes: bytes.subarray(start - from, upTo - from) });
        start = upTo;
      }
      next.push(fragment);
      start = Math.max(start, Math.min(fragmentEnd, end));
    }
    if (start < end) next.push({ from: start, bytes: bytes.subarray(start - from) });
    next.sort((a, b) => a.from - b.from);
    // The furthest are the cheapest to lose: their sender will send them again.
    this.fragments = next.slice(0, MAX_FRAGMENTS);
  }

  /** Removes and returns what continues the stream at `next`. */
  take(next: number): readonly Uint8Array[] {
    const out: Uint8Array[] = [];
    let at = next;
    let used = 0;
    for (const { from, bytes } of this.fragments) {
      if (from > at) break;
      used++;
      const end = from + bytes.length;
      if (end <= at) continue;
      out.push(bytes.subarray(at - from));
      at = end;
    }
    if (used > 0) this.fragments = this.fragments.slice(used);
    return out;
  }
}
