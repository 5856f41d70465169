/**
 * The server role as an endpoint: cuts the input into command lines, tells the machine what came, and carries out its
 * actions. Order is the machine's (server.machine.ts), syntax the commands' (commands/), mailboxes, passwords and locks the
 * host's (asks.ts). RFC 1939, RFC 2449.
 */
import { fromLatin1, latin1, type MachineSnapshot, type MachineState, type Step } from '../../core/index.ts';
import { type Line, LineFramer } from '../../wire/index.ts';
import { type Effect, type Endpoint, type Json, type RequestId, type TimerId, timerEffect } from '../contract.ts';
import type { ServerAnswer, ServerAsk, ServerConfig } from './asks.ts';
import { parseCommand } from './codec.ts';
import { COMMAND_ACTIONS, commandOf } from './commands/index.ts';
import { type ErrorKind, type Pop3Error, pop3Error } from './errors.ts';
import * as limits from './limits.ts';
import { commandPdu } from './pdu.ts';
import { sequenceText } from './sequence.ts';
import { SERVER_MACHINE } from './server.machine.ts';
import { refusalOf, type SavedSession, Session, settingsOf } from './session.ts';

const FRAMING = { limit: limits.COMMAND_LINE, bareLf: 'end' } as const;

const LINE_FAULTS = { 'too-long': 'line-too-long', 'bare-lf': 'bare-lf', 'bare-cr': 'bare-cr', nul: 'nul' } as const;

interface SavedServer {
  readonly state: Json;
  readonly session: SavedSession;
  readonly input: string;
  readonly skipping?: { readonly length: number; readonly lastWasCr: boolean; readonly cut: string };
  readonly consumed: number;
  readonly ended: boolean;
  readonly timer?: TimerId;
}

export class Pop3Server implements Endpoint<ServerAsk, ServerAnswer> {
  private readonly session: Session;
  private readonly framer = new LineFramer(FRAMING);
  private state: MachineState;
  /** Octets of the input that have been read as lines. */
  private consumed = 0;
  /** The peer will send no more. */
  private ended = false;
  private timer: TimerId | undefined;

  constructor(config: ServerConfig, saved?: Json) {
    const from = saved as unknown as SavedServer | undefined;
    this.session = new Session(settingsOf(config), from?.session);
    this.state = from === undefined ? SERVER_MACHINE.initial.state : SERVER_MACHINE.restore(from.state);
    if (from === undefined) return;
    const { skipping } = from;
    this.framer.restore({
      bytes: latin1(from.input),
      ...(skipping === undefined ? {} : { skipping: { ...skipping, cut: latin1(skipping.cut) } }),
    });
    this.consumed = from.consumed;
    this.ended = from.ended;
    this.timer = from.timer;
  }

  get snapshot(): MachineSnapshot {
    return this.state.snapshot;
  }

  start(): Effect<ServerAsk>[] {
    this.fire('OPEN');
    return this.session.take();
  }

  receive(bytes: Uint8Array): Effect<ServerAsk>[] {
    if (this.state.final || this.ended) return [];
    this.framer.push(bytes);
    this.pump();
    return this.session.take();
  }

  peerClosed(): Effect<ServerAsk>[] {
    this.ended = true;
    this.pump();
    return this.session.take();
  }

  timeout(timer: TimerId): Effect<ServerAsk>[] {
    if (timer !== this.timer || this.state.final) return [];
    this.fire(timer, 'timeout');
    return this.session.take();
  }

  answer(request: RequestId, result: ServerAnswer): Effect<ServerAsk>[] {
    const { session } = this;
    if (request !== session.request || this.state.final) return [];
    session.request = undefined;
    session.answer = result;
    this.fire(this.eventOf(result));
    session.answer = undefined;
    this.pump();
    return session.take();
  }

  save(): Json {
    const { bytes, skipping } = this.framer.save();
    const saved: SavedServer = {
      state: this.state.snapshot.value as Json,
      session: this.session.save(),
      input: fromLatin1(bytes),
      ...(skipping === undefined ? {} : { skipping: { ...skipping, cut: fromLatin1(skipping.cut) } }),
      consumed: this.consumed,
      ended: this.ended,
      ...(this.timer === undefined ? {} : { timer: this.timer }),
    };
    return saved as unknown as Json;
  }

  // --- Input ----------------------------------------------------------------------------------------------------------

  /** Reads on as far as the input and the machine allow. */
  private pump(): void {
    while (this.reads('command')) {
      const line = this.framer.next();
      if (line === undefined) break;
      const from = this.consumed;
      this.consumed += line.length;
      this.readCommand(line, from);
    }
    if (this.state.final) return;
    if (this.reads('asking')) {
      if (this.framer.pending > limits.PENDING_INPUT) this.fail('FLOOD', pop3Error('flood'));
    } else if (this.ended) this.fire('EOF');
  }

  private reads(tag: 'command' | 'asking'): boolean {
    return this.state.snapshot.tags.has(tag);
  }

  private readCommand(line: Line, from: number): void {
    const { session } = this;
    const { verb, argument } = parseCommand(line.bytes);
    session.received(commandPdu({ verb, argument }), from, this.consumed);
    const fault = lineError(line);
    if (fault !== undefined) return this.fail('INVALID', pop3Error(fault));
    const command = commandOf(verb);
    if (command === undefined) return this.fail('UNKNOWN', pop3Error('unknown-command', { got: verb }));
    session.verb = command.verb;
    const step = SERVER_MACHINE.next(this.state, verb);
    if (outOfOrder(step)) {
      const text = sequenceText(this.state.path, command.verb);
      return this.fail(verb, pop3Error('bad-sequence', { text, got: verb }), step);
    }
    // Only a command that is in order is read any further.
    const error = command.prepare(argument, session);
    if (error !== undefined) return this.fail('INVALID', error);
    this.apply(step, verb);
  }

  // --- The machine ----------------------------------------------------------------------------------------------------

  /** An error of the protocol: counted, told to the machine, answered once. The last that is borne ends the session. */
  private fail(event: string, error: Pop3Error, step?: Step): void {
    const { session } = this;
    session.error = error;
    session.errors++;
    if (session.errors >= session.settings.maxErrors && this.reads('command')) {
      session.error = pop3Error('too-many-errors');
      this.fire('ERRORS');
    } else this.apply(step ?? SERVER_MACHINE.next(this.state, event), event);
  }

  /** The host's answer as an event. Wrong passwords are counted as errors are: guessing must come to an end. */
  private eventOf(result: ServerAnswer): 'ACCEPT' | 'REFUSE' | 'SHUT' {
    if ('message' in result) return result.message === undefined ? 'REFUSE' : 'ACCEPT';
    if ('updated' in result) return result.updated ? 'ACCEPT' : 'REFUSE';
    if (result.ok) return 'ACCEPT';
    const { session } = this;
    if (result.cause === 'auth') session.errors += limits.ERRORS_OF_A_WRONG_PASSWORD;
    return session.errors >= session.settings.maxErrors ? 'SHUT' : 'REFUSE';
  }

  private fire(event: string, shownAs = event): void {
    this.apply(SERVER_MACHINE.next(this.state, event), shownAs);
  }

  private apply(step: Step, event: string): void {
    const from = this.state.path;
    this.state = step.state;
    this.session.emit({ type: 'transition', from, event, to: step.state.path });
    for (const action of step.actions) {
      if (action.type === 'do') this.act(action.name);
      else {
        this.timer = action.type === 'timer' ? action.id : undefined;
        this.session.emit(timerEffect(action));
      }
    }
  }

  private act(name: string): void {
    const { session } = this;
    const command = COMMAND_ACTIONS.get(name);
    if (command !== undefined) return command(session);
    switch (name) {
      case 'greet': {
        const { hostname, banner, timestamp } = session.settings;
        return session.ok(`${hostname} ${banner}${timestamp === undefined ? '' : ` ${timestamp}`}`, 'greeting');
      }
      case 'refuse':
      case 'badSequence':
        if (session.error !== undefined) session.refuse(session.error);
        return;
      case 'refuseByHost':
        return session.refuse(refusalOf(session.answer));
      case 'tooIdle':
        // "the server should close the TCP connection without … sending any response to the client" (RFC 1939 §3).
        session.emit({ type: 'note', code: 'pop3.autologout', params: {} });
        return session.emit({ type: 'close' });
      case 'hangUp':
        return session.emit({ type: 'close' });
    }
  }
}

function outOfOrder(step: Step): boolean {
  const first = step.actions.find((action) => action.type === 'do');
  return first?.name === 'badSequence';
}

/** What is wrong with a command line as such. */
function lineError({ fault, bytes }: Line): ErrorKind | undefined {
  if (fault !== undefined) return LINE_FAULTS[fault];
  return bytes.some((octet) => octet < 32 || octet > 126) ? 'unprintable' : undefined;
}
