/**
 * What SMTP endpoints ask of their hosts, what hosts may answer, and how endpoints are configured.
 * The endpoint decides syntax, order and limits; the host decides policy. Every ask may be answered later; while one is
 * open the endpoint keeps further input for itself.
 */
import type { ClientInfo, Envelope, EsmtpParams, Mailbox, Refusal, ReversePath, Variant, Verdict } from './messages.ts';

// --- Server -----------------------------------------------------------------------------------------------------------

/**
 * `relay`: port 25. `submission`: port 587, where MAIL needs AUTH (RFC 6409 §4.3). `lmtp`: RFC 2033, one reply a recipient
 * after DATA.
 */
export type ServerMode = 'relay' | 'submission' | 'lmtp';

export interface ServerConfig {
  readonly mode: ServerMode;
  /** The name in the greeting and in the EHLO reply. */
  readonly hostname: string;
  /** Text of the greeting after the host name; default `ESMTP Estafeta` (or `LMTP Estafeta`). */
  readonly banner?: string;
  /** Largest message in octets (RFC 1870); default in limits.ts. */
  readonly maxSize?: number;
  /** Recipients a message (RFC 5321 §4.5.3.1.8: at least 100); default in limits.ts. */
  readonly maxRecipients?: number;
  /** SASL mechanisms offered by `submission`, best first; default PLAIN and LOGIN. The other modes have no AUTH. */
  readonly mechanisms?: readonly string[];
  /** Extensions not to offer, by EHLO keyword (`PIPELINING`, `SIZE`, `8BITMIME`, `ENHANCEDSTATUSCODES`). */
  readonly without?: readonly string[];
  /** Take 8-bit content although BODY=8BITMIME was not given, as most servers in the field do. Default: refuse it. */
  readonly undeclaredEightBit?: boolean;
  /** Greet with this instead of 220: 554 (no service here; only QUIT is welcome) or 421 (busy; closes at once). */
  readonly refuse?: Refusal;
}

export type ServerAsk =
  /** Answer: {@link AuthenticateAnswer}. */
  | {
      readonly kind: 'authenticate';
      readonly mechanism: string;
      /** Authentication identity: whose password it is. */
      readonly user: string;
      readonly password: string;
      /** Authorization identity (RFC 4616); empty when it is the same. */
      readonly authorization: string;
      readonly client: ClientInfo;
    }
  /** MAIL. Answer: {@link Verdict}. */
  | {
      readonly kind: 'sender';
      readonly reversePath: ReversePath;
      readonly params: EsmtpParams;
      readonly client: ClientInfo;
    }
  /** RCPT. Answer: {@link Verdict}. `envelope` holds those accepted before. */
  | {
      readonly kind: 'recipient';
      readonly mailbox: Mailbox;
      readonly params: EsmtpParams;
      readonly envelope: Envelope;
      readonly client: ClientInfo;
    }
  /**
   * The message is complete. Answer: {@link Verdict}, or {@link DeliveryPerRecipient} under LMTP.
   * After an acceptance the host is responsible for it (RFC 5321 §4.2.5): store first, answer then.
   */
  | {
      readonly kind: 'deliver';
      readonly envelope: Envelope;
      /** As sent, transparency removed; every line ends in CR LF. The host may keep this array. */
      readonly message: Uint8Array;
      readonly client: ClientInfo;
    };

export type AuthenticateAnswer = { readonly ok: true; readonly user: string } | Refusal | { readonly ok: 'wrong' };

/** LMTP: one verdict a recipient, in the order of `envelope.recipients` (RFC 2033 §4.2). */
export interface DeliveryPerRecipient {
  readonly perRecipient: readonly Verdict[];
}

export type ServerAnswer = Verdict | AuthenticateAnswer | DeliveryPerRecipient;

// --- Client -----------------------------------------------------------------------------------------------------------

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

export interface ClientConfig {
  readonly variant: Variant;
  /** Our own name, for EHLO. */
  readonly hostname: string;
  /** Log in when the server offers a mechanism that we know; without it, or when refused, the session ends (stage `auth`). */
  readonly credentials?: Credentials;
  /** False: one command at a time even when PIPELINING is offered (for lessons). Default true. */
  readonly pipelining?: boolean;
}

/** A message to send to one or more recipients of this server. */
export interface Transaction {
  /** `local@domain`; empty for the null reverse-path. */
  readonly reversePath: string;
  /** `local@domain`, at least one. */
  readonly recipients: readonly string[];
  /** Lines ended by CR LF; not dot-stuffed. A last line without CR LF gets one. */
  readonly message: Uint8Array;
  /** More MAIL parameters, for example `{ RET: 'HDRS' }`; SIZE and BODY are the endpoint's own business. */
  readonly params?: EsmtpParams;
}

/** Where in a session something happened. `content`: the reply after the final dot. */
export type Stage = 'connect' | 'hello' | 'auth' | 'mail' | 'rcpt' | 'data' | 'content' | 'quit';

/**
 * `reply`: the server said so. The others are found here: the connection was lost, the server was silent for too long, it
 * spoke nonsense, it lacks something that is needed (8BITMIME, room for the size, AUTH), or an address is not well-formed.
 */
export type Cause = 'reply' | 'lost' | 'timeout' | 'nonsense' | 'unsupported' | 'invalid';

export interface Result {
  /** `done`: 2xx. `deferred`: 4xx, lost, timeout: try again later. `failed`: 5xx: never again. */
  readonly status: 'done' | 'deferred' | 'failed';
  readonly cause: Cause;
  /** The reply code; 0 when there was no reply. */
  readonly code: number;
  /** As replied, or the RFC 3463 code that describes the cause (`4.4.2` lost connection). */
  readonly enhanced?: string;
  /** The server's text, its lines joined by a space; empty when there was no reply. */
  readonly text: string;
  readonly stage: Stage;
}

export interface RecipientResult extends Result {
  readonly recipient: string;
}

export type ClientAsk =
  /** Ready for a transaction. Answer: {@link NextAnswer}. */
  | {
      readonly kind: 'next';
      /** What EHLO offered: upper-case keyword → parameters (`AUTH` → `PLAIN LOGIN`). */
      readonly extensions: Readonly<Record<string, string>>;
    }
  /** A transaction is over, well or badly: exactly once for each. Needs no answer. */
  | { readonly kind: 'outcome'; readonly transaction: Transaction; readonly recipients: readonly RecipientResult[] }
  /**
   * The session is over and no more asks follow: exactly once, last. Needs no answer. `done` after our QUIT; otherwise
   * why. When it is not `done` and no transaction was open, messages not yet handed over were not tried.
   */
  | { readonly kind: 'ended'; readonly result: Result };

export type NextAnswer = { readonly do: 'send'; readonly transaction: Transaction } | { readonly do: 'quit' };

export type ClientAnswer = NextAnswer;
