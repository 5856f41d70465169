/**
 * A check at work: it is shown every trace entry once, in order, and knows at any time whether it holds and why (not).
 * Checks look at what happened, never at end states, so that two right ways both pass.
 */
import type { NodeId, TraceEntry } from '../../core/index.ts';

/** A catalogue code (`check.pdu.none`) with parameters; never a sentence. */
export interface Reason {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface Watcher {
  see(entry: TraceEntry): void;
  readonly passed: boolean;
  /** Once true, nothing that follows can change `passed`. */
  readonly settled: boolean;
  readonly reason: Reason;
}

/** What watchers may ask about the world and about entries seen before. */
export interface Witness {
  /** Both nodes of a connection, initiator first. */
  ends(conn: string): { readonly client: NodeId; readonly server: NodeId; readonly port: number } | undefined;
  /** Whether a terminal program (telnet, nc) wrote to this connection. */
  typed(conn: string): boolean;
  payload(ref: number): Uint8Array | undefined;
}

/** `/…/` is a regular expression (case-insensitive), anything else a case-insensitive part. */
export function matcher(pattern: string | undefined): (text: string) => boolean {
  if (pattern === undefined) return () => true;
  const parts = /^\/(.+)\/$/s.exec(pattern);
  if (parts?.[1] !== undefined) {
    const expression = new RegExp(parts[1], 'iu');
    return (text) => expression.test(text.slice(0, MAX_SUBJECT));
  }
  const wanted = pattern.toLowerCase();
  return (text) => text.toLowerCase().includes(wanted);
}

/** Patterns are applied to this much text at most: a bound on what a hostile pattern can cost. */
const MAX_SUBJECT = 20_000;
