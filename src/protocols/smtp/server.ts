/**
 * The server role as an endpoint: cuts the input into lines, responses and content as the machine's state asks for, tells
 * the machine what came, and carries out its actions. Order is the machine's (server.machine.ts), syntax the commands'
 * (commands/), policy the host's (asks.ts). RFC 5321, RFC 2033 for LMTP.
 */
import type { CompiledMachine, MachineSnapshot, MachineState, Step } from '../../core/index.ts';
import { fromLatin1, latin1 } from '../../core/index.ts';
import { type Line, LineFramer } from '../../wire/index.ts';
import { type Effect, type Endpoint, type Json, type RequestId, type TimerId, timerEffect } from '../contract.ts';
import type { ServerAnswer, ServerAsk, ServerConfig } from './asks.ts';
import { parseCommand } from './codec.ts';
import { advance, COMMAND_ACTIONS, commandOf, hear } from './commands/index.ts';
import { type ContentFault, ContentReader, type SavedContent } from './content.ts';
import { type ErrorKind, type SmtpError, smtpError } from './errors.ts';
import * as limits from './limits.ts';
import type { Command, Refusal, Verdict } from './messages.ts';
import { commandPdu, messagePdu, responsePdu, shownLine } from './pdu.ts';
import { sequenceText } from './sequence.ts';
import { serverMachine } from './server.machine.ts';
import { newSessionData, refusalIn, Session, type SessionData, settingsOf } from './session.ts';

const FRAMING = { limit: limits.AUTH_LINE, bareLf: 'end' } as const;

const LINE_FAULTS = { 'too-long': 'line-too-long', 'bare-lf': 'bare-lf', 'bare-cr': 'bare-cr', nul: 'nul' } as const;

const CONTENT_FAULTS: Readonly<Record<ContentFault, ErrorKind>> = {
  'too-large': 'too-large',
  'bare-line-end': 'content-bare-line-end',
  nul: 'content-nul',
  'line-too-long': 'content-line-too-long',
  'eight-bit': 'content-eight-bit',
};

interface SavedServer {
  readonly state: Json;
  readonly data: Partial<SessionData>;
  readonly input: string;
  readonly skipping?: { readonly length: number; readonly lastWasCr: boolean; readonly cut: string };
  readonly content?: SavedContent & { readonly kept: string };
  readonly consumed: number;
  readonly ended: boolean;
  readonly timer?: TimerId;
  readonly mark: number;
}

export class SmtpServer implements Endpoint<ServerAsk, ServerAnswer> {
  private readonly machine: CompiledMachine;
  private readonly session: Session;
  private readonly framer = new LineFramer(FRAMING);
  private state: MachineState;
  private content: ContentReader | undefined;
  /** Octets of the input that have been read as lines or content. */
  private consumed = 0;
  /** The peer will send no more. */
  private ended = false;
  /** The timer that runs, and how much content had come when it was set. */
  private timer: TimerId | undefined;
  private mark = 0;

  constructor(config: ServerConfig, saved?: Json) {
    const from = saved as SavedServer | undefined;
    this.machine = serverMachine(config.mode);
    this.session = new Session(settingsOf(config), { ...newSessionData(), ...from?.data });
    this.state = from === undefined ? this.machine.initial.state : this.machine.restore(from.state);
    if (from === undefined) return;
    const { skipping } = from;
    this.framer.restore({
      bytes: latin1(from.input),
      ...(skipping === undefined ? {} : { skipping: { ...skipping, cut: latin1(skipping.cut) } }),
    });
    if (from.content !== undefined) {
      this.content = ContentReader.restore(this.contentOptions(), from.content, latin1(from.content.kept));
    }
    this.consumed = from.consumed;
    this.ended = from.ended;
    this.timer = from.timer;
    this.mark = from.mark;
  }

  get snapshot(): MachineSnapshot {
    return this.state.snapshot;
  }

  start(): Effect<ServerAsk>[] {
    const { refuse } = this.session.settings;
    this.fire(refuse === undefined ? 'OPEN' : refuse.code === 421 ? 'BUSY' : 'DECLINE');
    return this.session.take();
  }

  receive(bytes: Uint8Array): Effect<ServerAsk>[] {
    if (this.state.final || this.ended) return [];
    if (this.reads('content') && this.framer.pending === 0) this.readContent(bytes);
    else this.framer.push(bytes);
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
    // Content that still flows restarts the wait: §4.5.3.2.5 is a limit for each block, not for the message.
    if (this.reads('content') && (this.content?.onWire ?? 0) > this.mark) this.fire('PROGRESS');
    else this.fire(timer, 'timeout');
    return this.session.take();
  }

  answer(request: RequestId, result: ServerAnswer): Effect<ServerAsk>[] {
    const { session } = this;
    if (request !== session.data.request || this.state.final) return [];
    session.data.request = undefined;
    session.verdict = this.settle(result);
    const refusal = refusalIn(session.verdict);
    if (refusal?.code === 421) this.fire('SHUT');
    else if (refusal !== undefined) this.fire('REFUSE');
    else this.fire('perRecipient' in session.verdict ? 'REPORT' : 'ACCEPT');
    if ('ok' in result && result.ok === 'wrong') this.countError();
    session.verdict = undefined;
    this.pump();
    return session.take();
  }

  save(): Json {
    const { bytes, skipping } = this.framer.save();
    const content = this.content?.save();
    const saved: SavedServer = {
      state: this.state.snapshot.value as Json,
      data: JSON.parse(JSON.stringify(this.session.data)) as Partial<SessionData>,
      input: fromLatin1(bytes),
      ...(skipping === undefined ? {} : { skipping: { ...skipping, cut: fromLatin1(skipping.cut) } }),
      ...(content === undefined ? {} : { content: { ...content, kept: fromLatin1(content.kept) } }),
      consumed: this.consumed,
      ended: this.ended,
      ...(this.timer === undefined ? {} : { timer: this.timer }),
      mark: this.mark,
    };
    return saved as unknown as Json;
  }

  // --- Input ----------------------------------------------------------------------------------------------------------

  private reads(tag: 'command' | 'response' | 'content' | 'asking'): boolean {
    return this.state.snapshot.tags.has(tag);
  }

  /** Reads on as far as the input and the machine allow. */
  private pump(): void {
    while (!this.state.final && !this.reads('asking')) {
      if (this.reads('content')) {
        if (this.framer.pending === 0) break;
        this.readContent(this.framer.drain());
        continue;
      }
      const line = this.framer.next();
      if (line === undefined) break;
      const from = this.consumed;
      this.consumed += line.length;
      if (this.reads('response')) this.readResponse(line, from);
      else this.readCommand(line, from);
    }
    if (this.state.final) return;
    if (this.reads('asking')) {
      if (this.framer.pending > limits.PENDING_INPUT) this.fail('FLOOD', smtpError('flood'));
    } else if (this.ended) this.fire('EOF');
  }

  private readCommand(line: Line, from: number): void {
    const { session } = this;
    const told: Command =
      line.fault === 'too-long' ? parseCommand(latin1(shownLine(line.bytes))) : parseCommand(line.bytes);
    session.received(commandPdu(session.settings.variant, told), from, from + line.length);
    const command = commandOf(told.verb);
    // A verb that this service does not have (EHLO under LMTP) is as unknown as any other.
    const known = command !== undefined && this.machine.definition.events.includes(told.verb as never);
    const fault = lineError(line, told.verb, known ? command.longest : limits.COMMAND_LINE);
    if (fault !== undefined) return this.fail('INVALID', fault);
    if (!known) return this.fail('UNKNOWN', smtpError('unknown-command', { got: told.verb }));
    session.verb = told.verb;
    const step = this.machine.next(this.state, told.verb);
    // Only a command that is in order, and offered, is read any further.
    if (!refused(step)) {
      const error = command.prepare(told.argument, session);
      if (error !== undefined) return this.fail('INVALID', error);
    }
    this.apply(step, told.verb);
    if (refused(step)) this.countError();
    if (this.reads('response')) this.authenticate(advance(session));
  }

  /** A line of an AUTH exchange. */
  private readResponse(line: Line, from: number): void {
    const { session } = this;
    const text = fromLatin1(line.bytes);
    session.received(responsePdu(session.settings.variant, text), from, from + line.length);
    if (line.fault === 'too-long') return this.fail('INVALID', smtpError('auth-line-too-long'));
    if (line.fault !== undefined) return this.fail('INVALID', smtpError(LINE_FAULTS[line.fault]));
    this.authenticate(hear(text, session));
  }

  private authenticate(event: ReturnType<typeof advance>): void {
    this.fire(event);
    if (event === 'INVALID' || event === 'CANCEL') this.countError();
  }

  private readContent(chunk: Uint8Array): void {
    const { session } = this;
    this.content ??= new ContentReader(this.contentOptions());
    const { content } = this;
    const wasClean = !content.has('bare-line-end');
    const end = content.feed(chunk, 0);
    // Someone with netcat would wait for ever for an answer to a dot that ends nothing.
    if (wasClean && content.has('bare-line-end')) session.note('smtp.bare-line-end-in-content');
    if (end < 0) return;
    if (end < chunk.length) this.framer.push(chunk.subarray(end));
    this.content = undefined;
    const { fault } = content;
    const message = fault === undefined ? content.message : new Uint8Array(0);
    const from = this.consumed;
    this.consumed += content.onWire;
    session.received(messagePdu(session.settings.variant, message, content.size), from, this.consumed);
    if (fault === undefined) {
      session.message = message;
      this.fire('CONTENT');
    } else {
      session.error = smtpError(CONTENT_FAULTS[fault]);
      this.fire('BAD_CONTENT');
    }
  }

  private contentOptions(): { maxSize: number; eightBit: boolean } {
    const { settings, data } = this.session;
    const declared = typeof data.params.BODY === 'string' && data.params.BODY.toUpperCase() === '8BITMIME';
    // A lax server takes what clients in the field send after EHLO without a word; never against BODY=7BIT, never after HELO.
    const tolerated = settings.undeclaredEightBit && data.extended && data.params.BODY === undefined;
    return { maxSize: settings.maxSize, eightBit: declared || tolerated };
  }

  // --- The machine ----------------------------------------------------------------------------------------------------

  /** An error of the protocol: told to the machine, answered, counted. */
  private fail(event: 'INVALID' | 'UNKNOWN' | 'FLOOD', error: SmtpError): void {
    this.session.error = error;
    this.fire(event);
    // A 4yz reply is no one's error: 1000 recipients too many must not end the session.
    if (error.reply.code >= 500) this.countError();
  }

  private countError(): void {
    this.session.data.errors++;
    if (this.session.data.errors < limits.ERRORS || this.state.final) return;
    this.session.error = smtpError('too-many-errors');
    this.fire('ERRORS');
  }

  private fire(event: string, shownAs = event): void {
    this.apply(this.machine.next(this.state, event), shownAs);
  }

  private apply(step: Step, event: string): void {
    const from = this.state.path;
    this.state = step.state;
    this.session.emit({ type: 'transition', from, event, to: step.state.path });
    for (const action of step.actions) {
      if (action.type === 'do') this.act(action.name, from);
      else {
        this.timer = action.type === 'timer' ? action.id : undefined;
        this.mark = this.content?.onWire ?? 0;
        this.session.emit(timerEffect(action));
      }
    }
  }

  private act(name: string, from: string): void {
    const command = COMMAND_ACTIONS.get(name);
    if (command !== undefined) return command(this.session);
    const { session } = this;
    switch (name) {
      case 'greet':
        return session.reply(
          { code: 220, lines: [`${session.settings.hostname} ${session.settings.banner}`] },
          'greeting',
        );
      case 'decline': {
        const { refuse, hostname } = session.settings;
        return session.reply({ code: refuse?.code ?? 554, lines: [`${hostname} ${refuse?.text ?? ''}`] }, 'greeting');
      }
      case 'noService':
        return session.refuse(smtpError('no-service'));
      case 'refuse':
        return this.refuse();
      case 'refuseByHost':
      case 'shut': {
        const refusal = refusalIn(session.verdict);
        if (refusal !== undefined) session.reply(refusal);
        if (name === 'shut') session.emit({ type: 'close' });
        return;
      }
      case 'badSequence':
        return session.refuse(smtpError('bad-sequence', { text: sequenceText(from, session.verb) }));
      case 'tooIdle':
        session.error = smtpError('idle');
        this.refuse();
        return session.emit({ type: 'close' });
      case 'hangUp':
        return session.emit({ type: 'close' });
    }
  }

  private refuse(): void {
    const { session } = this;
    if (session.error === undefined) return;
    const { reply } = session.error;
    // "421 <domain> Service not available, closing transmission channel" (§4.2.3)
    if (reply.code === 421)
      session.reply({ ...reply, lines: [`${session.settings.hostname} ${reply.lines[0] ?? ''}`] });
    else session.reply(reply);
  }

  /** An answer as the machine needs it: refusals valid, one verdict for SMTP. */
  private settle(result: ServerAnswer): ServerAnswer {
    if ('perRecipient' in result) {
      if (this.session.settings.variant === 'lmtp') return result;
      const each = result.perRecipient;
      const best: Verdict | undefined = each.find((one) => one.ok) ?? each[0];
      return best === undefined ? TEMPORARY : this.settle(best);
    }
    if (result.ok === 'wrong') {
      const { code, enhanced, lines } = smtpError('auth-failed').reply;
      return { ok: false, code, text: lines[0] ?? '', ...(enhanced === undefined ? {} : { enhanced }) };
    }
    if (result.ok === false && !(result.code >= 400 && result.code <= 599)) return TEMPORARY;
    return result;
  }
}

const TEMPORARY: Refusal = { ok: false, code: 451, enhanced: '4.3.0', text: 'Local error in processing' };

/** Actions with which the machine refuses a command whatever its argument. */
const REFUSALS: ReadonlySet<string> = new Set(['badSequence', 'notOffered', 'requireAuth', 'noService']);

function refused(step: Step): boolean {
  return step.actions.some((action) => action.type === 'do' && REFUSALS.has(action.name));
}

/** What is wrong with a command line as such. */
function lineError(line: Line, verb: string, longest: number): SmtpError | undefined {
  if (line.fault === 'bare-lf' || line.fault === 'bare-cr' || line.fault === 'nul') {
    return smtpError(LINE_FAULTS[line.fault]);
  }
  if (line.length > longest) return smtpError(verb === 'AUTH' ? 'auth-line-too-long' : 'line-too-long');
  // MAIL and RCPT have a better answer to addresses that are not ASCII.
  if (verb !== 'MAIL' && verb !== 'RCPT' && line.bytes.some((octet) => octet > 127))
    return smtpError('eight-bit-command');
  return undefined;
}
