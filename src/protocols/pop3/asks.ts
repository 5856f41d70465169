/**
 * What POP3 endpoints ask of their hosts, what hosts may answer, and how endpoints are configured. The endpoint decides
 * syntax, order and limits; mailboxes, passwords and locks are the host's. Every ask may be answered later; while one is
 * open the endpoint keeps further input for itself.
 */
import type { Octets } from '../../core/index.ts';
import type { DropEntry } from './messages.ts';

// --- Server -----------------------------------------------------------------------------------------------------------

export interface ServerConfig {
  /** The name in the greeting. */
  readonly hostname: string;
  /** Text of the greeting after the host name; default `POP3 Estafeta`. */
  readonly banner?: string;
  /**
   * `<unique@host>` for APOP, another for each connection: "The timestamp MUST be different each time" (RFC 1939 §7).
   * Absent: no APOP.
   */
  readonly timestamp?: string;
  /** Refused commands before the server hangs up; default in limits.ts. */
  readonly maxErrors?: number;
}

export type ServerAsk =
  /** USER and PASS. Answer: {@link Opened} or {@link NotOpened}. When it is yes, the host holds the lock for this session. */
  | { readonly kind: 'authenticate'; readonly user: string; readonly password: string }
  /** APOP: `digest` is the MD5 of timestamp and password, in lower-case hexadecimal. Answers as above. */
  | { readonly kind: 'digest'; readonly user: string; readonly timestamp: string; readonly digest: string }
  /** The octets of one message, of which RETR sends the `whole` and TOP a part. Answer: {@link FetchedMessage}. */
  | { readonly kind: 'message'; readonly uid: number; readonly whole: boolean }
  /** UPDATE: remove these messages and let go of the lock (RFC 1939 §6). Answer: {@link Updated}. */
  | { readonly kind: 'update'; readonly remove: readonly number[] };

/** The maildrop is locked for this session, and this is what it holds. */
export interface Opened {
  readonly ok: true;
  readonly drop: readonly DropEntry[];
}

/** `auth`: wrong user or password. `in-use`: another session has the lock. `temporary`: try later. */
export interface NotOpened {
  readonly ok: false;
  readonly cause: 'auth' | 'in-use' | 'temporary';
}

export interface FetchedMessage {
  /** `undefined` when it is gone, as another protocol's session may have removed it. */
  readonly message: Uint8Array | undefined;
}

export interface Updated {
  /** False when some could not be removed. */
  readonly updated: boolean;
}

export type ServerAnswer = Opened | NotOpened | FetchedMessage | Updated;

// --- Client -----------------------------------------------------------------------------------------------------------

export interface ClientConfig {
  readonly user: string;
  readonly password: string;
}

/** A message as LIST and UIDL tell of it. */
export interface Listed {
  readonly number: number;
  /** 0 when the server did not say. */
  readonly size: Octets;
  /** Empty when the server has no UIDL. */
  readonly uidl: string;
}

/** `reply`: the server refused. The others: the connection was lost, the server was silent, spoke nonsense, sent too much. */
export type FailureCause = 'reply' | 'lost' | 'timeout' | 'nonsense' | 'too-large';

export type Outcome =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly cause: FailureCause;
      /** State of the machine in which it failed: `pass`, `message`. */
      readonly stage: string;
      /** RFC 2449 §8 code of the refusal, or empty. */
      readonly code: string;
      /** The server's text, or empty. */
      readonly reason: string;
    };

export type ClientAsk =
  /** The maildrop is listed. Answer: {@link ChooseAnswer}. */
  | { readonly kind: 'choose'; readonly messages: readonly Listed[] }
  /** A message has come, transparency removed. Answer it with {@link StoredAnswer} when it is stored safely. */
  | { readonly kind: 'fetched'; readonly number: number; readonly uidl: string; readonly message: Uint8Array }
  /** The session is over: exactly once, last. Needs no answer. */
  | ({ readonly kind: 'ended' } & Outcome);

/** Numbers of the messages to fetch, in this order. */
export interface ChooseAnswer {
  readonly fetch: readonly number[];
}

/** `remove`: delete it on the server. */
export interface StoredAnswer {
  readonly stored: boolean;
  readonly remove: boolean;
}

export type ClientAnswer = ChooseAnswer | StoredAnswer;
