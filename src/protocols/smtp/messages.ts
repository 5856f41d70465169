/**
 * The values that SMTP and LMTP exchange: mailboxes and paths, ESMTP parameters, commands, replies, envelopes.
 * Owns types only; codec.ts makes them from octets and back, address.ts checks mailboxes.
 * Read RFC 5321 §4.1–4.2 first; RFC 2033 for LMTP.
 */

/** SMTP over TCP (RFC 5321, 6409) or its local-delivery variant (RFC 2033). */
export type Variant = 'smtp' | 'lmtp';

/** Command verbs that the endpoints know. */
export type Verb =
  | 'EHLO'
  | 'HELO'
  | 'LHLO'
  | 'MAIL'
  | 'RCPT'
  | 'DATA'
  | 'RSET'
  | 'NOOP'
  | 'QUIT'
  | 'VRFY'
  | 'EXPN'
  | 'HELP'
  | 'AUTH'
  | 'STARTTLS';

/** RFC 5321 §4.1.2 `Mailbox`. */
export interface Mailbox {
  /** The local part with its quotes and backslashes removed; case kept (§2.4: only its own host may fold it). */
  readonly local: string;
  /** The domain or address literal (`[192.0.2.1]`) as written; empty only in `<Postmaster>` (§4.5.1). */
  readonly domain: string;
  /** `local@domain` as it came, quotes included and without source route: what goes on the wire and in headers. */
  readonly address: string;
}

/** The reverse-path: `null` is `<>`, the sender of notifications (RFC 5321 §4.5.5). */
export type ReversePath = Mailbox | null;

/** Parameters of MAIL or RCPT: upper-case keyword → value, `true` where there is none (RFC 5321 §4.1.2 `esmtp-param`). */
export type EsmtpParams = Readonly<Record<string, string | true>>;

export interface EnvelopeRecipient {
  readonly mailbox: Mailbox;
  readonly params: EsmtpParams;
}

export interface Envelope {
  readonly reversePath: ReversePath;
  /** For example `{ SIZE: '1200', BODY: '8BITMIME' }`. */
  readonly params: EsmtpParams;
  /** Those accepted so far, in the order of their RCPT commands. */
  readonly recipients: readonly EnvelopeRecipient[];
}

/** A command line cut into verb and argument. */
export interface Command {
  /** Upper case (RFC 5321 §2.4: verbs are not case sensitive); anything up to the first space. */
  readonly verb: string;
  /** What follows the space, as Latin-1 text, trailing white space removed. */
  readonly argument: string;
}

/** RFC 5321 §4.2. The texts of a multi-line reply are its `lines`, without code and enhanced code. */
export interface Reply {
  readonly code: number;
  /** RFC 3463 / RFC 2034: `5.1.1`. */
  readonly enhanced?: string;
  readonly lines: readonly string[];
}

/** What a server's host says instead of yes: it goes out as given. 421 also closes the connection. */
export interface Refusal {
  readonly ok: false;
  readonly code: number;
  readonly enhanced?: string;
  readonly text: string;
}

export interface Acceptance {
  readonly ok: true;
  /** Replaces the usual text (`queued as 4XyZ`); the code stays that of success. */
  readonly text?: string;
}

/** A host's decision. */
export type Verdict = Acceptance | Refusal;

/** Who is talking, for policy, logs and the Received line. */
export interface ClientInfo {
  /** The name given with EHLO, HELO or LHLO; not verified. */
  readonly hello: string;
  /** The `with` word of a Received line (RFC 3848). */
  readonly protocol: 'SMTP' | 'ESMTP' | 'ESMTPA' | 'LMTP' | 'LMTPA';
  /** The identity proved with AUTH. */
  readonly user?: string;
}
