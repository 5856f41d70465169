/**
 * All mailboxes of one user, by name, the user's subscriptions, and the exclusive lock that a POP3 session takes on INBOX
 * (RFC 1939 §4). Names follow RFC 3501 §5.1 and §6.3.
 */
import type { Octets } from '../../core/index.ts';
import { MAX_MAILBOXES, MAX_SUBSCRIPTIONS } from './limits.ts';
import { Mailbox } from './mailbox.ts';
import { canonicalName, DELIMITER, INBOX, isMailboxName, superiors } from './names.ts';

export type NameProblem = 'exists' | 'missing' | 'invalid' | 'too-many' | 'has-children' | 'inbox';

/** A change in the list of mailboxes. `from`: the name it had. */
export type MaildropChange =
  | { readonly kind: 'created'; readonly mailbox: Mailbox }
  | { readonly kind: 'deleted'; readonly mailbox: Mailbox }
  | { readonly kind: 'renamed'; readonly mailbox: Mailbox; readonly from: string };

export type MaildropListener = (change: MaildropChange) => void;

export class Maildrop {
  private readonly mailboxes = new Map<string, Mailbox>();
  private readonly subscribed = new Set<string>([INBOX]);
  private holder: object | undefined;
  private validity: number;

  /**
   * `validity`: the first UIDVALIDITY; each mailbox made later gets a greater one, so that a name that is deleted and made
   * again is told apart (RFC 3501 §2.3.1.1). `listener` is told of mailboxes made, renamed and deleted, INBOX included.
   */
  constructor(
    readonly address: string,
    validity: number,
    private readonly listener: MaildropListener = () => undefined,
  ) {
    this.validity = validity - 1;
    this.make(INBOX);
  }

  get inbox(): Mailbox {
    return this.mailboxes.get(INBOX) as Mailbox;
  }

  /** In order of their names. */
  get all(): readonly Mailbox[] {
    return [...this.mailboxes.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Names that LSUB lists; a name stays although its mailbox is gone (RFC 3501 §6.3.6). */
  get subscriptions(): ReadonlySet<string> {
    return this.subscribed;
  }

  get size(): Octets {
    let sum = 0;
    for (const mailbox of this.mailboxes.values()) sum += mailbox.size;
    return sum;
  }

  /** INBOX in any case (RFC 3501 §5.1); every other name exactly. */
  find(name: string): Mailbox | undefined {
    return this.mailboxes.get(canonicalName(name));
  }

  /** Whether there are mailboxes below this name. */
  hasChildren(name: string): boolean {
    const prefix = canonicalName(name) + DELIMITER;
    for (const key of this.mailboxes.keys()) if (key.startsWith(prefix)) return true;
    return false;
  }

  /** RFC 3501 §6.3.3. A trailing delimiter announces names below and is not part of the name; superiors are made too. */
  create(name: string): NameProblem | undefined {
    const wanted = canonicalName(name.endsWith(DELIMITER) ? name.slice(0, -1) : name);
    if (!isMailboxName(wanted)) return 'invalid';
    if (this.mailboxes.has(wanted)) return 'exists';
    const missing = [...superiors(wanted), wanted].filter((level) => this.find(level) === undefined);
    if (this.mailboxes.size + missing.length > MAX_MAILBOXES) return 'too-many';
    for (const level of missing) this.make(level);
    return undefined;
  }

  /** RFC 3501 §6.3.4; a mailbox with others below it stays, as RFC 9051 §6.3.5 permits (HASCHILDREN). */
  delete(name: string): NameProblem | undefined {
    const wanted = canonicalName(name);
    const mailbox = this.mailboxes.get(wanted);
    if (wanted === INBOX) return 'inbox';
    if (mailbox === undefined) return 'missing';
    if (this.hasChildren(wanted)) return 'has-children';
    this.mailboxes.delete(wanted);
    mailbox.discard();
    this.listener({ kind: 'deleted', mailbox });
    return undefined;
  }

  /** RFC 3501 §6.3.5: inferior names move along; renaming INBOX moves its messages and leaves it empty. */
  rename(from: string, to: string): NameProblem | undefined {
    const [old, wanted] = [canonicalName(from), canonicalName(to)];
    if (!this.mailboxes.has(old)) return 'missing';
    if (!isMailboxName(wanted) || wanted.startsWith(old + DELIMITER)) return 'invalid';
    if (this.mailboxes.has(wanted)) return 'exists';
    if (old === INBOX) return this.emptyInbox(wanted);
    const moves = [old, ...this.children(old)].map((name) => [name, wanted + name.slice(old.length)] as const);
    for (const [, name] of moves) {
      // A name below the target that is there already would be lost.
      if (this.mailboxes.has(name)) return 'exists';
      if (!isMailboxName(name)) return 'invalid';
    }
    const missing = superiors(wanted).filter((level) => this.find(level) === undefined);
    if (this.mailboxes.size + missing.length > MAX_MAILBOXES) return 'too-many';
    for (const level of missing) this.make(level);
    for (const [name, moved] of moves) {
      const mailbox = this.mailboxes.get(name) as Mailbox;
      this.mailboxes.delete(name);
      mailbox.name = moved;
      this.mailboxes.set(moved, mailbox);
      this.listener({ kind: 'renamed', mailbox, from: name });
    }
    return undefined;
  }

  /** False when there are too many subscriptions or the name cannot be one. The mailbox need not exist. */
  subscribe(name: string): boolean {
    const wanted = canonicalName(name);
    if (!isMailboxName(wanted) || this.subscribed.size >= MAX_SUBSCRIPTIONS) return this.subscribed.has(wanted);
    this.subscribed.add(wanted);
    return true;
  }

  unsubscribe(name: string): boolean {
    return this.subscribed.delete(canonicalName(name));
  }

  /** Takes the POP3 lock for `holder`; false when another has it. */
  lock(holder: object): boolean {
    if (this.holder !== undefined && this.holder !== holder) return false;
    this.holder = holder;
    return true;
  }

  unlock(holder: object): void {
    if (this.holder === holder) this.holder = undefined;
  }

  /** A crash of the server lets go of all locks. */
  unlockAll(): void {
    this.holder = undefined;
  }

  private make(name: string): Mailbox {
    const mailbox = new Mailbox(name, ++this.validity);
    this.mailboxes.set(name, mailbox);
    this.listener({ kind: 'created', mailbox });
    return mailbox;
  }

  private emptyInbox(wanted: string): NameProblem | undefined {
    const problem = this.create(wanted);
    if (problem !== undefined) return problem;
    const target = this.mailboxes.get(wanted) as Mailbox;
    const { inbox } = this;
    for (const { uid, bytes, internalDate, flags } of [...inbox.messages]) {
      // Removed first: a user's mail must not count twice against the quota, even for a moment.
      inbox.remove(uid);
      target.append(bytes, internalDate, flags);
    }
    return undefined;
  }

  private children(name: string): readonly string[] {
    return [...this.mailboxes.keys()].filter((key) => key.startsWith(name + DELIMITER));
  }
}
