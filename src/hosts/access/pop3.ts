/** The POP3 service of a mail server: one maildrop a session, locked while it is open (RFC 1939 §3, §4). */
import type { MailStore } from '../../mail/index.ts';
import type { TcpEvents, TcpSocket } from '../../net/socket.ts';
import { POP3_SERVER, type ServerAnswer, type ServerAsk } from '../../protocols/pop3/index.ts';
import { EndpointSocket } from '../endpoint-socket.ts';
import type { Host, Service } from '../host.ts';
import { MAIL_LOG } from '../mta/index.ts';
import { POP3_PORT } from './limits.ts';

export function pop3Service(host: Host, store: MailStore): Service {
  return {
    name: 'pop3d',
    start() {
      host.net.listen(POP3_PORT, (socket) => new Session(host, store, socket).connection);
    },
    crashed() {
      store.crashed();
    },
  };
}

class Session {
  readonly connection: TcpEvents;
  private readonly endpoint: EndpointSocket<ServerAsk, ServerAnswer>;
  private user: string | undefined;

  constructor(
    private readonly host: Host,
    private readonly store: MailStore,
    private readonly socket: TcpSocket,
  ) {
    this.endpoint = new EndpointSocket<ServerAsk, ServerAnswer>(host, POP3_SERVER.create({ hostname: host.hostname }), {
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
        return this.logIn(what.user, what.password);
      case 'message': {
        const inbox = this.inbox();
        const message = inbox?.messages[inbox.indexOf(what.uid)];
        return { message: message?.bytes };
      }
      case 'update': {
        const inbox = this.inbox();
        const removed = what.remove.map((uid) => inbox?.remove(uid) ?? false);
        this.unlock();
        return { updated: removed.every(Boolean) };
      }
    }
  }

  private logIn(user: string, password: string): ServerAnswer {
    const { host, store, socket } = this;
    const address = store.authenticate(user, password);
    host.trace({
      type: 'auth',
      endpoint: this.endpoint.endpointId,
      conn: socket.id,
      user: user.slice(0, 80),
      mechanism: 'USER/PASS',
      ok: address !== undefined,
    });
    if (address === undefined) {
      this.log(`Aborted login (auth failed): user=<${user.slice(0, 80)}>, method=PLAIN, rip=${socket.remote.ip}`);
      return { ok: false, cause: 'auth' };
    }
    const maildrop = store.maildrop(address);
    if (!maildrop.lock(this)) return { ok: false, cause: 'in-use' };
    this.user = address;
    this.log(`Login: user=<${address}>, method=PLAIN, rip=${socket.remote.ip}`);
    const { inbox } = maildrop;
    const hex = (value: number): string => value.toString(16).padStart(8, '0');
    return {
      ok: true,
      drop: inbox.messages.map(({ uid, bytes }) => ({
        uid,
        uidl: `${hex(uid)}${hex(inbox.uidValidity)}`,
        size: bytes.length,
      })),
    };
  }

  private inbox() {
    return this.user === undefined ? undefined : this.store.maildrop(this.user).inbox;
  }

  private ended(): void {
    if (this.user !== undefined) this.log(`Disconnected: user=<${this.user}>`);
    this.unlock();
  }

  private unlock(): void {
    if (this.user !== undefined) this.store.maildrop(this.user).unlock(this);
  }

  private log(line: string): void {
    this.host.log(MAIL_LOG, `pop3-login: ${line}`);
  }
}
