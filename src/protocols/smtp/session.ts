/**
 * What a server session knows besides its state: who the client is, the envelope, and what it proposed last. Commands and
 * extensions read and write this; it also collects the effects. Everything here is saved and restored.
 */
import type { Pdu } from '../../core/index.ts';
import type { Effect, RequestId } from '../contract.ts';
import type { ServerAnswer, ServerAsk, ServerConfig, ServerMode } from './asks.ts';
import { emitReply } from './codec.ts';
import type { SmtpError } from './errors.ts';
import * as limits from './limits.ts';
import type {
  ClientInfo,
  Envelope,
  EnvelopeRecipient,
  EsmtpParams,
  Mailbox,
  Reply,
  ReversePath,
  Variant,
} from './messages.ts';
import { replyPdu } from './pdu.ts';

/** A configuration with its defaults filled in. */
export interface Settings {
  readonly mode: ServerMode;
  readonly variant: Variant;
  readonly hostname: string;
  readonly banner: string;
  readonly maxSize: number;
  readonly maxRecipients: number;
  readonly mechanisms: readonly string[];
  readonly without: ReadonlySet<string>;
  readonly undeclaredEightBit: boolean;
  readonly refuse: ServerConfig['refuse'];
}

export function settingsOf(config: ServerConfig): Settings {
  const variant = config.mode === 'lmtp' ? 'lmtp' : 'smtp';
  return {
    mode: config.mode,
    variant,
    hostname: config.hostname,
    banner: config.banner ?? (variant === 'lmtp' ? 'LMTP Estafeta' : 'ESMTP Estafeta'),
    maxSize: config.maxSize ?? limits.MESSAGE_SIZE,
    maxRecipients: Math.max(1, config.maxRecipients ?? limits.RECIPIENTS),
    mechanisms: config.mode === 'submission' ? (config.mechanisms ?? ['PLAIN', 'LOGIN']) : [],
    without: new Set(config.without ?? []),
    undeclaredEightBit: config.undeclaredEightBit ?? false,
    refuse: config.refuse,
  };
}

/** An AUTH exchange under way. */
export interface SaslExchange {
  readonly mechanism: string;
  /** What the client said so far, decoded, as Latin-1 text. */
  readonly said: readonly string[];
}

export interface Proof {
  readonly mechanism: string;
  readonly user: string;
  readonly password: string;
  readonly authorization: string;
}

/** The part of a session that is plain data. */
export interface SessionData {
  hello: string;
  extended: boolean;
  user: string | undefined;
  reversePath: ReversePath;
  params: EsmtpParams;
  recipients: EnvelopeRecipient[];
  /** MAIL or RCPT that the host is asked about. */
  proposedSender: { readonly path: ReversePath; readonly params: EsmtpParams } | undefined;
  proposedRecipient: EnvelopeRecipient | undefined;
  sasl: SaslExchange | undefined;
  proof: Proof | undefined;
  /** The next challenge, before Base64. */
  challenge: string;
  errors: number;
  requests: number;
  /** The ask that is open. */
  request: RequestId | undefined;
}

export function newSessionData(): SessionData {
  return {
    hello: '',
    extended: false,
    user: undefined,
    reversePath: null,
    params: {},
    recipients: [],
    proposedSender: undefined,
    proposedRecipient: undefined,
    sasl: undefined,
    proof: undefined,
    challenge: '',
    errors: 0,
    requests: 0,
    request: undefined,
  };
}

export class Session {
  private out: Effect<ServerAsk>[] = [];
  /** The error that INVALID, UNKNOWN, CANCEL or BAD_CONTENT is about. */
  error: SmtpError | undefined;
  /** The host's answer that ACCEPT, REFUSE, REPORT or SHUT is about. */
  verdict: ServerAnswer | undefined;
  /** The argument of the command at work, for commands that only echo it. */
  argument = '';
  verb = '';
  /** The whole message, from the end of the content to the question to the host. */
  message: Uint8Array | undefined;

  constructor(
    readonly settings: Settings,
    readonly data: SessionData,
  ) {}

  get client(): ClientInfo {
    const { hello, extended, user } = this.data;
    const word = this.settings.variant === 'lmtp' ? 'LMTP' : extended ? 'ESMTP' : 'SMTP';
    // RFC 3848: the A says that the session is authenticated; HELO has no such form.
    const protocol = user === undefined || word === 'SMTP' ? word : (`${word}A` as const);
    return user === undefined ? { hello, protocol } : { hello, protocol, user };
  }

  get envelope(): Envelope {
    const { reversePath, params, recipients } = this.data;
    return { reversePath, params, recipients: recipients.slice() };
  }

  clearTransaction(): void {
    const { data } = this;
    data.reversePath = null;
    data.params = {};
    data.recipients = [];
    data.proposedSender = undefined;
    data.proposedRecipient = undefined;
    this.message = undefined;
  }

  /** A reply with an enhanced code where RFC 2034 §4 allows one: not in greetings, answers to EHLO, and 3yz. */
  say(code: number, enhanced: string, ...lines: readonly string[]): void {
    this.reply({ code, enhanced, lines });
  }

  reply(reply: Reply, kind: 'reply' | 'greeting' = 'reply'): void {
    const enhancedCodes = !this.settings.without.has('ENHANCEDSTATUSCODES');
    const { enhanced, ...plain } = reply;
    const shown = enhancedCodes && enhanced !== undefined ? reply : plain;
    this.emit({ type: 'send', bytes: emitReply(shown), pdu: replyPdu(this.settings.variant, shown, kind) });
  }

  refuse(error: SmtpError): void {
    this.reply(error.reply);
  }

  ask(what: ServerAsk): void {
    this.data.request = ++this.data.requests;
    this.emit({ type: 'ask', request: this.data.request, what });
  }

  note(code: string, params: Readonly<Record<string, string | number>> = {}): void {
    this.emit({ type: 'note', code, params });
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
}

/** The refusal in an answer, if it is one. */
export function refusalIn(answer: ServerAnswer | undefined): Reply | undefined {
  if (answer === undefined || !('ok' in answer) || answer.ok !== false) return undefined;
  const lines = answer.text.split(/\r\n|\r|\n/);
  return answer.enhanced === undefined
    ? { code: answer.code, lines }
    : { code: answer.code, enhanced: answer.enhanced, lines };
}

export function textOf(answer: ServerAnswer | undefined): string | undefined {
  return answer !== undefined && 'ok' in answer && answer.ok === true && 'text' in answer ? answer.text : undefined;
}

export type { Mailbox };
