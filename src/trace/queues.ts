/** The fold behind the queue pane: each message that a server took charge of, what has become of it and when it is tried again. */
import type { EntryOf, Micros, NodeId } from '../core/index.ts';
import type { Fold } from './fold.ts';
import { withKey } from './persistent-list.ts';

export type QueueEvent = EntryOf<'queue'>;

export interface QueuedMessage {
  readonly id: string;
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly size: number;
  readonly since: Micros;
  readonly attempts: number;
  readonly what: QueueEvent['what'];
  /** The next hop or the remote's reply. */
  readonly detail: string;
  readonly retryAt: Micros | undefined;
  /** What happened to it, oldest first. */
  readonly history: readonly QueueEvent[];
  /** It has left the queue. */
  readonly done: boolean;
}

export interface QueueState {
  readonly node: NodeId;
  readonly length: number;
  readonly messages: ReadonlyMap<string, QueuedMessage>;
}

export type QueuesState = ReadonlyMap<NodeId, QueueState>;

/** Messages kept for each node: those that have left go first. */
const KEPT_MESSAGES = 100;
/** A message retried for days has more history than anyone reads. */
const KEPT_HISTORY = 60;

export const queuesFold: Fold<QueuesState> = {
  initial: new Map(),
  reduce(state, entry) {
    if (entry.type !== 'queue') return state;
    const before = state.get(entry.node) ?? { node: entry.node, length: 0, messages: new Map() };
    const messages = new Map(before.messages).set(entry.id, next(before.messages.get(entry.id), entry));
    if (messages.size > KEPT_MESSAGES) {
      for (const [id, { done }] of messages) {
        if (!done) continue;
        messages.delete(id);
        break;
      }
    }
    return withKey(state, entry.node, { node: entry.node, length: entry.length, messages });
  },
};

function next(before: QueuedMessage | undefined, entry: QueueEvent): QueuedMessage {
  const { what, id, sender, size, detail } = entry;
  return {
    id,
    sender,
    recipients: entry.recipients,
    size,
    since: before?.since ?? entry.at,
    attempts: (before?.attempts ?? 0) + (what === 'attempt' ? 1 : 0),
    what,
    detail,
    retryAt: entry.retryAt,
    history: [...(before?.history ?? []).slice(-(KEPT_HISTORY - 1)), entry],
    // A message to several recipients is relayed in parts: it is done when the queue has forgotten it or says so for all.
    done: what === 'relayed' || what === 'delivered' || what === 'bounced' || what === 'expired' || what === 'dropped',
  };
}
