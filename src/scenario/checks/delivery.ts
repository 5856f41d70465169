/** `delivery`: a message stored in a mailbox, by user and by patterns over its header and body. */
import { fromUtf8, type TraceEntry } from '../../core/index.ts';
import { bodyOffset } from '../../mail/index.ts';
import type { Check } from '../scenario-schema.ts';
import { matcher, type Reason, type Watcher, type Witness } from './watcher.ts';

type DeliveryCheck = Extract<Check, { delivery: unknown }>['delivery'];

export class DeliveryWatcher implements Watcher {
  passed = false;
  reason: Reason;
  private readonly header: (text: string) => boolean;
  private readonly body: (text: string) => boolean;

  constructor(
    private readonly wanted: DeliveryCheck,
    private readonly witness: Witness,
  ) {
    this.header = matcher(wanted.header);
    this.body = matcher(wanted.body);
    this.reason = { code: 'check.delivery.none', params: { user: wanted.user ?? '' } };
  }

  get settled(): boolean {
    return this.passed;
  }

  see(entry: TraceEntry): void {
    if (this.passed || entry.type !== 'delivery') return;
    const { wanted } = this;
    if (wanted.node !== undefined && entry.node !== wanted.node) return;
    if (wanted.user !== undefined && entry.user !== wanted.user) {
      this.reason = { code: 'check.delivery.user', params: { expected: wanted.user, got: entry.user } };
      return;
    }
    const message = this.witness.payload(entry.payload) ?? new Uint8Array(0);
    const split = bodyOffset(message);
    if (!this.header(fromUtf8(message.subarray(0, split)))) {
      this.reason = { code: 'check.delivery.header', params: { expected: wanted.header ?? '' } };
    } else if (!this.body(fromUtf8(message.subarray(split)))) {
      this.reason = { code: 'check.delivery.body', params: { expected: wanted.body ?? '' } };
    } else {
      this.passed = true;
    }
  }
}
