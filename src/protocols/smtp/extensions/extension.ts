/**
 * A service extension (RFC 5321 §2.2): its EHLO line and the parameters it adds to MAIL and RCPT.
 * Add one: a file beside size.ts and a line in index.ts.
 */
import type { SmtpError } from '../errors.ts';
import type { Session, Settings } from '../session.ts';

/** Checks a parameter's value (`true`: none was given); an error refuses the command. */
export type ParameterCheck = (value: string | true, session: Session) => SmtpError | undefined;

export interface Extension {
  /** EHLO keyword. */
  readonly keyword: string;
  readonly rfc: string;
  /** The parameters of its EHLO line (often empty); `undefined` when these settings do not offer it. */
  offer(settings: Settings): string | undefined;
  readonly mail?: Readonly<Record<string, ParameterCheck>>;
  readonly rcpt?: Readonly<Record<string, ParameterCheck>>;
  /** What it adds to the longest MAIL line (RFC 5321 §4.5.3.1.4). */
  readonly mailLine?: number;
}
