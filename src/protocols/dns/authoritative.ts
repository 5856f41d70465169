/**
 * The authoritative name server as endpoint: ties intake, machine and look-up together. Stateless between queries, so over
 * UDP one instance serves every client; over TCP there is one a connection. The zones are the caller's.
 */
import type { MachineSnapshot, MachineState, Pdu } from '../../core/index.ts';
import type { Effect, Endpoint, Json, Role } from '../contract.ts';
import { authoritativeMachine } from './authoritative.machine.ts';
import { emit, frame } from './codec/index.ts';
import { Intake, type Judgement, judge, ownEdns, sizeLimit, type Transport } from './intake.ts';
import { TCP_IDLE } from './limits.ts';
import { type LookupResult, lookup } from './lookup.ts';
import { AXFR, CLASS_IN, type Message, makeResponse, RCODE } from './messages.ts';
import { toPdu } from './pdu.ts';
import type { ZoneSet } from './zone.ts';

export interface AuthoritativeConfig {
  readonly zones: ZoneSet;
  readonly transport: Transport;
}

const IDLE_TIMER = 'idle';

/** Events for look-up outcomes. */
const OUTCOME_EVENT: Readonly<Record<LookupResult['outcome'], string>> = {
  answer: 'ANSWER',
  referral: 'REFERRAL',
  nodata: 'NODATA',
  nxdomain: 'NXDOMAIN',
  refused: 'REFUSED',
  servfail: 'SERVFAIL',
  silence: 'SILENCE',
};

export class AuthoritativeServer implements Endpoint {
  private state: MachineState = authoritativeMachine.initial.state;
  private readonly intake: Intake;

  constructor(private readonly config: AuthoritativeConfig) {
    this.intake = new Intake(config.transport);
  }

  get snapshot(): MachineSnapshot {
    return this.state.snapshot;
  }

  start(): Effect[] {
    return this.config.transport === 'tcp' ? [{ type: 'timer', id: IDLE_TIMER, after: TCP_IDLE }] : [];
  }

  receive(bytes: Uint8Array): Effect[] {
    const effects: Effect[] = [];
    this.intake.push(bytes);
    while (!this.state.final) {
      const arrival = this.intake.next();
      if (arrival === undefined) break;
      if (this.config.transport === 'tcp') effects.push({ type: 'timer', id: IDLE_TIMER, after: TCP_IDLE });
      const judged = judge(arrival.bytes);
      effects.push({ type: 'received', pdu: receivedPdu(judged), range: arrival.range });
      this.fire(judged.event, judged, effects);
    }
    return effects;
  }

  peerClosed(): Effect[] {
    const effects: Effect[] = [];
    this.fire('PEER_CLOSED', undefined, effects);
    return effects;
  }

  timeout(timer: string): Effect[] {
    const effects: Effect[] = [];
    if (timer === IDLE_TIMER) this.fire('IDLE', undefined, effects);
    return effects;
  }

  answer(): Effect[] {
    return [];
  }

  save(): Json {
    return { state: this.state.path, intake: this.intake.save() };
  }

  static restore(config: AuthoritativeConfig, saved: Json): AuthoritativeServer {
    const { state, intake } = saved as { state: string; intake: Json };
    const server = new AuthoritativeServer(config);
    server.state = authoritativeMachine.restore(state);
    server.intake.restore(intake);
    return server;
  }

  /** `reply`: the response that the action `respond` sends. */
  private fire(event: string, judged: Judgement | undefined, effects: Effect[], reply?: Message): void {
    if (this.state.final) return;
    const step = authoritativeMachine.next(this.state, event);
    effects.push({ type: 'transition', from: this.state.path, event, to: step.state.path });
    this.state = step.state;
    for (const action of step.actions) {
      if (action.type !== 'do') continue;
      if (action.name === 'search' && judged?.event === 'QUERY') {
        const { query } = judged;
        const result = this.search(judged);
        const response = makeResponse(query, {
          ...result,
          ...(query.edns === undefined ? {} : { edns: ownEdns(query.edns) }),
        });
        this.fire(OUTCOME_EVENT[result.outcome], judged, effects, response);
      } else if (action.name === 'respond') {
        const response = reply ?? (judged !== undefined && 'reply' in judged ? judged.reply : undefined);
        const query = judged?.event === 'QUERY' ? judged.query : undefined;
        if (response !== undefined) effects.push(sendEffect(response, query, this.config.transport));
      } else if (action.name === 'close') {
        effects.push({ type: 'cancel', id: IDLE_TIMER }, { type: 'close' });
      }
    }
  }

  private search({ question }: Extract<Judgement, { event: 'QUERY' }>): LookupResult {
    // RFC 5936 §5: zone transfer is refused to whoever is not a secondary, and we have none.
    if (question.class !== CLASS_IN || question.type === AXFR) return REFUSED;
    return lookup(this.config.zones, question);
  }
}

const REFUSED: LookupResult = {
  outcome: 'refused',
  rcode: RCODE.REFUSED,
  aa: false,
  answers: [],
  authorities: [],
  additionals: [],
};

/** A response on the wire, cut to what the client can take. */
export function sendEffect(response: Message, query: Message | undefined, transport: Transport): Effect<never> {
  const bytes = emit(response, sizeLimit(query, transport));
  const tc = transport === 'udp' && ((bytes[2] as number) & 0x02) !== 0;
  const pdu = toPdu(tc ? { ...response, tc } : response);
  return { type: 'send', bytes: transport === 'tcp' ? frame(bytes) : bytes, pdu };
}

/** The PDU of whatever arrived; unreadable octets get the cause for a text. */
export function receivedPdu(judged: Judgement & { readonly message: Message | undefined }): Pdu {
  if (judged.message !== undefined) return toPdu(judged.message);
  const cause = 'fault' in judged ? (judged.fault?.kind ?? '') : '';
  return { protocol: 'dns', kind: 'query', verb: '?', args: cause, negative: true };
}

export const authoritativeRole: Role<AuthoritativeConfig, AuthoritativeServer> = {
  id: 'dns.authoritative',
  protocol: 'dns',
  side: 'server',
  transport: 'datagram',
  machine: authoritativeMachine,
  create: (config) => new AuthoritativeServer(config),
  restore: (config, saved) => AuthoritativeServer.restore(config, saved),
};
