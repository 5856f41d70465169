/**
 * A person's mail program on a workstation: composes and submits, fetches and keeps. Messages are files below ~/mail, so they survive a
 * crash; what it does is a service call away for the terminal's `mail` and for the workbench's composer.
 */
import type { MailCommand } from '../../core/index.ts';
import { compose, field } from '../../mail/index.ts';
import type { Host, Service } from '../host.ts';
import { type Fetched, fetchByPop3 } from './fetch.ts';
import { type Server, type Submission, submit } from './submit.ts';

export interface MailAccount {
  readonly address: string;
  readonly password: string;
  /** Log-in name on the workstation, whose home directory holds the mail. */
  readonly user: string;
  readonly submission: Server;
  readonly pop3?: Server;
  readonly imap?: Server;
  /** Whether POP3 leaves messages on the server (default true). */
  readonly leave?: boolean;
}

export type Sent =
  | Submission
  /** Nothing that could be an address was given. */
  | { readonly ok: false; readonly cause: 'recipients' };

export type FetchOutcome =
  | Fetched
  /** The account has no server for this protocol. */
  | { readonly ok: false; readonly cause: 'not-set-up' };

export interface KeptMessage {
  readonly number: number;
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** RFC 6409 §3.1: the port of submission, where one logs in. */
const SUBMISSION = 587;

export class MailAgent implements Service {
  readonly name = 'mua';
  private composed = 0;

  constructor(
    private readonly host: Host,
    readonly account: MailAccount,
  ) {}

  start(): void {
    this.host.disk.makeDirectory(this.folder, { owner: this.account.user, mode: 0o700 });
  }

  /** Carries out a command of the workbench; the outcome is in the trace. */
  command(command: MailCommand): void {
    if (command.do === 'send') this.send(command);
    else this.fetch(command.protocol);
  }

  send(draft: Omit<Extract<MailCommand, { do: 'send' }>, 'do'>, done: (result: Sent) => void = () => undefined): void {
    const { host, account } = this;
    const finish = (result: Sent): void => {
      host.trace({ type: 'note', code: result.ok ? 'mua.sent' : 'mua.not-sent', params: describe(result) });
      done(result);
    };
    if (!host.running) return;
    const { to, cc = [], bcc = [], subject, body } = draft;
    const recipients = [...new Set([...to, ...cc, ...bcc].map(bareAddress).filter((address) => address !== ''))];
    if (recipients.length === 0) return finish({ ok: false, cause: 'recipients' });
    this.composed++;
    const unique = host.random.integer(0, 0xff_ffff).toString(16).padStart(6, '0');
    const message = compose({
      from: account.address,
      to,
      cc,
      subject,
      body,
      date: host.wallClock,
      utcOffset: host.utcOffset,
      messageId: `${host.boots}.${this.composed}.${unique}@${host.hostname}`,
    });
    submit(
      host,
      {
        server: account.submission,
        ...(account.submission.port === SUBMISSION
          ? { credentials: { user: account.address, password: account.password } }
          : {}),
        transaction: { reversePath: account.address, recipients, message },
      },
      finish,
    );
  }

  fetch(protocol: 'pop3' | 'imap', done: (result: FetchOutcome) => void = () => undefined): void {
    const { host, account } = this;
    if (!host.running) return;
    const finish = (result: FetchOutcome): void => {
      host.trace({ type: 'note', code: result.ok ? 'mua.fetched' : 'mua.not-fetched', params: describe(result) });
      done(result);
    };
    const server = protocol === 'pop3' ? account.pop3 : undefined;
    if (server === undefined) return finish({ ok: false, cause: 'not-set-up' });
    fetchByPop3(
      host,
      {
        server,
        credentials: { user: account.address, password: account.password },
        leave: account.leave ?? true,
        seen: new Set(this.seen()),
        store: (uidl, message) => this.keep(uidl, message),
      },
      finish,
    );
  }

  /** What has been fetched and not deleted, oldest first. */
  messages(): readonly KeptMessage[] {
    const names = this.host.disk.list(this.folder) ?? [];
    return names.flatMap((name) => {
      const number = Number(/^(\d+)\.eml$/.exec(name)?.[1] ?? Number.NaN);
      const path = `${this.folder}/${name}`;
      const bytes = Number.isNaN(number) ? undefined : this.host.disk.read(path);
      return bytes === undefined ? [] : [{ number, path, bytes }];
    });
  }

  remove(number: number): boolean {
    return this.host.disk.remove(`${this.folder}/${fileName(number)}`);
  }

  private keep(uidl: string, bytes: Uint8Array): boolean {
    const { host, account } = this;
    const seen = this.seen();
    const number = seen.length + 1;
    if (!host.disk.write(`${this.folder}/${fileName(number)}`, bytes, { owner: account.user, mode: 0o600 }))
      return false;
    host.disk.append(this.seenFile, `${uidl}\n`);
    host.trace({
      type: 'delivery',
      user: account.address,
      mailbox: 'INBOX',
      uid: number,
      size: bytes.length,
      messageId: field(bytes, 'message-id') ?? '',
      payload: host.kernel.trace.store(bytes),
    });
    return true;
  }

  /** Unique-ids of everything fetched so far, deleted messages included. */
  private seen(): readonly string[] {
    return (this.host.disk.readText(this.seenFile) ?? '').split('\n').filter((line) => line !== '');
  }

  private get folder(): string {
    return `/home/${this.account.user}/mail`;
  }

  private get seenFile(): string {
    return `${this.folder}/.fetched`;
  }
}

function fileName(number: number): string {
  return `${number.toString().padStart(6, '0')}.eml`;
}

/** The address of `Bruno <bruno@brisa.example>`; empty when there is none. */
function bareAddress(text: string): string {
  const address = /<([^<>]*)>\s*$/.exec(text)?.[1] ?? text;
  return /^[^\s@<>]+@[^\s@<>]+$/.test(address.trim()) ? address.trim() : '';
}

function describe(result: Sent | FetchOutcome): Record<string, string | number> {
  if (result.ok) {
    if ('count' in result) return { count: result.count };
    return { refused: result.recipients.filter(({ status }) => status !== 'done').length };
  }
  const { cause } = result;
  if (cause === 'lookup') return { cause, detail: result.failure };
  if (cause === 'connect') return { cause, detail: result.reason };
  return 'text' in result ? { cause, detail: result.text } : { cause };
}
