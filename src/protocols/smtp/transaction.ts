/**
 * A transaction as the client works through it: what each recipient's result is so far, and what can be known before a
 * single octet is sent (addresses, size, 8-bit content against what the server offers).
 */
import { mailboxOf } from './address.ts';
import type { Cause, RecipientResult, Result, Stage, Transaction } from './asks.ts';
import { type Prepared, prepareContent } from './content.ts';
import type { EsmtpParams, Reply } from './messages.ts';

export type Extensions = Readonly<Record<string, string>>;

/** A result that a reply decides. */
export function replied(reply: Reply, stage: Stage): Result {
  const kind = Math.floor(reply.code / 100);
  const status = kind === 2 ? 'done' : kind === 5 ? 'failed' : 'deferred';
  const text = reply.lines.join(' ').trim();
  return reply.enhanced === undefined
    ? { status, cause: 'reply', code: reply.code, text, stage }
    : { status, cause: 'reply', code: reply.code, enhanced: reply.enhanced, text, stage };
}

/** A result that we find by ourselves. */
export function found(cause: Exclude<Cause, 'reply'>, stage: Stage, enhanced: string, text = ''): Result {
  const status = cause === 'unsupported' || cause === 'invalid' ? 'failed' : 'deferred';
  return { status, cause, code: 0, enhanced, text, stage };
}

export class Progress {
  readonly prepared: Prepared;
  readonly results: (Result | undefined)[];
  /** Indices of the recipients that are put to the server. */
  readonly live: readonly number[];
  /** How many replies to RCPT, and under LMTP to the content, have come. */
  answered = 0;
  delivered = 0;

  constructor(
    readonly transaction: Transaction,
    extensions: Extensions,
    /** MAIL, RCPT and DATA are sent without waiting (RFC 2920). */
    readonly ahead: boolean,
  ) {
    this.prepared = prepareContent(transaction.message);
    const all = impossible(transaction, this.prepared, extensions);
    this.results = transaction.recipients.map(
      (recipient) => all ?? (mailboxOf(recipient) === undefined ? badAddress(recipient, 'rcpt') : undefined),
    );
    this.live = transaction.recipients.map((_, i) => i).filter((i) => this.results[i] === undefined);
  }

  /** Indices of the recipients that the server accepted and nothing was decided about yet. */
  get accepted(): readonly number[] {
    return this.live.slice(0, this.answered).filter((i) => this.results[i] === undefined);
  }

  get anyAccepted(): boolean {
    for (let i = 0; i < this.answered; i++) if (this.results[this.live[i] as number] === undefined) return true;
    return false;
  }

  /** Gives `result` to everyone who has none. */
  decide(result: Result): void {
    for (let i = 0; i < this.results.length; i++) this.results[i] ??= result;
  }

  outcome(): readonly RecipientResult[] {
    return this.transaction.recipients.map((recipient, i) => ({
      recipient,
      ...(this.results[i] ?? found('lost', 'content', '4.4.2')),
    }));
  }

  /** MAIL's argument, with the parameters that the server knows. */
  mailParams(extensions: Extensions): EsmtpParams {
    const params: Record<string, string | true> = {};
    if (extensions.SIZE !== undefined) params.SIZE = `${this.prepared.size}`;
    if (this.prepared.eightBit) params.BODY = '8BITMIME';
    return { ...params, ...this.transaction.params };
  }
}

/** Why the whole transaction cannot be sent to this server. */
function impossible(transaction: Transaction, prepared: Prepared, extensions: Extensions): Result | undefined {
  if (transaction.reversePath !== '' && mailboxOf(transaction.reversePath) === undefined) {
    return badAddress(transaction.reversePath, 'mail');
  }
  // RFC 1870 §5: 0 or no number is no fixed limit.
  const limit = Number(extensions.SIZE ?? 0);
  if (limit > 0 && prepared.size > limit) {
    return found(
      'unsupported',
      'mail',
      '5.3.4',
      `Message of ${prepared.size} octets exceeds the server's limit of ${limit}`,
    );
  }
  // RFC 6152 §3: convert to 7 bit or return it; converting is not ours to do.
  if (prepared.eightBit && extensions['8BITMIME'] === undefined) {
    return found(
      'unsupported',
      'mail',
      '5.6.3',
      'The message has 8-bit content and the server does not offer 8BITMIME',
    );
  }
  return undefined;
}

function badAddress(address: string, stage: Stage): Result {
  for (let i = 0; i < address.length; i++) {
    if (address.charCodeAt(i) > 126) return found('unsupported', stage, '5.6.7', 'The address is not US-ASCII');
  }
  return found('invalid', stage, stage === 'mail' ? '5.1.7' : '5.1.3', 'The address is not well-formed');
}
