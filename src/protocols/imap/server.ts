/**
 * The server role as an endpoint: frames the input, tells the machine what came, and carries out its actions. Order is the
 * machine's (server.machine.ts), syntax the commands' (commands/), mailboxes and passwords the host's (asks.ts). RFC 3501.
 */
import type { MachineSnapshot, MachineState } from '../../core/index.ts';
import { type Effect, type Endpoint, type Json, type RequestId, type TimerId, timerEffect } from '../contract.ts';
import type { Change, Problem, ServerAnswer, ServerAsk, ServerConfig } from './asks.ts';
import { CommandFramer, type Frame, type SavedFramer } from './codec/framer.ts';
import { CAPABILITIES } from './commands/capability.ts';
import { commandOf } from './commands/index.ts';
import { plain } from './commands/login.ts';
import * as limits from './limits.ts';
import { commandPdu, linePdu } from './pdu.ts';
import { ArgumentReader } from './reader.ts';
import { SERVER_MACHINE } from './server.machine.ts';
import { type SavedSession, Session } from './session.ts';

interface SavedServer {
  readonly state: Json;
  readonly session: SavedSession;
  readonly framer: SavedFramer;
  readonly consumed: number;
  readonly ended: boolean;
  readonly timer?: TimerId;
}

/** RFC 5530 §3, where it has a code. */
const REFUSALS: Readonly<Record<Problem | 'auth', string>> = {
  auth: '[AUTHENTICATIONFAILED] Authentication failed.',
  exists: '[ALREADYEXISTS] Mailbox already exists',
  missing: "[NONEXISTENT] Mailbox doesn't exist",
  invalid: '[CANNOT] Invalid mailbox name',
  'in-use': '[INUSE] Mailbox is in use',
  'over-quota': '[OVERQUOTA] Quota exceeded',
  'has-children': '[HASCHILDREN] Mailbox has children',
  inbox: '[CANNOT] INBOX cannot be changed so',
  limit: '[LIMIT] Limit reached',
  // RFC 3501 §7.1: the client may create it and try again.
  'try-create': "[TRYCREATE] Mailbox doesn't exist",
};

export class ImapServer implements Endpoint<ServerAsk, ServerAnswer> {
  private readonly session: Session;
  private readonly framer = new CommandFramer();
  private state: MachineState;
  private consumed = 0;
  private ended = false;
  private timer: TimerId | undefined;
  private reply: ServerAnswer | undefined;

  constructor(config: ServerConfig, saved?: Json) {
    const from = saved as unknown as SavedServer | undefined;
    this.session = new Session(config, from?.session);
    this.state = from === undefined ? SERVER_MACHINE.initial.state : SERVER_MACHINE.restore(from.state);
    if (from === undefined) return;
    this.framer.restore(from.framer);
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
    this.reply = result;
    this.fire(this.eventOf(result));
    this.reply = undefined;
    this.pump();
    return session.take();
  }

  /** The selected mailbox has changed, by anyone's doing. Said now in IDLE, otherwise with the next response (§5.2). */
  changed(change: Change): Effect<ServerAsk>[] {
    this.session.change(change);
    if (!this.reads('idle')) return [];
    this.fire('CHANGED');
    return this.session.take();
  }

  save(): Json {
    const saved: SavedServer = {
      state: this.state.snapshot.value as Json,
      session: this.session.save(),
      framer: this.framer.save(),
      consumed: this.consumed,
      ended: this.ended,
      ...(this.timer === undefined ? {} : { timer: this.timer }),
    };
    return saved as unknown as Json;
  }

  // --- Input ----------------------------------------------------------------------------------------------------------

  private pump(): void {
    while (this.reads('command') || this.reads('literal') || this.reads('line')) {
      const frame = this.framer.next();
      if (frame === undefined) break;
      this.readFrame(frame);
    }
    if (this.state.final) return;
    if (this.reads('asking')) {
      if (this.framer.pending > limits.PENDING_INPUT) this.fire('FLOOD');
    } else if (this.ended) this.fire('EOF');
  }

  private reads(tag: 'command' | 'asking' | 'literal' | 'line' | 'idle'): boolean {
    return this.state.snapshot.tags.has(tag);
  }

  private readFrame(frame: Frame): void {
    if (frame.kind === 'literal') return this.readLiteral(frame);
    const from = this.consumed;
    this.consumed += frame.length;
    const range = { from, to: this.consumed };
    if (this.reads('line')) {
      this.session.emit({ type: 'received', pdu: linePdu(frame.text), range });
      return this.readLine(frame.kind === 'command' ? frame.text : '');
    }
    if (this.reads('literal')) this.fire('CONTINUED');
    const { tag, uid, name, reader, rest } = head(frame.text);
    this.session.emit({ type: 'received', pdu: commandPdu(tag ?? '', uid ? `UID ${name}` : name, rest), range });
    this.session.job = { tag: tag ?? '*', name, uid, args: undefined };
    // RFC 7888 §4, RFC 4469 §4.2: TOOBIG says that trying again is no use.
    if (frame.kind === 'refused') return this.fail('INVALID', '[TOOBIG] Literal too big');
    if (frame.kind === 'too-long') return this.fail('INVALID', '[TOOBIG] Command too long');
    if (tag === undefined) return this.fail('INVALID', 'A command begins with a tag, as in: a1 NOOP');
    this.readCommand(name, uid, reader);
  }

  private readLiteral({ text, size, waits }: Extract<Frame, { kind: 'literal' }>): void {
    const { name } = head(text);
    const loggedIn = !this.state.path.startsWith('notAuthenticated');
    const limit = !loggedIn ? limits.LITERAL_BEFORE_LOGIN : name === 'APPEND' ? limits.MESSAGE : limits.LITERAL;
    if (size > limit || this.reads('line')) {
      const refused = this.framer.refuse();
      if (refused !== undefined) this.readFrame(refused);
      return;
    }
    this.framer.accept();
    if (waits) this.fire('LITERAL');
  }

  private readCommand(name: string, uid: boolean, reader: ArgumentReader): void {
    const { session } = this;
    const command = commandOf(name);
    if (command === undefined || (uid && command.uid !== true)) return this.fail('UNKNOWN', `Unknown command ${name}`);
    if (!SERVER_MACHINE.accepts(this.state, name))
      return this.fail(name, `${name}: not allowed now; ${missing(this.state.path)}`);
    const args = command.parse(reader);
    if (args === undefined || !reader.atEnd)
      return this.fail('INVALID', `Usage: ${uid ? 'UID ' : ''}${command.grammar}`);
    session.job = { ...session.job, args };
    const response = (args as { readonly response?: string }).response;
    if (name !== 'AUTHENTICATE' || response === undefined) return this.fire(name);
    if (plain(response) === undefined) return this.fail('INVALID', 'Invalid PLAIN response');
    this.fire('AUTHENTICATE-IR');
  }

  /** A line of SASL or of IDLE. */
  private readLine(text: string): void {
    const { session } = this;
    if (this.reads('idle')) {
      if (text.toUpperCase() === 'DONE') this.fire('DONE');
      else this.fail('INVALID', 'Expected DONE');
      return;
    }
    if (text === '*') return this.fail('CANCEL', 'Authentication cancelled');
    if (plain(text) === undefined) return this.fail('INVALID', 'Invalid PLAIN response');
    session.job = { ...session.job, args: { mechanism: 'PLAIN', response: text } };
    this.fire('RESPONSE');
  }

  // --- The machine ----------------------------------------------------------------------------------------------------

  private fail(event: string, text: string): void {
    const { session } = this;
    session.error = text;
    session.errors++;
    this.fire(event);
    if (session.errors >= limits.ERRORS && !this.state.final) this.fire('ERRORS');
  }

  private eventOf(answer: ServerAnswer): string {
    const { session } = this;
    if (answer.kind === 'refused') {
      if (answer.problem === 'auth') session.errors += limits.ERRORS_OF_A_WRONG_PASSWORD;
      return session.errors >= limits.ERRORS ? 'SHUT' : 'REFUSE';
    }
    const again = commandOf(session.job.name)?.asksAgain?.(session, session.job.args, answer);
    return again === true ? 'NEXT' : 'ACCEPT';
  }

  private fire(event: string, shownAs = event): void {
    const from = this.state.path;
    const step = SERVER_MACHINE.next(this.state, event);
    this.state = step.state;
    this.session.emit({ type: 'transition', from, event: shownAs, to: step.state.path });
    for (const action of step.actions) {
      if (action.type === 'do') this.act(action.name);
      else {
        this.timer = action.type === 'timer' ? action.id : undefined;
        this.session.emit(timerEffect(action));
      }
    }
  }

  private act(name: string): void {
    const { session, reply } = this;
    const { job } = session;
    switch (name) {
      case 'greet':
        return session.respond(
          '*',
          `OK [CAPABILITY ${CAPABILITIES}] ${session.config.hostname} IMAP Estafeta`,
          'greeting',
        );
      case 'run':
        return commandOf(job.name)?.run(session, job.args);
      case 'report':
        if (reply !== undefined) commandOf(job.name)?.report?.(session, job.args, reply);
        return;
      case 'refuseByHost':
        return session.no(reply?.kind === 'refused' ? REFUSALS[reply.problem] : '[SERVERBUG] Internal error');
      case 'bad':
        return session.respond(job.tag, `BAD ${session.error}`);
      case 'goAhead':
        return session.respond('+', job.name === 'IDLE' ? 'idling' : 'OK', 'continuation');
      case 'tell':
        return session.tell(true);
      case 'bye':
        return session.untagged('BYE Too many errors or too much input');
      case 'tooIdle':
        return session.untagged('BYE Disconnected for inactivity.');
      case 'hangUp':
        return session.emit({ type: 'close' });
    }
  }
}

/** A tag is ATOM characters without `+` (RFC 3501 §9). */
const HEAD = /^([!#$&',\-./0-9:;<=>?@A-Z[\]^_`a-z|}~]{1,64})(?: +(UID))?(?: +([A-Za-z]{1,20}))?/i;

/** Tag and name of a command; the reader stands after them. */
function head(text: string) {
  const found = HEAD.exec(text);
  const [whole = '', tag, uidWord, word] = found ?? [];
  const rest = text.slice(whole.length);
  return {
    tag,
    uid: uidWord !== undefined && word !== undefined,
    name: (word ?? uidWord ?? '').toUpperCase(),
    reader: new ArgumentReader(rest),
    rest: rest.slice(1, 1000),
  };
}

function missing(path: string): string {
  if (path.startsWith('notAuthenticated')) return 'log in first';
  return path.startsWith('authenticated') ? 'select a mailbox first' : 'you are logged in already';
}
