/**
 * What a server session knows besides its state: who wants in, the maildrop, the command at work. Commands read and write
 * this; it also collects the effects.
 */
import { latin1, type Pdu } from '../../core/index.ts';
import type { Effect, RequestId } from '../contract.ts';
import type { ServerAnswer, ServerAsk, ServerConfig } from './asks.ts';
import { emitResponse } from './codec.ts';
import { stuff } from './content.ts';
import { type Pop3Error, pop3Error } from './errors.ts';
import * as limits from './limits.ts';
import { type SavedDrop, SessionDrop } from './maildrop.ts';
import type { DropEntry, Response, Verb } from './messages.ts';
import { listPdu, messagePdu, responsePdu } from './pdu.ts';

/** A configuration with its defaults filled in. */
export interface Settings {
  readonly hostname: string;
  readonly banner: string;
  readonly timestamp: string | undefined;
  readonly maxErrors: number;
}

export function settingsOf(config: ServerConfig): Settings {
  return {
    hostname: config.hostname,
    banner: config.banner ?? 'POP3 Estafeta',
    timestamp: config.timestamp,
    maxErrors: Math.max(1, config.maxErrors ?? limits.ERRORS),
  };
}

/** The part of a session that is saved, as JSON. */
export interface SavedSession {
  readonly user: string;
  readonly verb: Verb | '';
  readonly number: number;
  readonly lines: number;
  readonly drop: SavedDrop;
  readonly errors: number;
  readonly requests: number;
  readonly request?: RequestId;
}

export class Session {
  /** The name said with USER. */
  user: string;
  /** The command at work, and its arguments: a message number (0: none), lines of TOP. */
  verb: Verb | '';
  number: number;
  lines: number;
  drop: SessionDrop;
  errors: number;
  /** The ask that is open. */
  request: RequestId | undefined;
  /** PASS's or APOP's argument: never saved, gone when the host has been asked. */
  secret = '';
  /** The error that INVALID, UNKNOWN, ERRORS or FLOOD is about. */
  error: Pop3Error | undefined;
  /** The host's answer that ACCEPT, REFUSE or SHUT is about. */
  answer: ServerAnswer | undefined;
  private requests: number;
  private out: Effect<ServerAsk>[] = [];

  constructor(
    readonly settings: Settings,
    saved?: SavedSession,
  ) {
    this.user = saved?.user ?? '';
    this.verb = saved?.verb ?? '';
    this.number = saved?.number ?? 0;
    this.lines = saved?.lines ?? 0;
    this.drop = new SessionDrop(saved?.drop.entries ?? [], saved?.drop.marked);
    this.errors = saved?.errors ?? 0;
    this.requests = saved?.requests ?? 0;
    this.request = saved?.request;
  }

  /** The message that the command at work names. */
  get named(): DropEntry | undefined {
    return this.drop.entry(this.number);
  }

  ok(text: string, kind: 'reply' | 'greeting' = 'reply'): void {
    this.respond({ ok: true, text }, kind);
  }

  refuse(error: Pop3Error): void {
    this.respond(error.reply);
  }

  /** A multi-line response of short lines: LIST, UIDL, CAPA. */
  list(text: string, lines: readonly string[]): void {
    this.ok(text);
    // Lines of ours never begin with a dot, except by a host's unique-id: those are stuffed as everything is.
    const content = latin1(lines.map((line) => `${line}\r\n`).join(''));
    this.emit({ type: 'send', bytes: stuff(content), pdu: listPdu(lines) });
  }

  /** A multi-line response with (a part of) a message. */
  content(text: string, message: Uint8Array): void {
    this.ok(text);
    this.emit({ type: 'send', bytes: stuff(message), pdu: messagePdu(message.length) });
  }

  ask(what: ServerAsk): void {
    this.request = ++this.requests;
    this.emit({ type: 'ask', request: this.request, what });
  }

  received(pdu: Pdu, from: number, to: number): void {
    this.emit({ type: 'received', pdu, range: { from, to } });
  }

  emit(effect: Effect<ServerAsk>): void {
    this.out.push(effect);
  }

  /** The effects since the last call. */
  take(): Effect<ServerAsk>[] {
    const taken = this.out;
    this.out = [];
    return taken;
  }

  save(): SavedSession {
    const { user, verb, number, lines, drop, errors, requests, request } = this;
    const saved = { user, verb, number, lines, drop: drop.save(), errors, requests };
    return request === undefined ? saved : { ...saved, request };
  }

  private respond(response: Response, kind: 'reply' | 'greeting' = 'reply'): void {
    this.emit({ type: 'send', bytes: emitResponse(response), pdu: responsePdu(response, kind) });
  }
}

/** What the host's no says on the wire. */
export function refusalOf(answer: ServerAnswer | undefined): Pop3Error {
  if (answer === undefined || ('ok' in answer && answer.ok)) return pop3Error('temporary');
  if ('message' in answer) return pop3Error('message-gone');
  if ('updated' in answer) return pop3Error('not-removed');
  return pop3Error(answer.cause === 'auth' ? 'auth-failed' : answer.cause);
}
