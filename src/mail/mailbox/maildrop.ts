/** All mailboxes of one user, by name, and the exclusive lock that POP3 takes on INBOX (RFC 1939 §3). */
import type { Octets } from '../../core/index.ts';
import { MAX_MAILBOXES, MAX_NAME } from './limits.ts';
import { Mailbox } from './mailbox.ts';

export const INBOX = 'INBOX';
/** Hierarchy delimiter (RFC 3501 §5.1.1). */
export const DELIMITER = '/';

export type NameProblem = 'exists' | 'missing' | 'invalid' | 'too-many' | 'has-children' | 'inbox';

export class Maildrop {
  private readonly mailboxes = new Map<string, Mailbox>();
  readonly subscriptions = new Set<string>([INBOX]);
  private holder: object | undefined;
  private validity: number;

  /** `validity`: the first UIDVALIDITY; each mailbox made later gets a greater one. */
  constructor(
    readonly address: string,
    validity: number,
  ) {
    this.validity = validity;
    this.mailboxes.set(INBOX, new Mailbox(INBOX, validity));
  }

  get inbox(): Mailbox {
    return this.mailboxes.get(INBOX) as Mailbox;
  }

  /** In order of their names. */
  get all(): readonly Mailbox[] {
    return [...this.mailboxes.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  get size(): Octets {
    let sum = 0;
    for (const mailbox of this.mailboxes.values()) sum += mailbox.size;
    return sum;
  }

  /** INBOX in any case (RFC 3501 §5.1); every other name exactly. */
  find(name: string): Mailbox | undefined {
    return this.mailboxes.get(canonical(name));
  }

  create(name: string): NameProblem | undefined {
    const wanted = canonical(name.endsWith(DELIMITER) ? name.slice(0, -1) : name);
    if (!isName(wanted)) return 'invalid';
    if (this.mailboxes.has(wanted)) return 'exists';
    if (this.mailboxes.size >= MAX_MAILBOXES) return 'too-many';
    this.mailboxes.set(wanted, new Mailbox(wanted, ++this.validity));
    return undefined;
  }

  delete(name: string): NameProblem | undefined {
    const wanted = canonical(name);
    if (wanted === INBOX) return 'inbox';
    if (!this.mailboxes.has(wanted)) return 'missing';
    if (this.children(wanted).length > 0) return 'has-children';
    this.mailboxes.delete(wanted);
    return undefined;
  }

  /** RFC 3501 §6.3.5: inferior names move along; renaming INBOX moves its messages and leaves it empty. */
  rename(from: string, to: string): NameProblem | undefined {
    const [old, wanted] = [canonical(from), canonical(to)];
    const mailbox = this.mailboxes.get(old);
    if (mailbox === undefined) return 'missing';
    if (!isName(wanted)) return 'invalid';
    if (this.mailboxes.has(wanted)) return 'exists';
    if (old === INBOX) {
      const problem = this.create(wanted);
      if (problem !== undefined) return problem;
      const target = this.mailboxes.get(wanted) as Mailbox;
      for (const { uid, bytes, internalDate, flags } of [...mailbox.messages]) {
        target.append(bytes, internalDate, flags);
        mailbox.remove(uid);
      }
      return undefined;
    }
    for (const name of [old, ...this.children(old)]) {
      const moved = this.mailboxes.get(name) as Mailbox;
      this.mailboxes.delete(name);
      moved.name = wanted + name.slice(old.length);
      this.mailboxes.set(moved.name, moved);
    }
    return undefined;
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

  private children(name: string): readonly string[] {
    return [...this.mailboxes.keys()].filter((key) => key.startsWith(name + DELIMITER));
  }
}

function canonical(name: string): string {
  return name.toUpperCase() === INBOX ? INBOX : name;
}

function isName(name: string): boolean {
  if (name.length === 0 || name.length > MAX_NAME) return false;
  // No controls, no wildcards of LIST, no empty level.
  for (const char of name) if (char < ' ' || char === '*' || char === '%' || char === '\x7f') return false;
  return name.split(DELIMITER).every((level) => level !== '');
}
