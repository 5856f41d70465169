/**
 * The IMAP service of a mail server: opens a user's mailboxes to each session and tells it what others do to the one it has
 * selected (RFC 3501 §5.2). The protocol itself is in protocols/imap.
 */
import type { Mailbox, MailboxChange, Maildrop, MailStore, NameProblem, StoredMessage } from '../../mail/index.ts';
import type { TcpEvents, TcpSocket } from '../../net/socket.ts';
import {
  type Change,
  IMAP_SERVER,
  type MessageInfo,
  type ServerAnswer,
  type ServerAsk,
} from '../../protocols/imap/index.ts';
import { EndpointSocket } from '../endpoint-socket.ts';
import type { Host, Service } from '../host.ts';
import { MAIL_LOG } from '../mta/index.ts';
import { IMAP_PORT, SHOWN_USER } from './limits.ts';

export function imapService(host: Host, store: MailStore): Service {
  return {
    name: 'imapd',
    start() {
      host.net.listen(IMAP_PORT, (socket) => new Session(host, store, socket).connection);
    },
  };
}

type ByName = Extract<ServerAsk, { kind: 'create' | 'delete' | 'rename' | 'subscribe' | 'unsubscribe' }>;

const DONE: ServerAnswer = { kind: 'done' };
const MISSING: ServerAnswer = { kind: 'refused', problem: 'missing' };

class Session {
  readonly connection: TcpEvents;
  private readonly endpoint: EndpointSocket<ServerAsk, ServerAnswer>;
  private readonly server;
  private maildrop: Maildrop | undefined;
  private mailbox: Mailbox | undefined;
  private stop: () => void = () => undefined;

  constructor(
    private readonly host: Host,
    private readonly store: MailStore,
    private readonly socket: TcpSocket,
  ) {
    this.server = IMAP_SERVER.create({ hostname: host.hostname });
    this.endpoint = new EndpointSocket<ServerAsk, ServerAnswer>(host, this.server, {
      machine: IMAP_SERVER.id,
      protocol: 'imap',
      service: 'imapd',
      ask: (what, reply) => reply(this.answer(what)),
      ended: () => this.ended(),
    });
    this.connection = this.endpoint.attach(socket);
  }

  private answer(what: ServerAsk): ServerAnswer {
    const { maildrop, mailbox } = this;
    if (what.kind === 'authenticate') return this.logIn(what);
    if (maildrop === undefined) return MISSING;
    switch (what.kind) {
      case 'select':
        return this.select(maildrop.find(what.name), what.readOnly);
      case 'unselect':
        this.leave();
        return DONE;
      case 'list': {
        const { all, subscriptions } = maildrop;
        const listed = all.map(({ name }) => ({
          name,
          subscribed: subscriptions.has(name),
          hasChildren: maildrop.hasChildren(name),
        }));
        return { kind: 'list', mailboxes: listed };
      }
      case 'status':
        return status(maildrop.find(what.name));
      case 'messages':
        return { kind: 'messages', messages: what.uids.map((uid) => ({ uid, bytes: mailbox?.find(uid)?.bytes })) };
      case 'store':
        for (const { uid, flags } of what.changes) mailbox?.setFlags(uid, flags, this);
        return DONE;
      case 'append':
      case 'copy':
      case 'expunge':
        return this.change(maildrop, what);
      default:
        return this.byName(maildrop, what);
    }
  }

  private logIn({ user, password, mechanism }: Extract<ServerAsk, { kind: 'authenticate' }>): ServerAnswer {
    const { host, store, socket } = this;
    const address = store.authenticate(user, password);
    const shown = user.slice(0, SHOWN_USER);
    const ok = address !== undefined;
    host.trace({ type: 'auth', endpoint: this.endpoint.endpointId, conn: socket.id, user: shown, mechanism, ok });
    const method = mechanism === 'LOGIN' ? 'PLAIN' : mechanism;
    const where = `user=<${shown}>, method=${method}, rip=${socket.remote.ip}, lip=${socket.local.ip}`;
    this.log('imap-login', ok ? `Login: ${where}` : `Login failed (auth failed): ${where}`);
    if (!ok) return { kind: 'refused', problem: 'auth' };
    this.maildrop = store.maildrop(address);
    return DONE;
  }

  private select(mailbox: Mailbox | undefined, readOnly: boolean): ServerAnswer {
    this.leave();
    if (mailbox === undefined) return MISSING;
    this.mailbox = mailbox;
    this.stop = mailbox.observe((change) => this.endpoint.perform(this.server.changed(changeOf(change))));
    // EXAMINE takes nothing away from others: \Recent stays (RFC 3501 §6.3.2).
    const recent = readOnly ? [] : [...mailbox.takeRecent()];
    const { name, uidValidity, uidNext } = mailbox;
    return { kind: 'selected', selected: { name, uidValidity, uidNext, messages: mailbox.messages.map(info), recent } };
  }

  /** What adds messages or takes them away. */
  private change(maildrop: Maildrop, what: Extract<ServerAsk, { kind: 'append' | 'copy' | 'expunge' }>): ServerAnswer {
    const { mailbox, store } = this;
    const { address } = maildrop;
    if (what.kind === 'expunge') {
      for (const uid of what.uids) mailbox?.remove(uid, this);
      return DONE;
    }
    const target = maildrop.find(what.kind === 'append' ? what.name : what.to);
    if (target === undefined) return { kind: 'refused', problem: 'try-create' };
    if (what.kind === 'append') {
      const stored = store.append(address, target, what.message, what.date ?? this.host.wallClock, what.flags, this);
      return stored.ok ? DONE : { kind: 'refused', problem: 'over-quota' };
    }
    for (const uid of what.uids) {
      const message = mailbox?.find(uid);
      if (message === undefined) continue;
      const { bytes, internalDate, flags } = message;
      if (!store.append(address, target, bytes, internalDate, flags, this).ok) {
        return { kind: 'refused', problem: 'over-quota' };
      }
    }
    return DONE;
  }

  private byName(maildrop: Maildrop, what: ByName): ServerAnswer {
    switch (what.kind) {
      case 'create':
        return outcome(maildrop.create(what.name));
      case 'delete':
        return outcome(maildrop.delete(what.name));
      case 'rename':
        return outcome(maildrop.rename(what.name, what.to));
      case 'subscribe':
        return maildrop.subscribe(what.name) ? DONE : { kind: 'refused', problem: 'invalid' };
      case 'unsubscribe':
        return maildrop.unsubscribe(what.name) ? DONE : MISSING;
    }
  }

  private leave(): void {
    this.stop();
    this.stop = () => undefined;
    this.mailbox = undefined;
  }

  private ended(): void {
    this.leave();
    const { maildrop } = this;
    this.maildrop = undefined;
    // A host without power writes no log.
    if (maildrop !== undefined && this.host.running) this.log(`imap(${maildrop.address})`, 'Disconnected: Logged out');
  }

  private log(program: string, line: string): void {
    this.host.log(MAIL_LOG, `dovecot: ${program}: ${line}`);
  }
}

function outcome(problem: NameProblem | undefined): ServerAnswer {
  if (problem === undefined) return DONE;
  return { kind: 'refused', problem: problem === 'too-many' ? 'limit' : problem };
}

function status(mailbox: Mailbox | undefined): ServerAnswer {
  if (mailbox === undefined) return MISSING;
  const { messages, recentCount, uidNext, uidValidity, size } = mailbox;
  const unseen = messages.filter(({ flags }) => !flags.has('\\Seen')).length;
  return {
    kind: 'status',
    status: { messages: messages.length, recent: recentCount, uidNext, uidValidity, unseen, size },
  };
}

function info({ uid, flags, bytes, internalDate }: StoredMessage): MessageInfo {
  return { uid, flags: [...flags], size: bytes.length, internalDate };
}

function changeOf(change: MailboxChange): Change {
  const { message } = change;
  if (change.kind === 'added') return { kind: 'added', message: info(message), recent: false };
  if (change.kind === 'expunged') return { kind: 'expunged', uid: message.uid };
  return { kind: 'flags', uid: message.uid, flags: [...message.flags], silent: false };
}
