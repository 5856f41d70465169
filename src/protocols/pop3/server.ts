/**
 * The server role as an endpoint: reads command lines, tells the machine what came, carries out its actions. Order is the machine's
 * (server.machine.ts), arguments the commands' (commands.ts), mailboxes the host's (messages.ts). RFC 1939.
 */
import {
  fromLatin1,
  latin1,
  type MachineSnapshot,
  type MachineState,
  type Octets,
  type Pdu,
} from '../../core/index.ts';
import { type Line, LineFramer } from '../../wire/index.ts';
import { type Effect, type Endpoint, type Json, type RequestId, type TimerId, timerEffect } from '../contract.ts';
import { emitResponse, parseCommand, stuff, top } from './codec.ts';
import { CAPABILITIES, commandOf } from './commands.ts';
import * as limits from './limits.ts';
import type { Command, DropEntry, Response, ServerAnswer, ServerAsk, ServerConfig } from './messages.ts';
import { bodyPdu, commandPdu, responsePdu, shown } from './pdu.ts';
import { SERVER_MACHINE } from './server.machine.ts';

const FRAMING = { limit: limits.COMMAND_LINE, bareLf: 'end' } as const;

const LINE_FAULTS = {
  'too-long': 'Line too long',
  'bare-lf': 'Lines must end with CR LF',
  'bare-cr': 'CR without LF',
  nul: 'NUL is not allowed',
} as const;

/** All that a session knows besides its state: JSON. */
interface SessionData {
  user: string;
  drop: DropEntry[];
  deleted: number[];
  command: Command;
  request: RequestId | undefined;
  requests: number;
  errors: number;
  consumed: number;
  ended: boolean;
  timer: TimerId | undefined;
}

const FRESH: SessionData = {
  user: '',
  drop: [],
  deleted: [],
  command: { verb: '', argument: '' },
  request: undefined,
  requests: 0,
  errors: 0,
  consumed: 0,
  ended: false,
  timer: undefined,
};

export class Pop3Server implements Endpoint<ServerAsk, ServerAnswer> {
  private state: MachineState = SERVER_MACHINE.initial.state;
  private readonly data: SessionData;
  private readonly framer = new LineFramer(FRAMING);
  private effects: Effect<ServerAsk>[] = [];
  /** Why the command is refused, or what the host said: valid while an event is dealt with. */
  private reason = '';
  private answered: ServerAnswer | undefined;

  constructor(
    private readonly config: ServerConfig,
    saved?: Json,
  ) {
    const from = saved as unknown as {
      state: string;
      data: SessionData;
      input: string;
      cut?: string;
      skipped?: number;
      cr?: boolean;
    };
    this.data = { ...FRESH, ...from?.data };
    if (from === undefined) return;
    this.state = SERVER_MACHINE.restore(from.state);
    const { skipped: length, cr, cut } = from;
    this.framer.restore({
      bytes: latin1(from.input),
      ...(length === undefined ? {} : { skipping: { length, lastWasCr: cr === true, cut: latin1(cut ?? '') } }),
    });
  }

  get snapshot(): MachineSnapshot {
    return this.state.snapshot;
  }

  start(): Effect<ServerAsk>[] {
    this.fire('OPEN');
    return this.take();
  }

  receive(bytes: Uint8Array): Effect<ServerAsk>[] {
    if (this.state.final || this.data.ended) return [];
    this.framer.push(bytes);
    this.pump();
    return this.take();
  }

  peerClosed(): Effect<ServerAsk>[] {
    this.data.ended = true;
    this.pump();
    return this.take();
  }

  timeout(timer: TimerId): Effect<ServerAsk>[] {
    if (timer !== this.data.timer || this.state.final) return [];
    this.fire(timer, 'timeout');
    return this.take();
  }

  answer(request: RequestId, result: ServerAnswer): Effect<ServerAsk>[] {
    const { data } = this;
    if (request !== data.request || this.state.final) return [];
    data.request = undefined;
    this.answered = result;
    this.fire(agrees(result) ? 'ACCEPT' : 'REFUSE');
    this.answered = undefined;
    this.pump();
    return this.take();
  }

  save(): Json {
    const { bytes, skipping } = this.framer.save();
    return {
      state: this.state.snapshot.value as Json,
      data: JSON.parse(JSON.stringify(this.data)) as Json,
      input: fromLatin1(bytes),
      ...(skipping === undefined
        ? {}
        : { skipped: skipping.length, cr: skipping.lastWasCr, cut: fromLatin1(skipping.cut) }),
    };
  }

  // ── input ───────────────────────────────────────────────────────────────────────────────────────────────────

  private pump(): void {
    while (this.state.snapshot.tags.has('command')) {
      const line = this.framer.next();
      if (line === undefined) break;
      this.read(line);
    }
    if (this.state.final) return;
    if (this.state.snapshot.tags.has('asking')) {
      if (this.framer.pending > limits.PENDING_INPUT) this.fire('FLOOD');
    } else if (this.data.ended) this.fire('EOF');
  }

  private read(line: Line): void {
    const { data } = this;
    const from = data.consumed;
    data.consumed += line.length;
    const command = parseCommand(line.bytes);
    this.effects.push({ type: 'received', pdu: commandPdu(command), range: { from, to: data.consumed } });
    const spec = commandOf(command.verb);
    if (line.fault !== undefined) this.refuse('INVALID', LINE_FAULTS[line.fault]);
    else if (spec === undefined) this.refuse('UNKNOWN', `Unknown command: ${shown(command.verb, 20)}`);
    else if (!SERVER_MACHINE.accepts(this.state, command.verb)) this.refuse(command.verb, ORDER[this.state.path] ?? '');
    else if (!spec.takes(command.argument)) this.refuse('INVALID', `Usage: ${spec.usage}`);
    else {
      data.command = command;
      const problem = this.numberProblem(command);
      if (problem === undefined) this.fire(command.verb);
      else this.refuse('INVALID', problem);
    }
    // The password is not kept any longer than its check takes.
    if (command.verb === 'PASS') data.command = { verb: 'PASS', argument: '' };
  }

  private refuse(event: string, reason: string): void {
    this.reason = reason;
    this.fire(event);
    if (++this.data.errors >= limits.ERRORS) this.fire('TOO_MANY_ERRORS');
  }

  /** Commands that name a message: it must be there and not marked as deleted (RFC 1939 §5). */
  private numberProblem({ verb, argument }: Command): string | undefined {
    if (!NUMBERED.has(verb) || argument === '') return undefined;
    const number = Number.parseInt(argument, 10);
    const count = this.data.drop.length;
    if (number > count) return `No such message, only ${count} in maildrop`;
    return this.data.deleted.includes(number) ? `Message ${number} already deleted` : undefined;
  }

  // ── machine ─────────────────────────────────────────────────────────────────────────────────────────────────

  private fire(event: string, shownAs = event): void {
    const from = this.state;
    const step = SERVER_MACHINE.next(from, event);
    this.state = step.state;
    this.effects.push({ type: 'transition', from: from.path, event: shownAs, to: step.state.path });
    for (const action of step.actions) {
      if (action.type === 'do') {
        this.perform(action.name);
        continue;
      }
      if (action.type === 'timer') this.data.timer = action.id;
      else if (this.data.timer === action.id) this.data.timer = undefined;
      this.effects.push(timerEffect(action));
    }
    if (step.state.final && !this.effects.some((effect) => effect.type === 'close'))
      this.effects.push({ type: 'close' });
  }

  private perform(action: string): void {
    const { data } = this;
    switch (action) {
      case 'greet':
        return this.respond(true, `${this.config.hostname} POP3 Estafeta`, 'greeting');
      case 'capabilities':
        return this.lines('Capability list follows', CAPABILITIES);
      case 'rememberUser':
        data.user = data.command.argument;
        return this.respond(true, 'Send PASS');
      case 'authenticate':
        return this.ask({ kind: 'authenticate', user: data.user, password: data.command.argument });
      case 'opened':
        if (this.answered !== undefined && 'drop' in this.answered) data.drop = [...this.answered.drop];
        return this.respond(true, `Logged in, ${data.drop.length} messages (${this.octets()} octets)`);
      case 'stat':
        return this.respond(true, `${this.live().length} ${this.octets()}`);
      case 'list':
        return this.listing((entry) => `${entry.size}`);
      case 'uidl':
        return this.listing((entry) => entry.uidl);
      case 'fetch':
        return this.ask({ kind: 'message', uid: this.named().uid });
      case 'sendMessage':
        return this.sendMessage();
      case 'dele': {
        const number = Number.parseInt(data.command.argument, 10);
        data.deleted = [...data.deleted, number];
        return this.respond(true, `Message ${number} marked for deletion`);
      }
      case 'noop':
        return this.respond(true, '');
      case 'rset':
        data.deleted = [];
        return this.respond(true, `Maildrop has ${data.drop.length} messages (${this.octets()} octets)`);
      case 'update':
        return this.ask({ kind: 'update', remove: data.deleted.map((number) => data.drop[number - 1]?.uid ?? 0) });
      case 'goodbye':
        this.respond(true, `${this.config.hostname} signing off`);
        return;
      case 'refuse':
      case 'wrongState':
        return this.respond(false, this.reason);
      case 'refuseByHost':
        return this.respond(false, refusal(this.answered));
      case 'tooIdle':
        return this.respond(false, 'Autologout: idle for too long');
    }
  }

  private sendMessage(): void {
    const message = this.answered !== undefined && 'message' in this.answered ? this.answered.message : undefined;
    if (message === undefined) return;
    const { verb, argument } = this.data.command;
    if (verb === 'RETR') {
      this.respond(true, `${message.length} octets`);
      this.body(stuff(message), bodyPdu('message', `${message.length}`));
      return;
    }
    const part = top(message, Number(argument.split(/ +/)[1] ?? 0));
    this.respond(true, 'Top of message follows');
    this.body(stuff(part), bodyPdu('message', `${part.length}`));
  }

  private listing(value: (entry: DropEntry) => string): void {
    if (this.data.command.argument !== '') {
      this.respond(true, `${Number.parseInt(this.data.command.argument, 10)} ${value(this.named())}`);
      return;
    }
    const live = this.live();
    this.lines(
      `${live.length} messages (${this.octets()} octets)`,
      live.map(([number, entry]) => `${number} ${value(entry)}`),
    );
  }

  private named(): DropEntry {
    const number = Number.parseInt(this.data.command.argument, 10);
    return this.data.drop[number - 1] ?? { uid: 0, uidl: '', size: 0 };
  }

  /** Messages not marked as deleted, with their numbers. */
  private live(): readonly (readonly [number, DropEntry])[] {
    const deleted = new Set(this.data.deleted);
    return this.data.drop.flatMap((entry, i) => (deleted.has(i + 1) ? [] : [[i + 1, entry] as const]));
  }

  private octets(): Octets {
    return this.live().reduce((sum, [, { size }]) => sum + size, 0);
  }

  private ask(what: ServerAsk): void {
    this.data.request = ++this.data.requests;
    this.effects.push({ type: 'ask', request: this.data.request, what });
  }

  private respond(ok: boolean, text: string, kind: 'reply' | 'greeting' = 'reply'): void {
    const response: Response = { ok, text };
    this.effects.push({ type: 'send', bytes: emitResponse(response), pdu: responsePdu(response, kind) });
  }

  private lines(text: string, lines: readonly string[]): void {
    this.respond(true, text);
    this.body(latin1([...lines, '.', ''].join('\r\n')), bodyPdu('list', lines.join(' · ')));
  }

  private body(bytes: Uint8Array, pdu: Pdu): void {
    this.effects.push({ type: 'send', bytes, pdu });
  }

  private take(): Effect<ServerAsk>[] {
    const { effects } = this;
    this.effects = [];
    return effects;
  }
}

const NUMBERED: ReadonlySet<string> = new Set(['LIST', 'UIDL', 'RETR', 'DELE', 'TOP']);

/** What is missing, for a command in the wrong state. */
const ORDER: Readonly<Record<string, string>> = {
  authorization: 'Log in first: USER, then PASS',
  password: 'Send PASS first',
  transaction: 'Already logged in',
};

function agrees(result: ServerAnswer): boolean {
  if ('ok' in result) return result.ok;
  return 'message' in result ? result.message !== undefined : result.updated;
}

/** RFC 2449 §8 and RFC 3206: why, in a form that programs understand. */
function refusal(answer: ServerAnswer | undefined): string {
  if (answer === undefined || ('ok' in answer && answer.ok)) return 'Internal error';
  if ('message' in answer) return 'That message is gone';
  if ('updated' in answer) return '[SYS/TEMP] Some deleted messages not removed';
  return answer.cause === 'in-use'
    ? '[IN-USE] Maildrop is locked by another session'
    : '[AUTH] Invalid user name or password';
}
