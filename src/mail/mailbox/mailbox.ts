/**
 * One mailbox: messages in the order of their unique identifiers, which only grow and are never used again
 * (RFC 3501 §2.3.1.1). Every change gets the next mod-sequence (RFC 7162 §3.1). Whoever has the mailbox open is told of
 * every change, so that concurrent sessions can tell their clients. Names and hierarchy are maildrop.ts's.
 */
import type { Octets } from '../../core/index.ts';
import { MAX_KEYWORDS, MAX_MESSAGES } from './limits.ts';

/** A message as it is now; a change makes a new value. */
export interface StoredMessage {
  readonly uid: number;
  /** As delivered, lines ended by CR LF. Never changed (RFC 3501 §2.3.1.1: the octets of a UID are for good). */
  readonly bytes: Uint8Array;
  /** RFC 3501 §2.3.3: when it arrived here, ms since 1970 UTC. */
  readonly internalDate: number;
  /** System flags with their backslash, and keywords; never `\Recent`, which belongs to a session. */
  readonly flags: ReadonlySet<string>;
  /** The mod-sequence of its last change (RFC 7162 §3.1.1). */
  readonly modseq: number;
}

/** `by` names who asked for the change, so that a session is not told what it knows. */
export type MailboxChange =
  | { readonly kind: 'added'; readonly message: StoredMessage; readonly by: object | undefined }
  | { readonly kind: 'flags'; readonly message: StoredMessage; readonly by: object | undefined }
  /** `index`: its place, from 0, before it went. */
  | {
      readonly kind: 'expunged';
      readonly message: StoredMessage;
      readonly index: number;
      readonly by: object | undefined;
    };

export type MailboxListener = (change: MailboxChange) => void;

export class Mailbox {
  private readonly list: StoredMessage[] = [];
  private readonly listeners = new Set<MailboxListener>();
  private readonly recent = new Set<number>();
  private next = 1;
  private octets: Octets = 0;
  private modseq = 1;
  private gone = false;

  constructor(
    /** Changed by its maildrop alone, on RENAME. */
    public name: string,
    readonly uidValidity: number,
  ) {}

  /** In the order of their UIDs. */
  get messages(): readonly StoredMessage[] {
    return this.list;
  }

  get uidNext(): number {
    return this.next;
  }

  /** The greatest mod-sequence of any change here (RFC 7162 §3.1.2.1). */
  get highestModseq(): number {
    return this.modseq;
  }

  /** Octets of all messages. */
  get size(): Octets {
    return this.octets;
  }

  /** True when it has been deleted; a session that still has it open sees no further change. */
  get deleted(): boolean {
    return this.gone;
  }

  find(uid: number): StoredMessage | undefined {
    return this.list[this.indexOf(uid)];
  }

  /** Place of a message from 0, or −1. */
  indexOf(uid: number): number {
    let low = 0;
    let high = this.list.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = (this.list[middle] as StoredMessage).uid;
      if (found === uid) return middle;
      if (found < uid) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  /** `undefined` when the mailbox can hold no more. Quota is the store's business: see `MailStore.append`. */
  append(
    bytes: Uint8Array,
    internalDate: number,
    flags: Iterable<string> = [],
    by?: object,
  ): StoredMessage | undefined {
    if (this.list.length >= MAX_MESSAGES || this.gone) return undefined;
    const message: StoredMessage = {
      uid: this.next++,
      bytes,
      internalDate,
      flags: new Set(flags),
      modseq: ++this.modseq,
    };
    this.list.push(message);
    this.recent.add(message.uid);
    this.octets += bytes.length;
    this.tell({ kind: 'added', message, by });
    return message;
  }

  /** Replaces the flags of a message. False when it is gone or there are too many keywords. Equal flags are no change. */
  setFlags(uid: number, flags: Iterable<string>, by?: object): boolean {
    const index = this.indexOf(uid);
    const old = this.list[index];
    if (old === undefined || this.gone) return false;
    const wanted = new Set(flags);
    if (wanted.size > MAX_KEYWORDS) return false;
    if (sameFlags(wanted, old.flags)) return true;
    const message: StoredMessage = { ...old, flags: wanted, modseq: ++this.modseq };
    this.list[index] = message;
    this.tell({ kind: 'flags', message, by });
    return true;
  }

  /** Removes a message for good. False when it is gone already. */
  remove(uid: number, by?: object): boolean {
    const index = this.indexOf(uid);
    const message = this.list[index];
    if (message === undefined || this.gone) return false;
    this.list.splice(index, 1);
    this.recent.delete(uid);
    this.octets -= message.bytes.length;
    this.modseq++;
    this.tell({ kind: 'expunged', message, index, by });
    return true;
  }

  /** RFC 3501 §2.3.2: the messages that no session was told of before; the session that takes them is that session. */
  takeRecent(): ReadonlySet<number> {
    const taken = new Set(this.recent);
    this.recent.clear();
    return taken;
  }

  get recentCount(): number {
    return this.recent.size;
  }

  /** Tells `listener` of every change from now on, in order; call what it returns to stop. */
  observe(listener: MailboxListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The maildrop has deleted this mailbox: nothing happens here any more. */
  discard(): void {
    this.gone = true;
    this.listeners.clear();
  }

  private tell(change: MailboxChange): void {
    // A copy, because a listener may stop listening.
    for (const listener of [...this.listeners]) listener(change);
  }
}

function sameFlags(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a.size !== b.size) return false;
  for (const flag of a) if (!b.has(flag)) return false;
  return true;
}
