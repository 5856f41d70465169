/**
 * `pdu`: a command, reply or message that a node received and parsed, optionally with how that same endpoint answered it.
 * Replies are paired with commands by tag where the protocol has one (IMAP), else in order (SMTP, POP3).
 */
import type { EndpointId, Pdu, TraceEntry } from '../../core/index.ts';
import type { Check } from '../scenario-schema.ts';
import { matcher, type Reason, type Watcher, type Witness } from './watcher.ts';

type PduCheck = Extract<Check, { pdu: unknown }>['pdu'];

interface Pending {
  readonly tag: string | undefined;
  readonly candidate: boolean;
}

export class PduWatcher implements Watcher {
  passed = false;
  reason: Reason;
  private readonly args: (text: string) => boolean;
  private readonly wantsAnswer: boolean;
  /** Commands not answered yet, by endpoint, in order. */
  private readonly pending = new Map<EndpointId, Pending[]>();

  constructor(
    private readonly wanted: PduCheck,
    private readonly witness: Witness,
  ) {
    this.args = matcher(wanted.args);
    this.wantsAnswer = wanted.answered !== undefined || wanted.ok !== undefined;
    this.reason = { code: 'check.pdu.none', params: { expected: this.describe() } };
  }

  get settled(): boolean {
    return this.passed;
  }

  see(entry: TraceEntry): void {
    if (this.passed) return;
    if (this.wanted.sent === true) {
      if (entry.type === 'pdu-sent' && this.matches(entry)) this.passed = true;
    } else if (entry.type === 'pdu-received') this.received(entry);
    else if (entry.type === 'pdu-sent' && this.wantsAnswer) this.answered(entry.endpoint, entry.pdu);
  }

  private received(entry: Extract<TraceEntry, { type: 'pdu-received' }>): void {
    const candidate = this.matches(entry);
    if (!this.wantsAnswer) {
      if (candidate) this.passed = true;
      return;
    }
    if (entry.pdu.kind !== 'command' && entry.pdu.kind !== 'data') return;
    const queue = this.pending.get(entry.endpoint) ?? [];
    queue.push({ tag: entry.pdu.tag, candidate });
    this.pending.set(entry.endpoint, queue);
  }

  private answered(endpoint: EndpointId, reply: Pdu): void {
    const queue = this.pending.get(endpoint);
    if (queue === undefined || reply.kind !== 'reply') return;
    let index = 0;
    if (queue.some((command) => command.tag !== undefined)) {
      if (reply.tag === undefined) return;
      index = queue.findIndex((command) => command.tag === reply.tag);
    }
    const [command] = index < 0 ? [] : queue.splice(index, 1);
    if (command?.candidate !== true) return;
    const { answered, ok } = this.wanted;
    if ((answered === undefined || reply.code === answered) && (ok === undefined || ok === (reply.negative !== true))) {
      this.passed = true;
      return;
    }
    this.reason = {
      code: 'check.pdu.answered',
      params: {
        expected: answered ?? (ok === true ? 'OK' : 'error'),
        got: `${reply.verb} ${reply.args}`.trim(),
        what: this.describe(),
      },
    };
  }

  private matches(entry: Extract<TraceEntry, { type: 'pdu-received' | 'pdu-sent' }>): boolean {
    const { wanted, witness } = this;
    const { pdu } = entry;
    if (wanted.protocol !== undefined && pdu.protocol !== wanted.protocol) return false;
    if (wanted.node !== undefined && entry.node !== wanted.node) return false;
    if (wanted.kind !== undefined && pdu.kind !== wanted.kind) return false;
    if (wanted.verb !== undefined && pdu.verb.toUpperCase() !== wanted.verb.toUpperCase()) return false;
    if (wanted.code !== undefined && pdu.code !== wanted.code) return false;
    if (wanted.peer !== undefined || wanted.port !== undefined) {
      const ends = witness.ends(entry.conn);
      if (ends === undefined) return false;
      const peer = entry.node === ends.client ? ends.server : ends.client;
      if (wanted.peer !== undefined && peer !== wanted.peer) return false;
      if (wanted.port !== undefined && ends.port !== wanted.port) return false;
    }
    if (wanted.typed !== undefined && witness.typed(entry.conn) !== wanted.typed) {
      this.reason = { code: 'check.pdu.typed', params: { expected: this.describe() } };
      return false;
    }
    if (!this.args(pdu.args)) {
      this.reason = {
        code: 'check.pdu.args',
        params: { expected: wanted.args ?? '', got: `${pdu.verb} ${pdu.args}`.trim() },
      };
      return false;
    }
    return true;
  }

  private describe(): string {
    const { protocol, verb, args, code } = this.wanted;
    return [protocol?.toUpperCase(), verb ?? code, args].filter((part) => part !== undefined).join(' ');
  }
}
