/**
 * The client role as an endpoint: logs in, lists the maildrop by unique-id, fetches what its host chooses, and deletes what its host
 * has stored and does not want to leave. Order is the machine's (client.machine.ts). RFC 1939.
 */
import { concat, fromLatin1, latin1, type MachineSnapshot, type MachineState } from '../../core/index.ts';
import { LineFramer } from '../../wire/index.ts';
import { type Effect, type Endpoint, type Json, type RequestId, type TimerId, timerEffect } from '../contract.ts';
import { CLIENT_MACHINE } from './client.machine.ts';
import { emitCommand, parseResponse } from './codec.ts';
import * as limits from './limits.ts';
import type { ClientAnswer, ClientAsk, ClientConfig, Command } from './messages.ts';
import { bodyPdu, commandPdu, responsePdu, shown } from './pdu.ts';

const FRAMING = { limit: limits.RESPONSE_LINE, bareLf: 'content' } as const;

interface ClientData {
  /** Unique-ids of the maildrop, `number uidl` each. */
  listed: string[];
  queue: number[];
  current: number;
  failure: string;
  request: RequestId | undefined;
  requests: number;
  consumed: number;
  timer: TimerId | undefined;
}

const FRESH: ClientData = {
  listed: [],
  queue: [],
  current: 0,
  failure: '',
  request: undefined,
  requests: 0,
  consumed: 0,
  timer: undefined,
};

const LINE_END = latin1('\r\n');
const DOT = 46;

export class Pop3Client implements Endpoint<ClientAsk, ClientAnswer> {
  private state: MachineState = CLIENT_MACHINE.initial.state;
  private readonly data: ClientData;
  private readonly framer = new LineFramer(FRAMING);
  private effects: Effect<ClientAsk>[] = [];
  /** Lines of the multi-line response being read, unstuffed. */
  private body: Uint8Array[] = [];
  private bodySize = 0;
  private bodyFrom = 0;
  private begun = false;

  constructor(
    private readonly config: ClientConfig,
    saved?: Json,
  ) {
    const from = saved as unknown as
      | { state: string; data: ClientData; input: string; body: string; lines: number[]; from: number; begun: boolean }
      | undefined;
    this.data = { ...FRESH, ...from?.data };
    if (from === undefined) return;
    this.state = CLIENT_MACHINE.restore(from.state);
    this.framer.restore({ bytes: latin1(from.input) });
    this.bodyFrom = from.from;
    this.begun = from.begun;
    let at = 0;
    for (const length of from.lines) {
      this.body.push(latin1(from.body.slice(at, at + length)));
      at += length;
    }
    this.bodySize = at;
  }

  get snapshot(): MachineSnapshot {
    return this.state.snapshot;
  }

  start(): Effect<ClientAsk>[] {
    for (const action of CLIENT_MACHINE.initial.actions) {
      if (action.type === 'do') continue;
      if (action.type === 'timer') this.data.timer = action.id;
      this.effects.push(timerEffect(action));
    }
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
    this.fail('connection-lost');
    this.fire('EOF');
    return this.take();
  }

  timeout(timer: TimerId): Effect<ClientAsk>[] {
    if (timer !== this.data.timer || this.state.final) return [];
    this.fail('no-answer');
    this.fire(timer, 'timeout');
    return this.take();
  }

  answer(request: RequestId, result: ClientAnswer): Effect<ClientAsk>[] {
    const { data } = this;
    if (request !== data.request || this.state.final) return [];
    data.request = undefined;
    if ('fetch' in result) {
      const known = new Set(data.listed.map(numberOf));
      data.queue = result.fetch.filter((number) => known.has(number));
      this.next();
    } else if (result.remove) this.fire('REMOVE');
    else this.next();
    this.pump();
    return this.take();
  }

  save(): Json {
    return {
      state: this.state.snapshot.value as Json,
      data: JSON.parse(JSON.stringify(this.data)) as Json,
      input: fromLatin1(this.framer.save().bytes),
      body: fromLatin1(concat(this.body)),
      lines: this.body.map((line) => line.length),
      from: this.bodyFrom,
      begun: this.begun,
    };
  }

  // ── input ───────────────────────────────────────────────────────────────────────────────────────────────────

  private pump(): void {
    while (!this.state.final && !this.state.snapshot.tags.has('asking')) {
      const line = this.framer.next();
      if (line === undefined) return;
      const from = this.data.consumed;
      this.data.consumed += line.length;
      if (this.state.snapshot.tags.has('body')) this.readBody(line.bytes, from, line.fault === 'too-long');
      else this.readResponse(line.bytes, from);
    }
  }

  private readResponse(bytes: Uint8Array, from: number): void {
    const response = parseResponse(bytes);
    const range = { from, to: this.data.consumed };
    if (response === undefined) {
      const pdu = {
        protocol: 'pop3',
        kind: 'reply',
        verb: '?',
        args: shown(fromLatin1(bytes)),
        negative: true,
      } as const;
      this.effects.push({ type: 'received', pdu, range });
      this.fail('nonsense');
      this.fire('NONSENSE');
      return;
    }
    const kind = this.state.path === 'greeting' ? 'greeting' : 'reply';
    this.effects.push({ type: 'received', pdu: responsePdu(response, kind), range });
    if (!response.ok) this.fail(response.text);
    this.fire(response.ok ? 'OK' : 'ERR');
  }

  private readBody(bytes: Uint8Array, from: number, tooLong: boolean): void {
    if (!this.begun) {
      this.begun = true;
      this.bodyFrom = from;
    }
    if (bytes.length === 1 && bytes[0] === DOT) {
      this.endBody();
      return;
    }
    const line = bytes[0] === DOT ? bytes.subarray(1) : bytes;
    this.body.push(line);
    this.bodySize += line.length;
    const tooMuch =
      this.bodySize > limits.MESSAGE || (this.state.path === 'listing' && this.body.length > limits.LINES);
    if (tooLong || tooMuch) {
      this.fail('too-large');
      this.fire('NONSENSE');
    }
  }

  private endBody(): void {
    const range = { from: this.bodyFrom, to: this.data.consumed };
    if (this.state.path === 'listing') {
      this.data.listed = this.body.map(fromLatin1).filter((line) => /^\d+ [!-~]{1,70}$/.test(line));
      this.effects.push({ type: 'received', pdu: bodyPdu('list', this.data.listed.join(' · ')), range });
    } else {
      const size = this.body.reduce((sum, line) => sum + line.length + 2, 0);
      this.effects.push({ type: 'received', pdu: bodyPdu('message', `${size}`), range });
    }
    this.fire('BODY');
    this.body = [];
    this.bodySize = 0;
    this.begun = false;
  }

  // ── machine ─────────────────────────────────────────────────────────────────────────────────────────────────

  /** The next message, or the end. */
  private next(): void {
    const number = this.data.queue.shift();
    if (number === undefined) return this.fire('DONE');
    this.data.current = number;
    this.fire('FETCH');
  }

  private fire(event: string, shownAs = event): void {
    const from = this.state;
    const step = CLIENT_MACHINE.next(from, event);
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
    if (step.state.final && !from.final) this.effects.push({ type: 'close' });
  }

  private perform(action: string): void {
    const { data, config } = this;
    switch (action) {
      case 'sendUser':
        return this.say({ verb: 'USER', argument: config.user });
      case 'sendPass':
        return this.say({ verb: 'PASS', argument: config.password });
      case 'sendUidl':
        return this.say({ verb: 'UIDL', argument: '' });
      case 'sendRetr':
        return this.say({ verb: 'RETR', argument: `${data.current}` });
      case 'sendDele':
        return this.say({ verb: 'DELE', argument: `${data.current}` });
      case 'sendQuit':
        return this.say({ verb: 'QUIT', argument: '' });
      case 'choose':
        return this.ask({
          kind: 'choose',
          messages: data.listed.map((line) => ({ number: numberOf(line), uidl: line.slice(line.indexOf(' ') + 1) })),
        });
      case 'store': {
        const uidl = data.listed.find((line) => numberOf(line) === data.current) ?? '';
        const message = concat(this.body.flatMap((line) => [line, LINE_END]));
        return this.ask({ kind: 'fetched', number: data.current, uidl: uidl.slice(uidl.indexOf(' ') + 1), message });
      }
      case 'goOn':
        return this.next();
      case 'succeed':
        return this.ask({ kind: 'ended', ok: true, reason: '' });
      case 'fail':
        return this.ask({ kind: 'ended', ok: false, reason: data.failure });
    }
  }

  private fail(reason: string): void {
    this.data.failure = shown(reason);
  }

  private ask(what: ClientAsk): void {
    this.data.request = ++this.data.requests;
    this.effects.push({ type: 'ask', request: this.data.request, what });
  }

  private say(command: Command): void {
    this.effects.push({ type: 'send', bytes: emitCommand(command), pdu: commandPdu(command) });
  }

  private take(): Effect<ClientAsk>[] {
    const { effects } = this;
    this.effects = [];
    return effects;
  }
}

function numberOf(line: string): number {
  return Number.parseInt(line, 10);
}
