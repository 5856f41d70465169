/**
 * A server command: its verb, its grammar, and the machine actions that carry it out. Whether it is in order is decided by
 * the machine alone. Add one: a file beside noop.ts and a line in index.ts.
 */
import { type SmtpError, smtpError } from '../errors.ts';
import { COMMAND_LINE } from '../limits.ts';
import type { Verb } from '../messages.ts';
import type { Session } from '../session.ts';

export interface ServerCommand {
  readonly verb: Verb;
  readonly rfc: string;
  /** As the RFC writes it. */
  readonly grammar: string;
  /** A line that a person may type. */
  readonly example: string;
  /** Longest line, CR LF included. */
  readonly longest: number;
  /** Reads the argument into the session, or says what is wrong with it. Called only when the command is in order. */
  prepare(argument: string, session: Session): SmtpError | undefined;
  /** Machine actions that this file implements. */
  readonly actions: Readonly<Record<string, (session: Session) => void>>;
}

/** A command with the usual defaults: no argument, 512 octets. */
export function command(
  own: Pick<ServerCommand, 'verb' | 'rfc' | 'grammar' | 'actions'> & Partial<ServerCommand>,
): ServerCommand {
  return { example: own.verb, longest: COMMAND_LINE, prepare: noArgument, ...own };
}

/** "no parameters are permitted" (RFC 5321 §4.1.1.4, §4.1.1.5, §4.1.1.10): 501. */
function noArgument(argument: string): SmtpError | undefined {
  return argument === '' ? undefined : smtpError('syntax', { expected: 'no argument', got: argument });
}

export function anyArgument(argument: string, session: Session): undefined {
  session.argument = argument;
  return undefined;
}
