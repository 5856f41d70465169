/**
 * The client role as an endpoint: logs in, lists the maildrop, fetches what its host chooses, and deletes what its host has
 * stored and does not want to leave there. Order is the machine's (client.machine.ts), what to fetch the host's (asks.ts).
 * RFC 1939.
 */
import { fromLatin1, latin1, type MachineSnapshot, type MachineState, type Step } from '../../core/index.ts';
import { type Line, LineFramer } from '../../wire/index.ts';
import { type Effect, type Endpoint, type Json, type RequestId, type TimerId, timerEffect } from '../contract.ts';
import type { ClientAnswer, ClientAsk, ClientConfig, FailureCause, Listed, Outcome } from './asks.ts';
import { BodyReader, readListing, type SavedBody } from './body-reader.ts';
import { CLIENT_MACHINE } from './client.machine.ts';
import { emitCommand, parseResponse } from './codec.ts';
import * as limits from './limits.ts';
import type { Response, Verb } from './messages.ts';
import { commandPdu, listPdu, messagePdu, nonsensePdu, responsePdu } from './pdu.ts';

const FRAMING = { limit: limits.CLIENT_LINE, bareLf: 'content' } as const;

/** All that a client knows besides its state and its input: JSON. */
interface ClientData {
  /** The maildrop, in the order of LIST. */
  listed: readonly Listed[];
  /** What to fetch, as places in `listed`; `at` is the place in this queue, −1 before the first. */
  queue: readonly number[];
  at: number;
  failure: Extract<Outcome, { ok: false }> | undefined;
  request: RequestId | undefined;
  requests: number;
  consumed: number;
  timer: TimerId | undefined;
}

interface SavedClient {
  readonly state: Json;
  readonly data: Partial<ClientData>;
  readonly input: string;
  readonly skipping?: { readonly length: number; readonly lastWasCr: boolean; readonly cut: string };
  readonly body: SavedBody;
}

export class Pop3Client implements Endpoint<ClientAsk, ClientAnswer> {
  private state: MachineState;
  private readonly data: ClientData;
  private readonly framer = new LineFramer(FRAMING);
  private readonly body = new BodyReader();
  private effects: Effect<ClientAsk>[] = [];
  /** A message that is complete, while the host is told of it. */
  private message: Uint8Array | undefined;

  constructor(
    private readonly config: ClientConfig,
    saved?: Json,
  ) {
    const from = saved as unknown as SavedClient | undefined;
    this.data = {
      listed: [],
      queue: [],
      at: -1,
      failure: undefined,
      request: undefined,
      requests: 0,
      consumed: 0,
      timer: undefined,
      ...from?.data,
    };
    this.state = from === undefined ? CLIENT_MACHINE.initial.state : CLIENT_MACHINE.restore(from.state);
    if (from === undefined) return;
    const { skipping } = from;
    this.framer.restore({
      bytes: latin1(from.input),
      ...(skipping === undefined ? {} : { skipping: { ...skipping, cut: latin1(skipping.cut) } }),
    });
    this.body.restore(from.body);
  }

  get snapshot(): MachineSnapshot {
    return this.state.snapshot;
  }

  start(): Effect<ClientAsk>[] {
    // The wait for the greeting begins.
    for (const action of CLIENT_MACHINE.initial.actions) this.carryOut(action);
    return this.take();
  }

  receive(bytes: Uint8Array): Effect<ClientAsk>[] {
    if (this.state.final) return [];
    this.framer.push(bytes);
    this.pump();
    return this.take();
  }

  peerClosed(): Effect<ClientAsk>[] {
    if (this.state.final) return [];
    this.fail('lost');
    this.fire('EOF');
    return this.take();
  }

  timeout(timer: TimerId): Effect<ClientAsk>[] {
    if (timer !== this.data.timer || this.state.final) return [];
    this.fail('timeout');
    this.fire(timer, 'timeout');
    return this.take();
  }

  answer(request: RequestId, result: ClientAnswer): Effect<ClientAsk>[] {
    const { data } = this;
    if (request !== data.request || this.state.final) return [];
    data.request = undefined;
    if ('fetch' in result) {
      const places = new Map(data.listed.map(({ number }, place) => [number, place]));
      data.queue = [...new Set(result.fetch)].flatMap((number) => places.get(number) ?? []);
      this.goOn();
    } else if (result.remove && result.stored) this.fire('REMOVE');
    else this.goOn();
    this.pump();
    return this.take();
  }

  save(): Json {
    const { bytes, skipping } = this.framer.save();
    const saved: SavedClient = {
      state: this.state.snapshot.value as Json,
      data: JSON.parse(JSON.stringify(this.data)) as Partial<ClientData>,
      input: fromLatin1(bytes),
      ...(skipping === undefined ? {} : { skipping: { ...skipping, cut: fromLatin1(skipping.cut) } }),
      body: this.body.save(),
    };
    return saved as unknown as Json;
  }

  // --- Input ----------------------------------------------------------------------------------------------------------

  private reads(tag: 'line' | 'body' | 'asking' | 'deciding'): boolean {
    return this.state.snapshot.tags.has(tag);
  }

  private pump(): void {
    while (!this.state.final && !this.reads('asking')) {
      if (this.reads('deciding')) {
        this.goOn();
        continue;
      }
      const line = this.framer.next();
      if (line === undefined) return;
      const from = this.data.consumed;
      this.data.consumed += line.length;
      if (this.reads('body')) this.readBody(line, from);
      else this.readResponse(line, from);
    }
    // A server speaks when it is spoken to.
    if (!this.state.final && this.framer.pending > limits.PENDING_INPUT) {
      this.fail('nonsense');
      this.fire('NONSENSE');
    }
  }

  private readResponse({ bytes }: Line, from: number): void {
    const response = parseResponse(bytes);
    const range = { from, to: this.data.consumed };
    const state = this.state.path;
    if (response === undefined) {
      this.effects.push({ type: 'received', pdu: nonsensePdu(fromLatin1(bytes)), range });
      this.fail('nonsense');
      return this.fire('NONSENSE');
    }
    const kind = state === 'greeting' ? 'greeting' : 'reply';
    this.effects.push({ type: 'received', pdu: responsePdu(response, kind), range });
    const event = eventOf(response, state);
    const step = CLIENT_MACHINE.next(this.state, event);
    // A refusal that ends the session is its outcome; one that does not (a message that is gone) is not.
    if (event === 'NONSENSE') this.fail('nonsense');
    else if (event === 'ERR' && (step.state.path === 'leaving' || step.state.final)) this.fail('reply', response);
    this.apply(step, event);
  }

  private readBody({ bytes, fault }: Line, from: number): void {
    const read = fault === 'too-long' ? 'too-large' : this.body.feed(bytes, from);
    if (read === 'more') return;
    if (read === 'too-large') {
      this.fail('too-large');
      return this.fire('NONSENSE');
    }
    const range = { from: this.body.from, to: this.data.consumed };
    if (this.state.path === 'message') {
      this.message = this.body.take();
      this.effects.push({ type: 'received', pdu: messagePdu(this.message.length), range });
    } else this.readList(range);
    this.fire('BODY');
    this.message = undefined;
  }

  private readList(range: { readonly from: number; readonly to: number }): void {
    const { data } = this;
    const rows = readListing(this.body.take());
    this.effects.push({ type: 'received', pdu: listPdu(rows.map((row) => row.join(' '))), range });
    if (this.state.path === 'listing') {
      data.listed = rows.map(([number, size]) => ({ number, size: octetsOf(size), uidl: '' }));
      return;
    }
    const ids = new Map(rows);
    data.listed = data.listed.map((one) => ({ ...one, uidl: ids.get(one.number) ?? '' }));
  }

  /** The message at work. */
  private get current(): Listed {
    const { listed, queue, at } = this.data;
    return listed[queue[at] ?? -1] ?? { number: 0, size: 0, uidl: '' };
  }

  // --- The machine ----------------------------------------------------------------------------------------------------

  /** The next message, or the end. */
  private goOn(): void {
    this.data.at++;
    this.fire(this.data.at < this.data.queue.length ? 'FETCH' : 'DONE');
  }

  /** Notes why the session fails; the first reason counts. */
  private fail(cause: FailureCause, response?: Response): void {
    const stage = this.state.path;
    this.data.failure ??= { ok: false, cause, stage, code: response?.code ?? '', reason: response?.text ?? '' };
  }

  private fire(event: string, shownAs = event): void {
    this.apply(CLIENT_MACHINE.next(this.state, event), shownAs);
  }

  private apply(step: Step, event: string): void {
    const from = this.state.path;
    this.state = step.state;
    this.effects.push({ type: 'transition', from, event, to: step.state.path });
    for (const action of step.actions) this.carryOut(action);
  }

  private carryOut(action: Step['actions'][number]): void {
    if (action.type === 'do') return this.act(action.name);
    this.data.timer = action.type === 'timer' ? action.id : undefined;
    this.effects.push(timerEffect(action));
  }

  private act(name: string): void {
    const { data, config } = this;
    switch (name) {
      case 'sendUser':
        return this.say('USER', config.user);
      case 'sendPass':
        return this.say('PASS', config.password);
      case 'sendStat':
        return this.say('STAT');
      case 'sendList':
        return this.say('LIST');
      case 'sendUidl':
        return this.say('UIDL');
      case 'sendRetr':
        return this.say('RETR', `${this.current.number}`);
      case 'sendDele':
        return this.say('DELE', `${this.current.number}`);
      case 'sendQuit':
        return this.say('QUIT');
      case 'choose':
        return this.ask({ kind: 'choose', messages: data.listed });
      case 'store': {
        const { number, uidl } = this.current;
        if (this.message !== undefined) this.ask({ kind: 'fetched', number, uidl, message: this.message });
        return;
      }
      case 'finish':
        return this.ask({ kind: 'ended', ...(data.failure ?? { ok: true }) });
      case 'hangUp':
        this.effects.push({ type: 'close' });
    }
  }

  private ask(what: ClientAsk): void {
    this.data.request = ++this.data.requests;
    this.effects.push({ type: 'ask', request: this.data.request, what });
  }

  private say(verb: Verb, argument = ''): void {
    const command = { verb, argument };
    this.effects.push({ type: 'send', bytes: emitCommand(command), pdu: commandPdu(command) });
  }

  private take(): Effect<ClientAsk>[] {
    const { effects } = this;
    this.effects = [];
    return effects;
  }
}

/** What a response is to the machine. A STAT must say how many messages there are. */
function eventOf({ ok, text }: Response, state: string): 'OK' | 'ERR' | 'EMPTY' | 'NONSENSE' {
  if (!ok) return 'ERR';
  if (state !== 'stat') return 'OK';
  const count = STAT.exec(text)?.[1];
  if (count === undefined) return 'NONSENSE';
  return Number(count) === 0 ? 'EMPTY' : 'OK';
}

/** "the positive response consists of "+OK" followed by a single space, the number of messages …, a single space, and the
 * size of the maildrop in octets" (RFC 1939 §5). */
const STAT = /^(\d{1,9}) \d/;

function octetsOf(text: string): number {
  const size = Number(text);
  return Number.isSafeInteger(size) && size >= 0 ? size : 0;
}
