/**
 * One mailbox: messages in the order of their unique identifiers, which only grow and are never used again (RFC 3501 §2.3.1). Whoever
 * has it open is told of every change, so that sessions can tell their clients.
 */
import type { Octets } from '../../core/index.ts';
import { MAX_KEYWORDS, MAX_MESSAGES } from './limits.ts';

export interface StoredMessage {
  readonly uid: number;
  /** As delivered, lines ended by CR LF. Never changed. */
  readonly bytes: Uint8Array;
  /** RFC 3501 §2.3.3: when it arrived here, ms since 1970 UTC. */
  readonly internalDate: number;
  /** System flags with their backslash, and keywords. */
  readonly flags: ReadonlySet<string>;
}

export type MailboxChange =
  | { readonly kind: 'added'; readonly message: StoredMessage }
  | { readonly kind: 'flags'; readonly message: StoredMessage; readonly by: object | undefined }
  /** `index`: its place, from 0, before it went. */
  | { readonly kind: 'expunged'; readonly message: StoredMessage; readonly index: number };

export type MailboxListener = (change: MailboxChange) => void;

export class Mailbox {
  private readonly list: StoredMessage[] = [];
  private readonly listeners = new Set<MailboxListener>();
  private readonly recent = new Set<number>();
  private next = 1;
  private octets: Octets = 0;

  constructor(
    public name: string,
    readonly uidValidity: number,
  ) {}

  get messages(): readonly StoredMessage[] {
    return this.list;
  }

  get uidNext(): number {
    return this.next;
  }

  /** Octets of all messages. */
  get size(): Octets {
    return this.octets;
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

  /** `undefined` when the mailbox can hold no more. */
  append(bytes: Uint8Array, internalDate: number, flags: Iterable<string> = []): StoredMessage | undefined {
    if (this.list.length >= MAX_MESSAGES) return undefined;
    const message: StoredMessage = { uid: this.next++, bytes, internalDate, flags: new Set(flags) };
    this.list.push(message);
    this.recent.add(message.uid);
    this.octets += bytes.length;
    this.tell({ kind: 'added', message });
    return message;
  }

  /** `by` names who asks, so that it is not told what it knows. False when the message is gone or there are too many keywords. */
  setFlags(uid: number, flags: Iterable<string>, by?: object): boolean {
    const index = this.indexOf(uid);
    const old = this.list[index];
    if (old === undefined) return false;
    const wanted = new Set(flags);
    if (wanted.size > MAX_KEYWORDS) return false;
    const message = { ...old, flags: wanted };
    this.list[index] = message;
    this.tell({ kind: 'flags', message, by });
    return true;
  }

  remove(uid: number): boolean {
    const index = this.indexOf(uid);
    const message = this.list[index];
    if (message === undefined) return false;
    this.list.splice(index, 1);
    this.recent.delete(uid);
    this.octets -= message.bytes.length;
    this.tell({ kind: 'expunged', message, index });
    return true;
  }

  /** RFC 3501 §2.3.2: the messages that no session has been told of before; a session that takes them is that session. */
  takeRecent(): ReadonlySet<number> {
    const taken = new Set(this.recent);
    this.recent.clear();
    return taken;
  }

  get recentCount(): number {
    return this.recent.size;
  }

  observe(listener: MailboxListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private tell(change: MailboxChange): void {
    for (const listener of [...this.listeners]) listener(change);
  }
}
