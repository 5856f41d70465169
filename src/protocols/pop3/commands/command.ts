/**
 * A server command: its keyword, its grammar, and the machine actions that carry it out. Whether it is in order is decided
 * by the machine alone. Add one: a file beside noop.ts and a line in index.ts.
 */
import { type Pop3Error, pop3Error } from '../errors.ts';
import type { Verb } from '../messages.ts';
import type { Session } from '../session.ts';

export interface ServerCommand {
  readonly verb: Verb;
  readonly rfc: string;
  /** As the RFC writes it: `LIST [msg]`. */
  readonly grammar: string;
  /** A line that a person may type. */
  readonly example: string;
  /** The CAPA line that says it is here (RFC 2449 §6); `undefined` for what every server has. */
  readonly capability?: string;
  /** Reads the argument into the session, or says what is wrong with it. Called only when the command is in order. */
  prepare(argument: string, session: Session): Pop3Error | undefined;
  /** Machine actions that this file implements. */
  readonly actions: Readonly<Record<string, (session: Session) => void>>;
}

/** A command with the usual defaults: no argument. */
export function command(own: Pick<ServerCommand, 'verb' | 'rfc' | 'actions'> & Partial<ServerCommand>): ServerCommand {
  return {
    grammar: own.verb,
    example: own.verb,
    prepare: (argument) => (argument === '' ? undefined : usage(own.grammar ?? own.verb, argument)),
    ...own,
  };
}

/** What to say when the arguments are not what the grammar wants. */
export function usage(grammar: string, got: string): Pop3Error {
  return pop3Error('syntax', { text: `Usage: ${grammar}`, expected: grammar, got });
}
