/** Checks made of checks: `not`, `all`, `any`, `sequence`. */
import type { TraceEntry } from '../../core/index.ts';
import type { Reason, Watcher } from './watcher.ts';

/** Holds until the inner check does; then it is broken for good. */
export class NotWatcher implements Watcher {
  constructor(private readonly inner: Watcher) {}

  get passed(): boolean {
    return !this.inner.passed;
  }

  get settled(): boolean {
    return this.inner.passed;
  }

  get reason(): Reason {
    return { code: 'check.not', params: this.inner.reason.params };
  }

  see(entry: TraceEntry): void {
    this.inner.see(entry);
  }
}

export class AllWatcher implements Watcher {
  constructor(private readonly parts: readonly Watcher[]) {}

  get passed(): boolean {
    return this.parts.every((part) => part.passed);
  }

  get settled(): boolean {
    return this.parts.every((part) => part.settled) || this.parts.some((part) => part.settled && !part.passed);
  }

  get reason(): Reason {
    return (this.parts.find((part) => !part.passed) ?? (this.parts[0] as Watcher)).reason;
  }

  see(entry: TraceEntry): void {
    for (const part of this.parts) part.see(entry);
  }
}

export class AnyWatcher implements Watcher {
  constructor(private readonly parts: readonly Watcher[]) {}

  get passed(): boolean {
    return this.parts.some((part) => part.passed);
  }

  get settled(): boolean {
    return this.parts.some((part) => part.settled && part.passed);
  }

  get reason(): Reason {
    return (this.parts[0] as Watcher).reason;
  }

  see(entry: TraceEntry): void {
    for (const part of this.parts) part.see(entry);
  }
}

/** Each part counts only from where the one before it was met. */
export class SequenceWatcher implements Watcher {
  private next = 0;

  constructor(private readonly parts: readonly Watcher[]) {}

  get passed(): boolean {
    return this.next === this.parts.length;
  }

  get settled(): boolean {
    return this.passed;
  }

  get reason(): Reason {
    return (this.parts[Math.min(this.next, this.parts.length - 1)] as Watcher).reason;
  }

  see(entry: TraceEntry): void {
    const part = this.parts[this.next];
    if (part === undefined) return;
    part.see(entry);
    if (part.passed) this.next++;
  }
}
