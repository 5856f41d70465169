/**
 * A SASL mechanism (RFC 4422) as two pure functions. Add one: a file beside plain.ts and a line in index.ts.
 * What was said is decoded from Base64 and given as Latin-1 text, one character an octet.
 */

/** What a server does next, having heard `said` so far (the initial response first, when there was one). */
export type ServerStep =
  | { readonly do: 'challenge'; readonly challenge: string }
  | { readonly do: 'check'; readonly user: string; readonly password: string; readonly authorization: string }
  | { readonly do: 'invalid' };

export interface Mechanism {
  /** As in EHLO's AUTH line. */
  readonly name: string;
  readonly rfc: string;
  server(said: readonly string[]): ServerStep;
  /** True when the client may speak first, in the AUTH command itself (RFC 4422 §5). */
  readonly clientFirst: boolean;
  /** The client's nth response (0 first); `undefined` when it has nothing more to say. */
  client(turn: number, user: string, password: string): string | undefined;
}
