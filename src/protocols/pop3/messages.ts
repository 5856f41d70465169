/**
 * The values that POP3 exchanges: commands, responses, and the maildrop as a session sees it. Owns types only; codec.ts
 * makes them from octets and back. Read RFC 1939 §3 first, RFC 2449 §8 for response codes.
 */
import type { Octets } from '../../core/index.ts';

/** Command keywords that the endpoints know. */
export type Verb =
  | 'USER'
  | 'PASS'
  | 'APOP'
  | 'STAT'
  | 'LIST'
  | 'RETR'
  | 'DELE'
  | 'NOOP'
  | 'RSET'
  | 'QUIT'
  | 'TOP'
  | 'UIDL'
  | 'CAPA';

/** A command line cut into keyword and argument. */
export interface Command {
  /** In upper case ("a case-insensitive keyword", RFC 1939 §3); anything up to the first space. */
  readonly verb: string;
  /** What follows the space, as Latin-1 text. */
  readonly argument: string;
}

/** The first line of a response. */
export interface Response {
  readonly ok: boolean;
  /** RFC 2449 §8: `IN-USE`, `AUTH`, `SYS/TEMP` …, without its brackets. */
  readonly code?: string;
  /** For people; without status and code. */
  readonly text: string;
}

/** A message of the maildrop as it was when the session opened it. Its number is its place in the list, from 1. */
export interface DropEntry {
  readonly uid: number;
  /** Unique-id (RFC 1939 §7, UIDL): 1 to 70 characters from `!` to `~`. */
  readonly uidl: string;
  readonly size: Octets;
}
