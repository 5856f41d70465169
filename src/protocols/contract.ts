/**
 * The contract of every protocol role: a sans-I/O endpoint. Octets in, effects out; the caller owns sockets and time.
 * The same object runs under the simulated TCP, under a real socket and in a unit test.
 *
 * Laws (tests/contract): any chunking of the input gives the same effects; garbage yields only protocol errors, never an
 * exception; every (state, event) pair is answered; emit∘parse is the identity; save → JSON → restore has the same future.
 *
 * An endpoint that has an `ask` outstanding keeps further input in its own buffer and goes on when it is answered, so the
 * order of replies is the order of commands whatever the host's speed.
 */
import type {
  CompiledMachine,
  Duration,
  MachineAction,
  MachineSnapshot,
  Pdu,
  ProtocolId,
  StreamRange,
} from '../core/index.ts';

export type TimerId = string;
export type RequestId = number;

/** JSON, for saved endpoints. Octets are saved as Latin-1 strings. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * What an endpoint wants done. `Ask` is the protocol's union of questions to its host (each with a `kind`).
 * Effects are carried out in order.
 */
export type Effect<Ask extends { readonly kind: string } = { readonly kind: string }> =
  /** Write octets. Without a `pdu` they belong to the PDU of the send before (a long message in pieces). */
  | { readonly type: 'send'; readonly bytes: Uint8Array; readonly pdu?: Pdu }
  /** A PDU has been parsed out of the input; `range` is its place in the octets received so far (whole stream). */
  | { readonly type: 'received'; readonly pdu: Pdu; readonly range: StreamRange }
  /** The machine moved (also when it stayed in the same state on an event it takes). */
  | { readonly type: 'transition'; readonly from: string; readonly event: string; readonly to: string }
  | { readonly type: 'close' }
  | { readonly type: 'abort' }
  | { readonly type: 'timer'; readonly id: TimerId; readonly after: Duration }
  | { readonly type: 'cancel'; readonly id: TimerId }
  /** Hand the connection to TLS from the next octet on; the endpoint then sees plain octets again. */
  | { readonly type: 'upgrade'; readonly to: 'tls' }
  | { readonly type: 'ask'; readonly request: RequestId; readonly what: Ask }
  /** Something worth tracing that is not a PDU: a catalogue code and parameters. */
  | { readonly type: 'note'; readonly code: string; readonly params: Readonly<Record<string, string | number>> };

export interface Endpoint<Ask extends { readonly kind: string } = { readonly kind: string }, Answer = unknown> {
  /** Once, when the connection is established. */
  start(): Effect<Ask>[];
  /** Octets from the peer; for a datagram protocol, one datagram. */
  receive(bytes: Uint8Array): Effect<Ask>[];
  /** The peer will send no more (FIN). */
  peerClosed(): Effect<Ask>[];
  /** A timer asked for by a `timer` effect has run out. */
  timeout(timer: TimerId): Effect<Ask>[];
  /** The host's answer to an `ask`; an unknown request is ignored. */
  answer(request: RequestId, result: Answer): Effect<Ask>[];
  /** What charts, hints and checkpoints read. */
  readonly snapshot: MachineSnapshot;
  /** Everything the endpoint knows, as JSON: `restore` of its role makes an endpoint with the same future. */
  save(): Json;
}

/** Any endpoint: it may ask anything (`Ask` is produced), and its answers are not known here (`Answer` is consumed). */
export type AnyEndpoint = Endpoint<{ readonly kind: string }, never>;

/** A protocol role as registered: how to make one, and the machine that drives it. */
export interface Role<Config = never, E extends AnyEndpoint = AnyEndpoint> {
  /** Registry key: `smtp.server`, `lmtp.server`, `dns.resolver`. */
  readonly id: string;
  readonly protocol: ProtocolId;
  readonly side: 'client' | 'server';
  readonly transport: 'stream' | 'datagram';
  readonly machine: CompiledMachine;
  create(config: Config): E;
  restore(config: Config, saved: Json): E;
}

/** One row of a protocol's generated support table. */
export interface Support {
  /** Command, extension, record type …: `RCPT`, `PIPELINING`. */
  readonly feature: string;
  /** `RFC#section`: `5321#4.1.1.3`. */
  readonly rfc: string;
  readonly supported: boolean;
  /** Why not, or which part: shown in the table. */
  readonly remark?: string;
}

/** A protocol as registered (registry.ts): charts, coverage tables, bridge ports and contract tests come from this. */
export interface Protocol {
  readonly id: ProtocolId;
  /** As people write it: `SMTP`. */
  readonly name: string;
  /** Well-known ports: plain, and with implicit TLS. */
  readonly ports: { readonly plain?: number; readonly tls?: number };
  readonly roles: readonly Role[];
  readonly support: readonly Support[];
  /**
   * The i18n key of what a PDU means (`smtp.reply.250`, `smtp.command.RCPT`), for the coach and the ladder.
   * The catalogues in src/i18n hold the sentences.
   */
  explain(pdu: Pdu): string | undefined;
  /** An example line that a person may type for a machine event (`RCPT TO:<bruno@brisa.example>`); `undefined`: none. */
  example?(event: string): string | undefined;
}

/** A machine action as effect, for endpoints that use `after`; the `do` actions are the endpoint's own. */
export function timerEffect(action: Exclude<MachineAction, { type: 'do' }>): Effect<never> {
  return action.type === 'timer'
    ? { type: 'timer', id: action.id, after: action.after }
    : { type: 'cancel', id: action.id };
}
