/**
 * The POP3 service of a mail server: gives each session the INBOX of its user, locked against other POP3 sessions
 * (RFC 1939 §4), and removes in UPDATE what the session marked (§6). The protocol itself is in protocols/pop3.
 */
import type { Mailbox, Maildrop, MailStore } from '../../mail/index.ts';
import type { TcpEvents, TcpSocket } from '../../net/socket.ts';
import { POP3_SERVER, type ServerAnswer, type ServerAsk } from '../../protocols/pop3/index.ts';
import { EndpointSocket } from '../endpoint-socket.ts';
import type { Host, Service } from '../host.ts';
import { MAIL_LOG } from '../mta/index.ts';
import { digestOf, timestamp } from './apop.ts';
import { POP3_PORT, SHOWN_USER } from './limits.ts';

export interface Pop3Options {
  /** Offer APOP (RFC 1939 §7). Default no, as few servers do: it needs passwords in clear on the server. */
  readonly apop?: boolean;
}

export function pop3Service(host: Host, store: MailStore, options: Pop3Options = {}): Service {
  return {
    name: 'pop3d',
    start() {
      host.net.listen(POP3_PORT, (socket) => new Session(host, store, socket, options).connection);
    },
    crashed() {
      store.crashed();
    },
  };
}

/** One connection, and after the log-in the maildrop that it has open. */
class Session {
  readonly connection: TcpEvents;
  private readonly endpoint: EndpointSocket<ServerAsk, ServerAnswer>;
  private maildrop: Maildrop | undefined;
  /** For the last line of the log: messages sent whole or in part with their octets, and removed. */
  private readonly done = { retr: 0, retrOctets: 0, top: 0, topOctets: 0, dele: 0 };
  private readonly read = new Set<number>();

  constructor(
    private readonly host: Host,
    private readonly store: MailStore,
    private readonly socket: TcpSocket,
    options: Pop3Options,
  ) {
    const config = {
      hostname: host.hostname,
      ...(options.apop === true ? { timestamp: timestamp(host) } : {}),
    };
    this.endpoint = new EndpointSocket<ServerAsk, ServerAnswer>(host, POP3_SERVER.create(config), {
      machine: POP3_SERVER.id,
      protocol: 'pop3',
      service: 'pop3d',
      ask: (what, reply) => reply(this.answer(what)),
      ended: () => this.ended(),
    });
    this.connection = this.endpoint.attach(socket);
  }

  private answer(what: ServerAsk): ServerAnswer {
    switch (what.kind) {
      case 'authenticate':
        return this.logIn(what.user, 'PLAIN', this.store.authenticate(what.user, what.password));
      case 'digest':
        return this.logIn(what.user, 'APOP', this.byDigest(what));
      case 'message':
        return { message: this.fetch(what.uid, what.whole) };
      case 'update':
        return { updated: this.update(what.remove) };
    }
  }

  /** The address of the user whose password makes this digest. */
  private byDigest({ user, timestamp: stamp, digest }: Extract<ServerAsk, { kind: 'digest' }>): string | undefined {
    const { store } = this;
    const names = user.includes('@') ? [user] : store.domains.map((domain) => `${user}@${domain}`);
    for (const name of names) {
      const password = store.accounts.password(name);
      if (password === undefined || digestOf(stamp, password) !== digest) continue;
      return store.authenticate(name, password);
    }
    return undefined;
  }

  private logIn(user: string, method: 'PLAIN' | 'APOP', address: string | undefined): ServerAnswer {
    const { host, store, socket } = this;
    const shown = user.slice(0, SHOWN_USER);
    host.trace({
      type: 'auth',
      endpoint: this.endpoint.endpointId,
      conn: socket.id,
      user: shown,
      mechanism: method === 'APOP' ? 'APOP' : 'USER/PASS',
      ok: address !== undefined,
    });
    const where = `user=<${shown}>, method=${method}, rip=${socket.remote.ip}, lip=${socket.local.ip}`;
    if (address === undefined) {
      this.log('pop3-login', `Login failed (auth failed): ${where}`);
      return { ok: false, cause: 'auth' };
    }
    const maildrop = store.maildrop(address);
    if (!maildrop.lock(this)) {
      this.log(`pop3(${address})`, "Couldn't open INBOX: Mailbox is locked by another POP3 session");
      return { ok: false, cause: 'in-use' };
    }
    this.maildrop = maildrop;
    this.log('pop3-login', `Login: ${where}`);
    const { inbox } = maildrop;
    const drop = inbox.messages.map(({ uid, bytes }) => ({ uid, uidl: uniqueId(inbox, uid), size: bytes.length }));
    return { ok: true, drop };
  }

  private fetch(uid: number, whole: boolean): Uint8Array | undefined {
    const bytes = this.maildrop?.inbox.find(uid)?.bytes;
    if (bytes === undefined) return undefined;
    if (whole) {
      this.done.retr++;
      this.done.retrOctets += bytes.length;
      this.read.add(uid);
    } else {
      this.done.top++;
      this.done.topOctets += bytes.length;
    }
    return bytes;
  }

  /** RFC 1939 §6: removes what is marked, then releases the lock. What was fetched and stays is seen, as IMAP will show. */
  private update(remove: readonly number[]): boolean {
    const inbox = this.maildrop?.inbox;
    if (inbox === undefined) return false;
    let all = true;
    for (const uid of remove) {
      // What another session has removed meanwhile is as gone as the user wants it.
      const here = inbox.find(uid) !== undefined;
      if (here && !inbox.remove(uid)) all = false;
      if (here) this.done.dele++;
    }
    for (const uid of this.read) {
      const message = inbox.find(uid);
      if (message !== undefined) inbox.setFlags(uid, [...message.flags, '\\Seen']);
    }
    this.leave('Logged out');
    return all;
  }

  private ended(): void {
    this.leave('Connection closed');
  }

  /** Gives the maildrop back, once. */
  private leave(how: string): void {
    const { maildrop, done } = this;
    if (maildrop === undefined) return;
    this.maildrop = undefined;
    maildrop.unlock(this);
    // A host without power writes no log.
    if (!this.host.running) return;
    const top = `top=${done.top}/${done.topOctets}, retr=${done.retr}/${done.retrOctets}, del=${done.dele}`;
    const { messages, size } = maildrop.inbox;
    const total = messages.length + done.dele;
    this.log(`pop3(${maildrop.address})`, `Disconnected: ${how} ${top}/${total}, size=${size}`);
  }

  private log(program: string, line: string): void {
    this.host.log(MAIL_LOG, `dovecot: ${program}: ${line}`);
  }
}

/** Unique-id for good (RFC 1939 §7): UID and UIDVALIDITY, as Dovecot's default. */
function uniqueId(inbox: Mailbox, uid: number): string {
  return hex(uid) + hex(inbox.uidValidity);
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}
