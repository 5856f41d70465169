/** The fold behind the mailbox pane: messages stored for each user, their flags, and how many a mailbox holds. */
import type { EntryOf, Micros, NodeId, PayloadRef } from '../core/index.ts';
import type { Fold } from './fold.ts';
import { withKey } from './persistent-list.ts';

export interface StoredMessage {
  readonly uid: number;
  readonly size: number;
  readonly messageId: string;
  readonly payload: PayloadRef;
  readonly flags: readonly string[];
  readonly seq: number;
  readonly at: Micros;
}

export interface MailboxState {
  readonly node: NodeId;
  readonly user: string;
  readonly mailbox: string;
  readonly count: number;
  /** Those whose delivery is in the trace; older ones are only counted. */
  readonly messages: readonly StoredMessage[];
  readonly deleted: boolean;
}

/** By `node/user/mailbox`. */
export type MailboxesState = ReadonlyMap<string, MailboxState>;

export function mailboxKey({ node, user, mailbox }: Pick<MailboxState, 'node' | 'user' | 'mailbox'>): string {
  return `${node}/${user}/${mailbox}`;
}

export const mailboxesFold: Fold<MailboxesState> = {
  initial: new Map(),
  reduce(state, entry) {
    if (entry.type !== 'delivery' && entry.type !== 'mailbox') return state;
    const key = mailboxKey(entry);
    const { node, user, mailbox } = entry;
    const before = state.get(key) ?? { node, user, mailbox, count: 0, messages: [], deleted: false };
    return withKey(state, key, entry.type === 'delivery' ? stored(before, entry) : changed(before, entry));
  },
};

function stored(box: MailboxState, entry: EntryOf<'delivery'>): MailboxState {
  const { uid, size, messageId, payload, seq, at } = entry;
  return {
    ...box,
    deleted: false,
    count: box.count + 1,
    messages: [...box.messages, { uid, size, messageId, payload, flags: [], seq, at }],
  };
}

function changed(box: MailboxState, entry: EntryOf<'mailbox'>): MailboxState {
  const { what, uid, count, flags } = entry;
  const counted = { ...box, count, deleted: what === 'deleted' };
  if (what === 'expunged') return { ...counted, messages: box.messages.filter((message) => message.uid !== uid) };
  if (what === 'flags' && flags !== undefined) {
    return {
      ...counted,
      messages: box.messages.map((message) => (message.uid === uid ? { ...message, flags } : message)),
    };
  }
  if (what === 'deleted') return { ...counted, messages: [] };
  return counted;
}
