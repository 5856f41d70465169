/**
 * A client with one question for one server, as endpoint: asks over UDP, again when nothing comes, and over TCP when the
 * answer was truncated. Used by stub resolvers, by `dig`, and by a recursive server towards the others (RD off).
 * When the machine is final, `outcome` says how it ended.
 */
import {
  type Duration,
  fromLatin1,
  latin1,
  type MachineSnapshot,
  type MachineState,
  type StreamRange,
} from '../../core/index.ts';
import type { Effect, Endpoint, Json, Role } from '../contract.ts';
import { emit, frame, parse, TcpFraming } from './codec/index.ts';
import { STUB_ATTEMPTS, STUB_TIMEOUT } from './limits.ts';
import { type Edns, type Message, makeQuery, type Question } from './messages.ts';
import { nameKey } from './name.ts';
import { toPdu } from './pdu.ts';
import { stubMachine } from './stub.machine.ts';

export interface StubConfig {
  readonly question: Question;
  /** Unpredictable to others (RFC 5452 §9.2): the caller draws it. */
  readonly id: number;
  readonly recursionDesired?: boolean;
  readonly edns?: Edns;
  /** Straight over TCP. */
  readonly tcp?: boolean;
  /** Take a truncated answer as it is (`dig +ignore`). */
  readonly ignoreTruncation?: boolean;
  readonly attempts?: number;
  readonly timeout?: Duration;
}

/** The host opens a TCP connection to the same server, and from then on carries sends and receives over it. */
export type StubAsk = { readonly kind: 'connect-tcp' };
export type StubAnswer = { readonly connected: boolean };

export type StubOutcome =
  | {
      readonly kind: 'response';
      readonly message: Message;
      readonly transport: 'udp' | 'tcp';
      /** Size of the DNS message, octets. */
      readonly size: number;
    }
  | { readonly kind: 'timeout' }
  /** No TCP connection, or it ended before the answer. */
  | { readonly kind: 'connection-failed' };

type StubEffect = Effect<StubAsk>;

const TIMER = 'response';
/** There is only this one question to the host. */
const CONNECT_REQUEST = 0;

export class StubClient implements Endpoint<StubAsk, StubAnswer> {
  outcome: StubOutcome | undefined;
  private state: MachineState = stubMachine.initial.state;
  private readonly framing = new TcpFraming();
  private tries = 0;
  private readonly query: Message;
  private encoded: Uint8Array | undefined;

  constructor(private readonly config: StubConfig) {
    this.query = makeQuery(config.id, config.question, config);
  }

  get snapshot(): MachineSnapshot {
    return this.state.snapshot;
  }

  start(): StubEffect[] {
    return this.fire(this.config.tcp === true ? 'CONNECT' : 'SEND', []);
  }

  receive(bytes: Uint8Array): StubEffect[] {
    const effects: StubEffect[] = [];
    // What comes too late changes nothing, the outcome least of all.
    if (this.state.final) return effects;
    if (this.state.path !== 'waitingTcp') {
      this.message(bytes, { from: 0, to: bytes.length }, 'udp', effects);
      return effects;
    }
    this.framing.push(bytes);
    while (!this.state.final) {
      const from = this.framing.offset;
      const message = this.framing.next();
      if (message === undefined) break;
      this.message(message, { from, to: this.framing.offset }, 'tcp', effects);
    }
    return effects;
  }

  peerClosed(): StubEffect[] {
    return this.fire('PEER_CLOSED', []);
  }

  timeout(timer: string): StubEffect[] {
    if (timer !== TIMER) return [];
    const again = this.state.path === 'waiting' && this.tries < (this.config.attempts ?? STUB_ATTEMPTS);
    return this.fire(again ? 'RETRY' : 'GIVE_UP', []);
  }

  answer(request: number, result: StubAnswer): StubEffect[] {
    if (request !== CONNECT_REQUEST || this.state.path !== 'connecting') return [];
    return this.fire(result.connected ? 'CONNECTED' : 'CONNECT_FAILED', []);
  }

  save(): Json {
    return {
      state: this.state.path,
      tries: this.tries,
      pending: fromLatin1(this.framing.pending),
      offset: this.framing.offset,
      ...(this.outcome === undefined ? {} : { outcome: this.outcome as unknown as Json }),
    };
  }

  static restore(config: StubConfig, saved: Json): StubClient {
    const state = saved as { state: string; tries: number; pending: string; offset: number; outcome?: StubOutcome };
    const client = new StubClient(config);
    client.state = stubMachine.restore(state.state);
    client.tries = state.tries;
    client.framing.restore(latin1(state.pending), state.offset);
    client.outcome = state.outcome;
    return client;
  }

  private message(bytes: Uint8Array, range: StreamRange, transport: 'udp' | 'tcp', effects: StubEffect[]): void {
    const parsed = parse(bytes);
    if (!parsed.ok || !this.matches(parsed.message)) {
      if (parsed.ok) effects.push({ type: 'received', pdu: toPdu(parsed.message), range });
      else {
        const pdu = { protocol: 'dns', kind: 'response', verb: '?', args: parsed.fault.kind, negative: true } as const;
        effects.push({ type: 'received', pdu, range });
      }
      this.fire('MISMATCH', effects);
      return;
    }
    const { message } = parsed;
    effects.push({ type: 'received', pdu: toPdu(message), range });
    // RFC 2181 §9: a truncated answer is not used when the whole one can be had.
    if (message.tc && transport === 'udp' && this.config.ignoreTruncation !== true) {
      this.fire('TRUNCATED', effects);
      return;
    }
    this.outcome = { kind: 'response', message, transport, size: bytes.length };
    this.fire('RESPONSE', effects);
  }

  /** RFC 5452 §9.1. A response without question is accepted when it reports that the query could not be read. */
  private matches(message: Message): boolean {
    if (!message.response || message.id !== this.config.id) return false;
    const { question } = this.config;
    const echoed = message.questions[0];
    if (echoed === undefined) return message.rcode !== 0;
    return (
      message.questions.length === 1 &&
      echoed.type === question.type &&
      echoed.class === question.class &&
      nameKey(echoed.name) === nameKey(question.name)
    );
  }

  private fire(event: string, effects: StubEffect[]): StubEffect[] {
    if (this.state.final) return effects;
    const step = stubMachine.next(this.state, event);
    effects.push({ type: 'transition', from: this.state.path, event, to: step.state.path });
    this.state = step.state;
    for (const action of step.actions) if (action.type === 'do') this.act(action.name, event, effects);
    return effects;
  }

  private act(action: string, event: string, effects: StubEffect[]): void {
    switch (action) {
      case 'send': {
        this.tries++;
        this.encoded ??= emit(this.query);
        const bytes = this.state.path === 'waitingTcp' ? frame(this.encoded) : this.encoded;
        effects.push({ type: 'send', bytes, pdu: toPdu(this.query) }, this.timer());
        return;
      }
      case 'connect':
        effects.push(this.timer(), { type: 'ask', request: CONNECT_REQUEST, what: { kind: 'connect-tcp' } });
        return;
      case 'finish':
        this.outcome ??= { kind: event === 'GIVE_UP' ? 'timeout' : 'connection-failed' };
        effects.push({ type: 'cancel', id: TIMER }, { type: 'close' });
        return;
    }
  }

  private timer(): StubEffect {
    return { type: 'timer', id: TIMER, after: this.config.timeout ?? STUB_TIMEOUT };
  }
}

export const stubRole: Role<StubConfig, StubClient> = {
  id: 'dns.stub',
  protocol: 'dns',
  side: 'client',
  transport: 'datagram',
  machine: stubMachine,
  create: (config) => new StubClient(config),
  restore: (config, saved) => StubClient.restore(config, saved),
};
