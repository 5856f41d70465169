/**
 * What a fold is: a pure reducer over trace entries. States are persistent (never changed in place), so that a checkpoint
 * is a reference and equal states can be recognised by identity.
 */
import type { PayloadRef, TraceEntry } from '../core/index.ts';

/** What a fold may read besides the entry: octets are stored once, apart from the entries. */
export interface FoldContext {
  payload(ref: PayloadRef): Uint8Array | undefined;
}

export interface Fold<S> {
  readonly initial: S;
  /** Must give back `state` itself when the entry changes nothing. */
  reduce(state: S, entry: TraceEntry, context: FoldContext): S;
}

export const NO_PAYLOADS: FoldContext = { payload: () => undefined };

/** The fold of a whole sequence: what a checkpointed seek must equal. */
export function foldAll<S>(fold: Fold<S>, entries: Iterable<TraceEntry>, context: FoldContext = NO_PAYLOADS): S {
  let state = fold.initial;
  for (const entry of entries) state = fold.reduce(state, entry, context);
  return state;
}
