/**
 * Moves the queue: when an entry is due, finds where its recipients' mail goes (own domain: LMTP to the delivery agent;
 * elsewhere: MX), tries, and settles the outcome with the queue; undeliverable mail becomes a report to its sender.
 * Owns no mail itself: whatever is in flight at a crash is still in the queue and due again.
 */
import type { Scheduled } from '../../core/index.ts';
import { deliveryReport, type Failure, type QueueEntry, type RecipientOutcome, route } from '../../mail/index.ts';
import type { Host } from '../host.ts';
import { type MtaConfig, queueId } from './config.ts';
import { attempt, type Destination, lookupFailed } from './delivery.ts';
import { MAX_CONCURRENT } from './limits.ts';
import { MAIL_LOG } from './smtpd.ts';

const SMTP_PORT = 25;

export class QueueRunner {
  private readonly active = new Set<string>();
  private wake: Scheduled | undefined;
  /** Recipients that a running attempt has delivered, by entry: told when the attempt is settled. */
  private readonly done = new Map<
    string,
    readonly { readonly what: 'relayed' | 'delivered'; readonly address: string; readonly detail: string }[]
  >();
  private stopped = false;

  constructor(
    private readonly host: Host,
    private readonly config: MtaConfig,
  ) {}

  /** Looks for due entries now; call after adding one, and at power-on. */
  run(): void {
    if (this.stopped) return;
    this.wake?.cancel();
    this.wake = undefined;
    const now = this.host.kernel.now;
    let next = Number.POSITIVE_INFINITY;
    for (const entry of this.config.durable.queue.list()) {
      if (this.active.has(entry.id)) continue;
      if (entry.retryAt > now) next = Math.min(next, entry.retryAt);
      else if (this.active.size < MAX_CONCURRENT) this.deliver(entry);
    }
    if (next !== Number.POSITIVE_INFINITY) this.wake = this.host.kernel.at(next, () => this.run());
  }

  /** The host lost power: nothing of this runner may act any more. */
  stop(): void {
    this.stopped = true;
    this.wake?.cancel();
  }

  private deliver(entry: QueueEntry): void {
    this.active.add(entry.id);
    const groups = new Map<string, string[]>();
    for (const { address } of entry.recipients) {
      const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
      const group = groups.get(domain);
      if (group === undefined) groups.set(domain, [address]);
      else group.push(address);
    }
    const outcomes: RecipientOutcome[] = [];
    let open = groups.size;
    for (const [domain, recipients] of groups) {
      this.deliverGroup(entry, domain, recipients, (group) => {
        outcomes.push(...group);
        open--;
        if (open === 0) this.settle(entry, outcomes);
      });
    }
  }

  private deliverGroup(
    entry: QueueEntry,
    domain: string,
    recipients: readonly string[],
    done: (outcomes: readonly RecipientOutcome[]) => void,
  ): void {
    this.destination(domain, recipients, (found) => {
      if ('outcomes' in found) return done(found.outcomes);
      this.trace(entry, 'attempt', recipients, found.hosts.join(', '));
      const letter = { reversePath: entry.reversePath, recipients, message: entry.message };
      attempt(this.host, found, letter, (result) => {
        if (this.stopped) return;
        for (const outcome of result.outcomes) this.report(entry, found, outcome, result.relay);
        done(result.outcomes);
      });
    });
  }

  private destination(
    domain: string,
    recipients: readonly string[],
    done: (found: Destination | { readonly outcomes: readonly RecipientOutcome[] }) => void,
  ): void {
    const { domains, deliverTo } = this.config;
    const failed = (reply: string, status: string): void =>
      done({ outcomes: recipients.map((address) => ({ address, result: 'failed', reply, status })) });
    if (domains.includes(domain)) {
      if (deliverTo === undefined) return failed('No delivery agent for this domain', '5.3.5');
      return done({ variant: 'lmtp', hosts: [deliverTo.host], port: deliverTo.port });
    }
    const literal = /^\[(\d+\.\d+\.\d+\.\d+)\]$/.exec(domain);
    if (literal?.[1] !== undefined) return done({ variant: 'smtp', hosts: [literal[1]], port: SMTP_PORT });
    this.host.resolver?.mx(domain, (result) => {
      if (this.stopped) return;
      if (!result.ok && result.failure !== 'nodata')
        return done({ outcomes: lookupFailed(recipients, domain, result.failure) });
      const where = route(domain, result.ok ? result.value : [], [this.host.hostname], this.host.random);
      if (where.kind === 'null-mx') return failed(`Domain ${domain} does not accept mail (null MX)`, '5.1.10');
      if (where.kind === 'loop') return failed(`Mail for ${domain} loops back to myself`, '5.4.6');
      done({ variant: 'smtp', hosts: where.hosts, port: SMTP_PORT });
    });
  }

  private report(entry: QueueEntry, destination: Destination, outcome: RecipientOutcome, relay: string): void {
    const agent = destination.variant === 'lmtp' ? 'lmtp' : 'smtp';
    const status = { done: 'sent', deferred: 'deferred', failed: 'bounced' }[outcome.result];
    this.host.log(
      MAIL_LOG,
      `${agent}: ${entry.id}: to=<${outcome.address}>, relay=${relay}, dsn=${outcome.status}, status=${status} (${outcome.reply})`,
    );
    if (outcome.result !== 'done') return;
    const what = destination.variant === 'lmtp' ? 'delivered' : 'relayed';
    const done = this.done.get(entry.id) ?? [];
    this.done.set(entry.id, [...done, { what, address: outcome.address, detail: `${relay} ${outcome.reply}` }]);
  }

  private settle(entry: QueueEntry, outcomes: readonly RecipientOutcome[]): void {
    if (this.stopped) return;
    const { queue } = this.config.durable;
    const { entry: left, failures } = queue.settle(entry.id, outcomes, this.host.kernel.now);
    this.active.delete(entry.id);
    // Told now, so that the length of the queue is the one after it.
    for (const { what, address, detail } of this.done.get(entry.id) ?? []) this.trace(entry, what, [address], detail);
    this.done.delete(entry.id);
    if (left !== undefined) {
      const detail = left.recipients.map((recipient) => recipient.lastReply ?? '').join('; ');
      this.trace(
        left,
        'deferred',
        left.recipients.map((recipient) => recipient.address),
        detail,
        left.retryAt,
      );
    } else {
      this.host.log(MAIL_LOG, `qmgr: ${entry.id}: removed`);
    }
    if (failures.length > 0) this.bounce(entry, failures);
    this.run();
  }

  private bounce(entry: QueueEntry, failures: readonly Failure[]): void {
    const detail = failures.map((failure) => failure.reply).join('; ');
    const recipients = failures.map((failure) => failure.address);
    const expired = failures.some((failure) => failure.expired);
    // RFC 5321 §6.1: mail from `<>` causes no report; it ends here and the log says so.
    if (entry.reversePath === '') {
      this.trace(entry, 'dropped', recipients, detail);
      this.host.log(MAIL_LOG, `bounce: ${entry.id}: undeliverable report dropped`);
      return;
    }
    const id = queueId(this.config.durable, this.host.random);
    const { host } = this;
    const message = deliveryReport({
      reportingHost: host.hostname,
      sender: entry.reversePath,
      failures,
      original: entry.message,
      messageId: `${id}@${host.hostname}`,
      boundary: `${id}.${host.random.integer(1e8, 9e8)}/${host.hostname}`,
      date: host.wallClock,
      utcOffset: host.utcOffset,
      arrived: host.epoch + Math.floor(entry.arrived / 1000),
    });
    this.config.durable.queue.add({
      id,
      reversePath: '',
      recipients: [{ address: entry.reversePath }],
      message,
      arrived: host.kernel.now,
      eightBit: entry.eightBit,
    });
    host.log(MAIL_LOG, `bounce: ${entry.id}: sender non-delivery notification: ${id}`);
    this.trace(entry, expired ? 'expired' : 'bounced', recipients, detail);
  }

  private trace(
    entry: QueueEntry,
    what: 'attempt' | 'deferred' | 'relayed' | 'delivered' | 'bounced' | 'expired' | 'dropped',
    recipients: readonly string[],
    detail: string,
    retryAt?: number,
  ): void {
    this.host.trace({
      type: 'queue',
      what,
      id: entry.id,
      sender: entry.reversePath,
      recipients,
      size: entry.message.length,
      detail,
      length: this.config.durable.queue.length,
      ...(retryAt === undefined ? {} : { retryAt }),
    });
  }
}
