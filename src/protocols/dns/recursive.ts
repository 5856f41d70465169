/**
 * The recursive name server as endpoint: takes a client's question, drives its resolution by asking the host to question
 * other servers, and answers. One question at a time; further ones wait in the intake. The cache is shared by all of a
 * host's endpoints and belongs to the caller.
 */
import type { MachineSnapshot, MachineState } from '../../core/index.ts';
import type { Effect, Endpoint, Json, Role } from '../contract.ts';
import { receivedPdu, sendEffect } from './authoritative.ts';
import { RANK } from './cache.ts';
import { Intake, judge, ownEdns, type Transport } from './intake.ts';
import { RESOLUTION_DEADLINE, TCP_IDLE, TCP_PIPELINE_OCTETS, UDP_QUEUE } from './limits.ts';
import {
  ANY,
  CLASS_IN,
  type Message,
  makeResponse,
  type Question,
  RCODE,
  type ResponseParts,
  RR_TYPES,
} from './messages.ts';
import { labelCount } from './name.ts';
import { recursiveMachine } from './recursive.machine.ts';
import {
  beginResolution,
  bestServers,
  giveUp,
  type ResolutionContext,
  type ResolutionState,
  type ResolutionStep,
  respond,
  search,
  unanswered,
} from './resolution.ts';

export interface RecursiveConfig extends ResolutionContext {
  readonly transport: Transport;
}

/** Put this question to the server at `address` (RD off) and answer with what came of it. */
export interface RecursiveAsk {
  readonly kind: 'exchange';
  readonly address: string;
  /** The server's name, and the zone it is asked for. */
  readonly server: string;
  readonly zone: string;
  readonly question: Question;
}

/** The response; `undefined` when none came. */
export type RecursiveAnswer = { readonly message: Message | undefined };

type RecursiveEffect = Effect<RecursiveAsk>;

/** The question at hand. */
interface Work {
  readonly query: Message;
  readonly resolution: ResolutionState;
}

const IDLE_TIMER = 'idle';
const DEADLINE_TIMER = 'deadline';

export class RecursiveServer implements Endpoint<RecursiveAsk, RecursiveAnswer> {
  private state: MachineState = recursiveMachine.initial.state;
  private readonly intake: Intake;
  private work: Work | undefined;
  private requests = 0;
  /** What the machine's next action sends or asks. */
  private reply: Message | undefined;
  private asking: Extract<ResolutionStep, { do: 'ask' }> | undefined;

  constructor(private readonly config: RecursiveConfig) {
    this.intake = new Intake(config.transport);
  }

  get snapshot(): MachineSnapshot {
    return this.state.snapshot;
  }

  start(): RecursiveEffect[] {
    return this.config.transport === 'tcp' ? [{ type: 'timer', id: IDLE_TIMER, after: TCP_IDLE }] : [];
  }

  receive(bytes: Uint8Array): RecursiveEffect[] {
    const effects: RecursiveEffect[] = [];
    this.intake.push(bytes);
    this.takeIn(effects);
    const limit = this.config.transport === 'tcp' ? TCP_PIPELINE_OCTETS : UDP_QUEUE;
    if (this.intake.waiting > limit) {
      if (this.config.transport === 'tcp') this.fire('OVERRUN', effects);
      else this.intake.next();
    }
    return effects;
  }

  peerClosed(): RecursiveEffect[] {
    return this.fire('PEER_CLOSED', []);
  }

  timeout(timer: string): RecursiveEffect[] {
    const effects: RecursiveEffect[] = [];
    if (timer === IDLE_TIMER) this.fire('IDLE', effects);
    if (timer === DEADLINE_TIMER && this.work !== undefined) {
      this.carryOut(giveUp(this.work.resolution, this.config), effects);
      this.takeIn(effects);
    }
    return effects;
  }

  answer(request: number, result: RecursiveAnswer): RecursiveEffect[] {
    const effects: RecursiveEffect[] = [];
    if (this.work === undefined || request !== this.requests || this.state.final) return effects;
    const { resolution } = this.work;
    const step =
      result.message === undefined
        ? unanswered(resolution, this.config)
        : respond(resolution, this.config, result.message);
    this.carryOut(step, effects);
    this.takeIn(effects);
    return effects;
  }

  save(): Json {
    return {
      state: this.state.path,
      intake: this.intake.save(),
      requests: this.requests,
      ...(this.work === undefined ? {} : { work: structured(this.work) }),
    };
  }

  static restore(config: RecursiveConfig, saved: Json): RecursiveServer {
    const { state, intake, requests, work } = saved as { state: string; intake: Json; requests: number; work?: Json };
    const server = new RecursiveServer(config);
    server.state = recursiveMachine.restore(state);
    server.intake.restore(intake);
    server.requests = requests;
    if (work !== undefined) server.work = structured(work as unknown as Work) as unknown as Work;
    return server;
  }

  private takeIn(effects: RecursiveEffect[]): void {
    while (this.work === undefined && !this.state.final) {
      const arrival = this.intake.next();
      if (arrival === undefined) return;
      if (this.config.transport === 'tcp') effects.push({ type: 'timer', id: IDLE_TIMER, after: TCP_IDLE });
      const judged = judge(arrival.bytes);
      effects.push({ type: 'received', pdu: receivedPdu(judged), range: arrival.range });
      if (judged.event === 'QUERY') this.work = { query: judged.query, resolution: beginResolution(judged.question) };
      this.reply = 'reply' in judged ? judged.reply : undefined;
      this.fire(judged.event, effects);
    }
  }

  private fire(event: string, effects: RecursiveEffect[]): RecursiveEffect[] {
    if (this.state.final) return effects;
    const step = recursiveMachine.next(this.state, event);
    effects.push({ type: 'transition', from: this.state.path, event, to: step.state.path });
    this.state = step.state;
    for (const action of step.actions) if (action.type === 'do') this.act(action.name, effects);
    return effects;
  }

  private act(action: string, effects: RecursiveEffect[]): void {
    switch (action) {
      case 'search':
        if (this.work !== undefined) this.begin(this.work, effects);
        return;
      case 'ask': {
        const { asking } = this;
        if (asking === undefined) return;
        const { server, zone, question } = asking;
        const what: RecursiveAsk = { kind: 'exchange', address: server.address, server: server.name, zone, question };
        // The clock runs from the first question to another server.
        if (this.work?.resolution.queries === 1) {
          effects.push({ type: 'timer', id: DEADLINE_TIMER, after: RESOLUTION_DEADLINE });
        }
        effects.push({ type: 'ask', request: ++this.requests, what });
        return;
      }
      case 'respond': {
        const { reply, work } = this;
        this.work = undefined;
        this.reply = undefined;
        if ((work?.resolution.queries ?? 0) > 0) effects.push({ type: 'cancel', id: DEADLINE_TIMER });
        if (reply !== undefined) effects.push(sendEffect(reply, work?.query, this.config.transport));
        return;
      }
      case 'close':
      case 'abort':
        this.work = undefined;
        effects.push({ type: 'cancel', id: IDLE_TIMER }, { type: 'cancel', id: DEADLINE_TIMER }, { type: action });
        return;
    }
  }

  private begin({ query, resolution }: Work, effects: RecursiveEffect[]): void {
    const { question } = resolution;
    // RFC 8482 §4: ANY need not be answered in full; a resolver has no notion of "all types".
    if (question.class !== CLASS_IN || (question.type >= 128 && question.type <= ANY)) {
      this.respondWith({ rcode: RCODE.REFUSED }, 'REFUSED', effects);
    } else if (!query.rd) this.respondWith(this.withoutRecursion(question), 'NO_RECURSION', effects);
    else this.carryOut(search(resolution, this.config), effects);
  }

  private carryOut(step: ResolutionStep, effects: RecursiveEffect[]): void {
    if (step.do === 'ask') {
      this.asking = step;
      const depth = labelCount(step.zone);
      this.fire(depth === 0 ? 'ASK_ROOT' : depth === 1 ? 'ASK_TLD' : 'ASK_ZONE', effects);
      return;
    }
    const { rcode, answers, soa } = step;
    const event =
      rcode === RCODE.SERVFAIL
        ? 'SERVFAIL'
        : step.cached
          ? 'CACHED'
          : rcode === RCODE.NXDOMAIN
            ? 'NXDOMAIN'
            : soa !== undefined || answers.length === 0
              ? 'NODATA'
              : 'ANSWER';
    this.respondWith({ rcode, answers, authorities: soa === undefined ? [] : [soa] }, event, effects);
  }

  private respondWith(parts: ResponseParts, event: string, effects: RecursiveEffect[]): void {
    const query = this.work?.query;
    if (query !== undefined) {
      const edns = query.edns === undefined ? {} : { edns: ownEdns(query.edns) };
      this.reply = makeResponse(query, { ...parts, ra: true, ...edns });
    }
    this.fire(event, effects);
  }

  /** RD off (RFC 1034 §4.3.1): what is in the cache, or the best referral from it. */
  private withoutRecursion({ name, type }: Question): ResponseParts {
    const hit = this.config.cache.get(name, type, RANK.answer);
    if (hit?.kind === 'records') return { rcode: RCODE.NOERROR, answers: hit.records };
    if (hit?.kind === 'nxdomain') return { rcode: RCODE.NXDOMAIN, authorities: [hit.soa] };
    if (hit?.kind === 'nodata') return { rcode: RCODE.NOERROR, authorities: [hit.soa] };
    const { zone, servers } = bestServers(name, this.config);
    const ns = this.config.cache.get(zone, RR_TYPES.NS, RANK.referral);
    const authorities =
      ns?.kind === 'records'
        ? ns.records
        : servers.map((s) => ({ name: zone, type: 'NS', class: CLASS_IN, ttl: 0, target: s.name }) as const);
    return { rcode: RCODE.NOERROR, authorities };
  }
}

/** A deep copy through JSON: a saved endpoint shares nothing with the living one. */
function structured(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

export const recursiveRole: Role<RecursiveConfig, RecursiveServer> = {
  id: 'dns.recursive',
  protocol: 'dns',
  side: 'server',
  transport: 'datagram',
  machine: recursiveMachine,
  create: (config) => new RecursiveServer(config),
  restore: (config, saved) => RecursiveServer.restore(config, saved),
};
