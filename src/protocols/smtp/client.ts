/**
 * The client role as an endpoint: puts replies together, says what each one means to the machine where it stands, and
 * carries out the machine's actions. One session, any number of transactions, as the host hands them over (asks.ts).
 * RFC 5321 §3 and §4.3; RFC 2920 for pipelining; RFC 4954 for AUTH; RFC 2033 for LMTP.
 */
import type { CompiledMachine, MachineSnapshot, MachineState } from '../../core/index.ts';
import { fromLatin1, latin1 } from '../../core/index.ts';
import { type Effect, type Endpoint, type Json, type RequestId, type TimerId, timerEffect } from '../contract.ts';
import type { ClientAnswer, ClientAsk, ClientConfig, Result, Stage, Transaction } from './asks.ts';
import { CLIENT_MACHINE, LMTP_CLIENT_MACHINE } from './client.machine.ts';
import { emitCommand } from './codec.ts';
import * as limits from './limits.ts';
import type { Command, Reply, Variant } from './messages.ts';
import { emitParams } from './params.ts';
import { commandPdu, messagePdu, replyPdu, responsePdu } from './pdu.ts';
import { type Incoming, ReplyReader, type SavedReplies } from './replies.ts';
import { fromBase64, MECHANISMS, type Mechanism, mechanismOf, toBase64 } from './sasl/index.ts';
import { type Extensions, found, Progress, replied } from './transaction.ts';

const STAGES: Readonly<Record<string, Stage>> = {
  connect: 'connect',
  hello: 'hello',
  helo: 'hello',
  auth: 'auth',
  rcpt: 'rcpt',
  data: 'data',
  content: 'content',
  quit: 'quit',
};

interface SavedClient {
  readonly state: Json;
  readonly replies: SavedReplies;
  readonly extensions: Extensions;
  readonly mechanism?: string;
  readonly turn: number;
  readonly end?: Result;
  readonly requests: number;
  readonly request?: RequestId;
  readonly timer?: TimerId;
  readonly noted: boolean;
  readonly progress?: {
    readonly transaction: Omit<Transaction, 'message'> & { readonly message: string };
    readonly ahead: boolean;
    readonly results: readonly (Result | null)[];
    readonly answered: number;
    readonly delivered: number;
  };
}

export class SmtpClient implements Endpoint<ClientAsk, ClientAnswer> {
  private readonly machine: CompiledMachine;
  private readonly variant: Variant;
  private readonly replies: ReplyReader;
  private state: MachineState;
  private out: Effect<ClientAsk>[] = [];
  private extensions: Extensions = {};
  private mechanism: Mechanism | undefined;
  /** How many responses of the AUTH exchange have been given. */
  private turn = 0;
  private progress: Progress | undefined;
  /** How the session ended, once that is known. */
  private end: Result | undefined;
  /** The reply at work. */
  private reply: Reply = { code: 0, lines: [] };
  private requests = 0;
  private request: RequestId | undefined;
  private timer: TimerId | undefined;
  private noted = false;

  constructor(
    private readonly config: ClientConfig,
    saved?: Json,
  ) {
    this.variant = config.variant;
    this.machine = config.variant === 'lmtp' ? LMTP_CLIENT_MACHINE : CLIENT_MACHINE;
    const from = saved as SavedClient | undefined;
    this.replies = new ReplyReader(from?.replies);
    this.state = from === undefined ? this.machine.initial.state : this.machine.restore(from.state);
    if (from === undefined) return;
    this.extensions = from.extensions;
    this.mechanism = from.mechanism === undefined ? undefined : mechanismOf(from.mechanism);
    this.turn = from.turn;
    this.end = from.end;
    this.requests = from.requests;
    this.request = from.request;
    this.timer = from.timer;
    this.noted = from.noted;
    if (from.progress === undefined) return;
    const { transaction, ahead, results, answered, delivered } = from.progress;
    const whole = { ...transaction, message: latin1(transaction.message) };
    this.progress = new Progress(whole, this.extensions, ahead);
    for (const [i, result] of results.entries()) this.progress.results[i] = result ?? undefined;
    this.progress.answered = answered;
    this.progress.delivered = delivered;
  }

  get snapshot(): MachineSnapshot {
    return this.state.snapshot;
  }

  start(): Effect<ClientAsk>[] {
    this.carryOut(this.machine.initial.actions);
    return this.take();
  }

  receive(bytes: Uint8Array): Effect<ClientAsk>[] {
    if (this.state.final) return [];
    this.replies.push(bytes);
    this.pump();
    return this.take();
  }

  peerClosed(): Effect<ClientAsk>[] {
    if (!this.state.final) this.fire('LOST');
    return this.take();
  }

  timeout(timer: TimerId): Effect<ClientAsk>[] {
    if (timer === this.timer && !this.state.final) this.fire(timer, 'timeout');
    return this.take();
  }

  answer(request: RequestId, result: ClientAnswer): Effect<ClientAsk>[] {
    if (request !== this.request || this.state.final) return [];
    this.request = undefined;
    if (result.do === 'quit') this.fire('QUIT');
    else {
      const ahead = this.config.pipelining !== false && this.extensions.PIPELINING !== undefined;
      this.progress = new Progress(result.transaction, this.extensions, ahead);
      this.fire(this.progress.live.length === 0 ? 'IMPOSSIBLE' : 'SEND');
    }
    this.pump();
    return this.take();
  }

  save(): Json {
    const { progress } = this;
    const saved: SavedClient = {
      state: this.state.snapshot.value as Json,
      replies: this.replies.save(),
      extensions: this.extensions,
      ...(this.mechanism === undefined ? {} : { mechanism: this.mechanism.name }),
      turn: this.turn,
      ...(this.end === undefined ? {} : { end: this.end }),
      requests: this.requests,
      ...(this.request === undefined ? {} : { request: this.request }),
      ...(this.timer === undefined ? {} : { timer: this.timer }),
      noted: this.noted,
      ...(progress === undefined
        ? {}
        : {
            progress: {
              transaction: { ...progress.transaction, message: fromLatin1(progress.transaction.message) },
              ahead: progress.ahead,
              results: progress.results.map((result) => result ?? null),
              answered: progress.answered,
              delivered: progress.delivered,
            },
          }),
    };
    return saved as unknown as Json;
  }

  // --- Replies: what they mean where they come --------------------------------------------------------------------------

  /** Reads on as far as input and host allow: what comes while the host is asked waits for its answer. */
  private pump(): void {
    while (!this.state.final && this.request === undefined) {
      const incoming = this.replies.next();
      if (incoming === undefined) break;
      this.hear(incoming);
    }
    // A server that goes on talking to nobody.
    if (!this.state.final && this.replies.pending > limits.PENDING_INPUT) this.fire('NONSENSE');
  }

  private hear(incoming: Incoming): void {
    const range = { from: incoming.from, to: incoming.to };
    if (!incoming.ok) {
      const pdu = { protocol: this.variant, kind: 'reply', verb: '?', args: incoming.line, negative: true } as const;
      this.out.push({ type: 'received', pdu, range });
      this.reply = { code: 0, lines: [incoming.line] };
      return this.fire('NONSENSE');
    }
    this.reply = incoming.reply;
    const kind = this.state.path === 'connect' ? 'greeting' : 'reply';
    this.out.push({ type: 'received', pdu: replyPdu(this.variant, this.reply, kind), range });
    if (incoming.bareLf && !this.noted) {
      this.noted = true;
      this.out.push({ type: 'note', code: 'smtp.bare-lf-in-reply', params: {} });
    }
    this.fire(this.reply.code === 421 ? 'SHUT' : this.meaning(Math.floor(this.reply.code / 100)));
  }

  /** The event that a reply is in the present state. What fits nowhere is NONSENSE, which the machine's `'*'` takes. */
  private meaning(kind: number): string {
    const refused = kind === 4 || kind === 5;
    switch (this.state.path) {
      case 'connect':
        return kind === 2 ? 'GREETED' : refused ? 'REFUSED' : 'NONSENSE';
      case 'hello':
      case 'helo':
        return kind === 2 ? this.meaningOfHello() : refused ? this.meaningOfRefusedHello() : 'NONSENSE';
      case 'auth':
        return kind === 3 ? 'CHALLENGE' : kind === 2 ? 'ACCEPTED' : 'REFUSED';
      case 'mail':
        return kind === 2 ? 'ACCEPTED' : refused ? this.meaningOfRefusedMail() : 'NONSENSE';
      case 'rcpt':
        return kind === 2 || refused ? this.meaningOfRcpt(kind) : 'NONSENSE';
      case 'data':
        return this.meaningOfData(kind, refused);
      case 'content':
        return kind === 2 || refused ? this.meaningOfContent() : 'NONSENSE';
      case 'draining':
        return this.meaningOfDrained(kind);
      case 'rset':
        return kind === 2 ? 'ACCEPTED' : refused ? 'REFUSED' : 'NONSENSE';
      case 'abandoned':
      case 'quit':
        return 'DONE';
      default:
        return 'NONSENSE';
    }
  }

  private meaningOfHello(): string {
    this.extensions = this.state.path === 'hello' ? extensionsOf(this.reply) : {};
    if (this.config.credentials === undefined) return 'OFFERED';
    const offered = (this.extensions.AUTH ?? '').toUpperCase().split(' ');
    this.mechanism = MECHANISMS.find((mechanism) => offered.includes(mechanism.name));
    if (this.mechanism !== undefined) return 'LOGIN';
    this.end = found('unsupported', 'auth', '5.7.4', 'The server offers no log-in that we know');
    return 'UNSUPPORTED';
  }

  private meaningOfRefusedHello(): string {
    const { code } = this.reply;
    // §3.2 and §4.1.1.1: the codes of a server that does not know EHLO.
    const unknown = code === 500 || code === 502 || code === 504;
    return unknown && this.variant === 'smtp' && this.state.path === 'hello' ? 'FALLBACK' : 'REFUSED';
  }

  private meaningOfRefusedMail(): string {
    this.progress?.decide(replied(this.reply, 'mail'));
    return this.progress?.ahead === true ? 'REFUSED_AHEAD' : 'REFUSED';
  }

  private meaningOfRcpt(kind: number): string {
    const { progress } = this;
    if (progress === undefined) return 'NONSENSE';
    if (kind !== 2) progress.results[progress.live[progress.answered] as number] = replied(this.reply, 'rcpt');
    progress.answered++;
    if (progress.answered < progress.live.length) return 'NEXT';
    // DATA that was sent ahead is answered even when nobody is left.
    return progress.ahead || progress.anyAccepted ? 'LAST' : 'NONE';
  }

  private meaningOfData(kind: number, refused: boolean): string {
    const { progress } = this;
    if (kind === 3) return progress?.anyAccepted === true ? 'INVITED' : 'INVITED_NONE';
    if (!refused) return 'NONSENSE';
    progress?.decide(replied(this.reply, 'data'));
    return 'REFUSED';
  }

  private meaningOfContent(): string {
    const { progress } = this;
    if (progress === undefined) return 'NONSENSE';
    const result = replied(this.reply, 'content');
    if (this.variant === 'smtp') {
      progress.decide(result);
      return 'DONE';
    }
    const [first, ...others] = progress.accepted;
    if (first !== undefined) progress.results[first] = result;
    progress.delivered++;
    return others.length > 0 ? 'NEXT' : 'DONE';
  }

  private meaningOfDrained(kind: number): string {
    const { progress } = this;
    if (progress === undefined) return 'NONSENSE';
    progress.answered++;
    // One reply for each RCPT, then the one for DATA.
    if (progress.answered <= progress.live.length) return 'NEXT';
    return kind === 3 ? 'INVITED_NONE' : 'DONE';
  }

  // --- The machine ----------------------------------------------------------------------------------------------------

  private fire(event: string, shownAs = event): void {
    const from = this.state.path;
    const step = this.machine.next(this.state, event);
    this.state = step.state;
    this.out.push({ type: 'transition', from, event: shownAs, to: step.state.path });
    this.stage = STAGES[from] ?? 'mail';
    this.carryOut(step.actions);
  }

  /** Where the last event happened. */
  private stage: Stage = 'connect';

  private carryOut(actions: CompiledMachine['initial']['actions']): void {
    for (const action of actions) {
      if (action.type === 'do') this.act(action.name);
      else {
        this.timer = action.type === 'timer' ? action.id : undefined;
        this.out.push(timerEffect(action));
      }
    }
  }

  private act(name: string): void {
    const { progress } = this;
    switch (name) {
      case 'sayHello':
        return this.say({ verb: this.variant === 'lmtp' ? 'LHLO' : 'EHLO', argument: this.config.hostname });
      case 'sayHelo':
        return this.say({ verb: 'HELO', argument: this.config.hostname });
      case 'sayAuth':
        return this.sayAuth();
      case 'sayResponse':
        return this.sayResponse();
      case 'askNext':
        return this.ask({ kind: 'next', extensions: this.extensions }, true);
      case 'sayMail':
        return this.sayMail();
      case 'sayRcpt':
        if (progress?.ahead === false) this.sayRcpt(progress, progress.answered);
        return;
      case 'sayData':
        if (progress?.ahead === false) this.say({ verb: 'DATA', argument: '' });
        return;
      case 'sayRset':
        return this.say({ verb: 'RSET', argument: '' });
      case 'sayQuit':
        return this.say({ verb: 'QUIT', argument: '' });
      case 'sendContent':
        return this.sendContent();
      case 'sendNothing':
        return void this.out.push({
          type: 'send',
          bytes: latin1('.\r\n'),
          pdu: messagePdu(this.variant, latin1(''), 0),
        });
      case 'settle':
        return this.settle();
      case 'recordEnd':
      case 'recordGoodbye':
        this.end ??= replied(this.reply, this.stage);
        return;
      case 'timedOut':
        this.end ??= found('timeout', this.stage, '4.4.2');
        return;
      case 'lost':
        // After QUIT nothing is lost with the connection.
        this.end ??=
          this.stage === 'quit'
            ? { ...found('lost', 'quit', '4.4.2'), status: 'done' }
            : found('lost', this.stage, '4.4.2');
        return;
      case 'nonsense':
        this.end ??= found('nonsense', this.stage, '4.5.0', this.reply.lines.join(' '));
        return;
      case 'end':
        return this.finish();
    }
  }

  private say(command: Command): void {
    this.out.push({ type: 'send', bytes: emitCommand(command), pdu: commandPdu(this.variant, command) });
  }

  private sayMail(): void {
    const { progress } = this;
    if (progress === undefined) return;
    const params = emitParams(progress.mailParams(this.extensions));
    this.say({ verb: 'MAIL', argument: `FROM:<${progress.transaction.reversePath}>${params}` });
    if (!progress.ahead) return;
    for (let i = 0; i < progress.live.length; i++) this.sayRcpt(progress, i);
    this.say({ verb: 'DATA', argument: '' });
  }

  private sayRcpt(progress: Progress, nth: number): void {
    const recipient = progress.transaction.recipients[progress.live[nth] as number];
    this.say({ verb: 'RCPT', argument: `TO:<${recipient}>` });
  }

  private sendContent(): void {
    const { progress } = this;
    if (progress === undefined) return;
    const { wire, size } = progress.prepared;
    this.out.push({ type: 'send', bytes: wire, pdu: messagePdu(this.variant, progress.transaction.message, size) });
  }

  private sayAuth(): void {
    const { mechanism } = this;
    if (mechanism === undefined) return;
    this.turn = 0;
    const initial = mechanism.clientFirst ? this.response() : undefined;
    // §4: an empty initial response is `=`.
    const argument = initial === undefined ? mechanism.name : `${mechanism.name} ${initial === '' ? '=' : initial}`;
    this.say({ verb: 'AUTH', argument });
  }

  private sayResponse(): void {
    const challenge = fromBase64(this.reply.lines[0]?.trim() ?? '');
    // `*` cancels what cannot be answered (§4).
    const line = challenge === undefined ? '*' : (this.response() ?? '*');
    this.out.push({ type: 'send', bytes: latin1(`${line}\r\n`), pdu: responsePdu(this.variant, line) });
  }

  private response(): string | undefined {
    const { user = '', password = '' } = this.config.credentials ?? {};
    const octets = this.mechanism?.client(this.turn++, user, password);
    return octets === undefined ? undefined : toBase64(octets);
  }

  /** The transaction is over: tells the host. */
  private settle(): void {
    const { progress } = this;
    this.progress = undefined;
    if (progress === undefined) return;
    this.ask({ kind: 'outcome', transaction: progress.transaction, recipients: progress.outcome() }, false);
  }

  private finish(): void {
    const result = this.end ?? found('lost', this.stage, '4.4.2');
    this.progress?.decide(result);
    this.settle();
    this.ask({ kind: 'ended', result }, false);
    this.out.push({ type: 'close' });
  }

  private ask(what: ClientAsk, answered: boolean): void {
    const request = ++this.requests;
    if (answered) this.request = request;
    this.out.push({ type: 'ask', request, what });
  }

  private take(): Effect<ClientAsk>[] {
    const taken = this.out;
    this.out = [];
    return taken;
  }
}

/** EHLO's lines after the first: `ehlo-keyword *( SP ehlo-param )`. */
function extensionsOf(reply: Reply): Extensions {
  const out: Record<string, string> = {};
  for (const line of reply.lines.slice(1)) {
    const space = line.indexOf(' ');
    const keyword = (space < 0 ? line : line.slice(0, space)).trim().toUpperCase();
    // A keyword is letters, digits and hyphens; nothing else may become a key.
    if (KEYWORD.test(keyword)) out[keyword] = space < 0 ? '' : line.slice(space + 1).trim();
  }
  return out;
}

const KEYWORD = /^[A-Z0-9][A-Z0-9-]*$/;
