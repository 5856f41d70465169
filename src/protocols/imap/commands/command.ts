/**
 * A server command: how its arguments are read, what it asks the host, and what it says then. Whether it is in order is
 * decided by the machine alone. Add one: a file beside noop.ts, a line in index.ts and a transition.
 */
import type { ServerAnswer } from '../asks.ts';
import type { ArgumentReader } from '../reader.ts';
import type { Session } from '../session.ts';

export interface ServerCommand<Args = unknown> {
  readonly name: string;
  readonly rfc: string;
  /** As the RFC writes it: `FETCH sequence-set items`. */
  readonly grammar: string;
  /** A line that a person may type. */
  readonly example: string;
  /** Whether `UID` may stand before it (RFC 3501 §6.4.8). */
  readonly uid?: boolean;
  /** The arguments as JSON, with the space before them; `undefined`: not as the grammar wants. */
  parse(reader: ArgumentReader): Args | undefined;
  run(session: Session, args: Args): void;
  /** The host's answer, when it is not a refusal. */
  report?(session: Session, args: Args, answer: ServerAnswer): void;
  /** Whether after this answer the command asks the host again. */
  asksAgain?(session: Session, args: Args, answer: ServerAnswer): boolean;
}

/** Forgets the type of the arguments: what `parse` made is what the others get. */
export function command<Args>(own: ServerCommand<Args>): ServerCommand {
  return own as unknown as ServerCommand;
}

export const nothing = (): object => ({});

/** ` mailbox`. */
export function mailboxArgument(reader: ArgumentReader): { readonly name: string } | undefined {
  const name = reader.space() ? reader.string() : undefined;
  return name === undefined ? undefined : { name };
}
