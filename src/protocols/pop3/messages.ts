/** POP3's messages as values, and what its server asks of its host. RFC 1939, RFC 2449. */
import type { Octets } from '../../core/index.ts';

export interface Command {
  /** Upper case; empty when the line has none. */
  readonly verb: string;
  /** What follows the verb and one space. */
  readonly argument: string;
}

export interface Response {
  readonly ok: boolean;
  /** Without `+OK ` or `-ERR `. */
  readonly text: string;
}

/** A message of the maildrop as it was when the session opened it. Its number is its place in the list, from 1. */
export interface DropEntry {
  readonly uid: number;
  /** Unique-id (RFC 1939 §7, UIDL): 1 to 70 printable characters. */
  readonly uidl: string;
  readonly size: Octets;
}

export type ServerAsk =
  | { readonly kind: 'authenticate'; readonly user: string; readonly password: string }
  /** The octets of one message. */
  | { readonly kind: 'message'; readonly uid: number }
  /** UPDATE: remove these messages and let go of the lock. */
  | { readonly kind: 'update'; readonly remove: readonly number[] };

export type ServerAnswer =
  /** To `authenticate`: the lock is taken, and this is the maildrop. */
  | { readonly ok: true; readonly drop: readonly DropEntry[] }
  /** To `message`; `undefined` when it is gone. */
  | { readonly message: Uint8Array | undefined }
  /** To `update`. */
  | { readonly updated: boolean }
  /** To `authenticate`: wrong, or another session holds the lock (RFC 2449 §8.1.1). */
  | { readonly ok: false; readonly cause: 'auth' | 'in-use' };

export interface ServerConfig {
  readonly hostname: string;
}

export interface ClientConfig {
  readonly user: string;
  readonly password: string;
}

export type ClientAsk =
  /** The maildrop is listed: which messages to fetch, by number. */
  | { readonly kind: 'choose'; readonly messages: readonly { readonly number: number; readonly uidl: string }[] }
  /** A message has come; answered when it is stored safely. */
  | { readonly kind: 'fetched'; readonly number: number; readonly uidl: string; readonly message: Uint8Array }
  /** The session is over, one way or the other; needs no answer. */
  | { readonly kind: 'ended'; readonly ok: boolean; readonly reason: string };

export type ClientAnswer =
  | { readonly fetch: readonly number[] }
  /** `remove`: delete it on the server. */
  | { readonly stored: true; readonly remove: boolean };
