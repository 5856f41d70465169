/**
 * The mail queue of one MTA: what it has accepted responsibility for (RFC 5321 §4.2.5) and not yet handed on.
 * It is the durable part: it survives a crash of its host, and every change leaves it consistent. Sockets, DNS and clocks
 * are the queue runner's business (hosts/mta); this owns entries and the outcome of each recipient.
 */
import type { Micros } from '../../core/index.ts';
import { nextAttempt } from './schedule.ts';

export interface QueuedRecipient {
  readonly address: string;
  /** The last reply or failure for this recipient, as text. */
  readonly lastReply?: string;
}

export interface QueueEntry {
  readonly id: string;
  /** `''` is the null reverse-path `<>`. */
  readonly reversePath: string;
  /** Recipients still to be served. */
  readonly recipients: readonly QueuedRecipient[];
  readonly message: Uint8Array;
  readonly arrived: Micros;
  readonly attempts: number;
  /** When it is due. */
  readonly retryAt: Micros;
  /** The message was declared BODY=8BITMIME (RFC 6152). */
  readonly eightBit: boolean;
}

/** What became of a recipient in one attempt. */
export interface RecipientOutcome {
  readonly address: string;
  readonly result: 'done' | 'deferred' | 'failed';
  /** `550 5.1.1 …`, or a local cause such as `connection timed out`. */
  readonly reply: string;
  /** RFC 3463 code, for the report; `4.4.1` and the like for local causes. */
  readonly status: string;
}

/** A recipient that will never be served: what a report to the sender must name. */
export interface Failure {
  readonly address: string;
  readonly reply: string;
  readonly status: string;
  readonly expired: boolean;
}

export class MailQueue {
  private readonly entries = new Map<string, QueueEntry>();

  get length(): number {
    return this.entries.size;
  }

  /** Entries in order of arrival. */
  list(): readonly QueueEntry[] {
    return [...this.entries.values()];
  }

  get(id: string): QueueEntry | undefined {
    return this.entries.get(id);
  }

  add(entry: Omit<QueueEntry, 'attempts' | 'retryAt'>): QueueEntry {
    const whole: QueueEntry = { ...entry, attempts: 0, retryAt: entry.arrived };
    this.entries.set(entry.id, whole);
    return whole;
  }

  /**
   * Applies one attempt. Recipients that are done or have failed leave the entry; deferred ones stay with a new time, or
   * expire when the schedule gives up. An entry without recipients leaves the queue.
   */
  settle(
    id: string,
    outcomes: readonly RecipientOutcome[],
    now: Micros,
  ): { readonly entry: QueueEntry | undefined; readonly failures: readonly Failure[] } {
    const entry = this.entries.get(id);
    if (entry === undefined) return { entry: undefined, failures: [] };
    const byAddress = new Map(outcomes.map((outcome) => [outcome.address, outcome]));
    const attempts = entry.attempts + 1;
    const retryAt = nextAttempt(entry.arrived, now, attempts);
    const failures: Failure[] = [];
    const waiting: QueuedRecipient[] = [];
    for (const recipient of entry.recipients) {
      const outcome = byAddress.get(recipient.address);
      if (outcome?.result === 'done') continue;
      const reply = outcome?.reply ?? recipient.lastReply ?? '';
      const status = outcome?.status ?? '4.0.0';
      if (outcome?.result === 'failed') failures.push({ address: recipient.address, reply, status, expired: false });
      else if (retryAt === undefined) failures.push({ address: recipient.address, reply, status, expired: true });
      else waiting.push({ address: recipient.address, lastReply: reply });
    }
    if (waiting.length === 0 || retryAt === undefined) {
      this.entries.delete(id);
      return { entry: undefined, failures };
    }
    const next: QueueEntry = { ...entry, recipients: waiting, attempts, retryAt };
    this.entries.set(id, next);
    return { entry: next, failures };
  }

  /** Makes every entry due now: `postqueue -f`. */
  flush(now: Micros): void {
    for (const [id, entry] of this.entries) this.entries.set(id, { ...entry, retryAt: now });
  }
}
