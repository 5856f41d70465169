import { describe, expect, it } from 'vitest';
import type { EntryOf, EntryType, Kernel } from '../../../../src/core/index.ts';
import { accountDirectory } from '../../../../src/hosts/access/accounts.ts';
import { digestOf } from '../../../../src/hosts/access/apop.ts';
import { pop3Service } from '../../../../src/hosts/access/pop3.ts';
import { type Fetched, fetchByPop3 } from '../../../../src/hosts/mua/fetch.ts';
import { AccountBook } from '../../../../src/mail/index.ts';
import { accessWorld, drain, Typist } from './world.ts';

const MESSAGE = 'Message-ID: <1@alba.example>\r\nSubject: Hola\r\n\r\nUna\r\n.dos\r\n';
const LOGIN = ['USER bruno', 'PASS bruno-2026'] as const;

function entries<T extends EntryType>(kernel: Kernel, type: T): readonly EntryOf<T>[] {
  return [...kernel.trace.entries].filter((entry): entry is EntryOf<T> => entry.type === type);
}

function pop3World(options = {}) {
  const world = accessWorld();
  world.server.add(pop3Service(world.server, world.store, options));
  return world;
}

describe('the POP3 service', () => {
  it('lets a person read and delete mail by hand', () => {
    const { kernel, bruno, store, deliver, log } = pop3World();
    deliver(MESSAGE);
    const person = new Typist(bruno, kernel, 110);
    expect(person.text).toBe('+OK pop.brisa.example POP3 Estafeta\r\n');
    expect(person.type(...LOGIN, 'STAT')).toBe(
      '+OK Send PASS\r\n+OK Logged in, 1 messages (58 octets)\r\n+OK 1 58\r\n',
    );
    expect(person.type('RETR 1')).toBe(`+OK 58 octets\r\n${MESSAGE.replace('.dos', '..dos')}.\r\n`);
    expect(person.type('UIDL', 'DELE 1')).toBe(
      '+OK 1 messages\r\n1 0000000100000001\r\n.\r\n+OK Message 1 marked for deletion\r\n',
    );
    expect(store.maildrop('bruno@brisa.example').inbox.messages).toHaveLength(1);
    expect(person.type('QUIT')).toBe('+OK pop.brisa.example signing off (maildrop empty)\r\n');
    expect(store.maildrop('bruno@brisa.example').inbox.messages).toHaveLength(0);
    drain(kernel);
    expect(person.ended).toBe('fin');
    expect(log()).toEqual([
      'dovecot: pop3-login: Login: user=<bruno>, method=PLAIN, rip=198.51.100.10, lip=198.51.100.143',
      'dovecot: pop3(bruno@brisa.example): Disconnected: Logged out top=0/0, retr=1/58, del=1/1, size=0',
    ]);
  });

  it('traces who logs in, and how', () => {
    const { kernel, bruno, log } = pop3World();
    const person = new Typist(bruno, kernel, 110);
    person.type('USER bruno', 'PASS wrong', ...LOGIN);
    expect(entries(kernel, 'auth').map(({ user, mechanism, ok }) => [user, mechanism, ok])).toEqual([
      ['bruno', 'USER/PASS', false],
      ['bruno', 'USER/PASS', true],
    ]);
    expect(log()[0]).toContain('pop3-login: Login failed (auth failed): user=<bruno>');
  });

  it('traces deliveries, flags and removals', () => {
    const { kernel, bruno, deliver } = pop3World();
    deliver(MESSAGE);
    deliver(MESSAGE);
    new Typist(bruno, kernel, 110).type(...LOGIN, 'RETR 1', 'DELE 2', 'QUIT');
    expect(entries(kernel, 'delivery').map(({ uid, messageId, size }) => [uid, messageId, size])).toEqual([
      [1, '<1@alba.example>', 58],
      [2, '<1@alba.example>', 58],
    ]);
    expect(entries(kernel, 'mailbox').map(({ what, uid, flags, count }) => [what, uid, flags, count])).toEqual([
      ['expunged', 2, undefined, 1],
      ['flags', 1, ['\\Seen'], 1],
    ]);
  });

  it('locks the maildrop: one session at a time (RFC 1939 §4)', () => {
    const { kernel, bruno, carla } = pop3World();
    const first = new Typist(bruno, kernel, 110);
    const second = new Typist(carla, kernel, 110);
    first.type(...LOGIN);
    expect(second.type(...LOGIN)).toContain('-ERR [IN-USE]');
    first.type('QUIT');
    expect(second.type(...LOGIN)).toContain('+OK Logged in');
  });

  it('gives the lock back when a client vanishes, and removes nothing', () => {
    const { kernel, bruno, carla, store, deliver, log } = pop3World();
    deliver(MESSAGE);
    const first = new Typist(bruno, kernel, 110);
    first.type(...LOGIN, 'DELE 1');
    first.socket.abort();
    const second = new Typist(carla, kernel, 110);
    expect(second.type(...LOGIN, 'STAT')).toContain('+OK 1 58');
    expect(store.maildrop('bruno@brisa.example').inbox.messages).toHaveLength(1);
    expect(log().some((line) => line.includes('Disconnected: Connection closed'))).toBe(true);
  });

  it('closes by itself after ten idle minutes', () => {
    const { kernel, bruno, store, deliver } = pop3World();
    deliver(MESSAGE);
    const person = new Typist(bruno, kernel, 110);
    person.type(...LOGIN, 'DELE 1');
    drain(kernel);
    expect(kernel.now).toBeGreaterThan(600_000_000);
    expect(person.ended).toBe('fin');
    expect(store.maildrop('bruno@brisa.example').inbox.messages).toHaveLength(1);
    expect(store.maildrop('bruno@brisa.example').lock({})).toBe(true);
  });

  it('survives a crash of its host: mail stays, locks go', () => {
    const { kernel, server, bruno, deliver, log } = pop3World();
    deliver(MESSAGE);
    new Typist(bruno, kernel, 110).type(...LOGIN, 'DELE 1');
    server.powerOff();
    server.powerOn();
    expect(log()).toHaveLength(1);
    expect(new Typist(bruno, kernel, 110).type(...LOGIN, 'STAT')).toContain('+OK 1 58');
  });

  it('shows new mail in the next session only', () => {
    const { kernel, bruno, deliver } = pop3World();
    const person = new Typist(bruno, kernel, 110);
    person.type(...LOGIN);
    deliver(MESSAGE);
    expect(person.type('STAT')).toBe('+OK 0 0\r\n');
    person.type('QUIT');
    expect(new Typist(bruno, kernel, 110).type(...LOGIN, 'STAT')).toContain('+OK 1 58');
  });

  it('is calm about messages that another protocol has removed', () => {
    const { kernel, bruno, store, deliver } = pop3World();
    deliver(MESSAGE);
    deliver(MESSAGE);
    const person = new Typist(bruno, kernel, 110);
    person.type(...LOGIN);
    store.maildrop('bruno@brisa.example').inbox.remove(1);
    expect(person.type('RETR 1')).toBe('-ERR [SYS/PERM] That message is gone\r\n');
    expect(person.type('DELE 1', 'QUIT')).toContain('+OK pop.brisa.example signing off');
  });

  it('lets no blocked account in', () => {
    const { kernel, carla } = pop3World();
    const person = new Typist(carla, kernel, 110);
    expect(person.type('USER carla', 'PASS carla-2026')).toContain('-ERR [AUTH]');
  });

  it('takes APOP when it is told to', () => {
    const { kernel, bruno } = pop3World({ apop: true });
    const person = new Typist(bruno, kernel, 110);
    const stamp = /<.*>/.exec(person.text)?.[0] ?? '';
    expect(person.type(`APOP bruno ${digestOf(stamp, 'wrong')}`)).toContain('-ERR [AUTH]');
    expect(person.type(`APOP bruno ${digestOf(stamp, 'bruno-2026')}`)).toContain('+OK Logged in');
    const other = new Typist(bruno, kernel, 110);
    expect(/<.*>/.exec(other.text)?.[0]).not.toBe(stamp);
  });

  it("makes the digest of RFC 1939's example", () => {
    expect(digestOf('<1896.697170952@dbc.mtview.ca.us>', 'tanstaaf')).toBe('c4c9334bac560ecc979e58001b3e22fb');
  });
});

describe('fetching by POP3', () => {
  const server = { host: 'pop.brisa.example', port: 110 };
  const credentials = { user: 'bruno@brisa.example', password: 'bruno-2026' };

  function run(
    world: ReturnType<typeof pop3World>,
    options: Partial<Parameters<typeof fetchByPop3>[1]> = {},
  ): { results: Fetched[]; kept: Map<string, string> } {
    const results: Fetched[] = [];
    const kept = new Map<string, string>();
    const store = (uidl: string, message: Uint8Array): boolean => {
      kept.set(uidl, Buffer.from(message).toString('latin1'));
      return true;
    };
    fetchByPop3(world.bruno, { server, credentials, leave: false, seen: new Set(), store, ...options }, (result) =>
      results.push(result),
    );
    drain(world.kernel);
    return { results, kept };
  }

  it('brings messages byte for byte, and removes them', () => {
    const world = pop3World();
    world.deliver(MESSAGE);
    world.deliver('.\r\n\r\n..\r\n.\r\n');
    const { results, kept } = run(world);
    expect(results).toEqual([{ ok: true, count: 2, onServer: 2 }]);
    expect([...kept.values()]).toEqual([MESSAGE, '.\r\n\r\n..\r\n.\r\n']);
    expect(world.store.maildrop('bruno@brisa.example').inbox.messages).toEqual([]);
  });

  it('leaves copies, and knows them by their unique-id the next time', () => {
    const world = pop3World();
    world.deliver(MESSAGE);
    const first = run(world, { leave: true });
    world.deliver(MESSAGE);
    const second = run(world, { leave: true, seen: new Set(first.kept.keys()) });
    expect(second.results).toEqual([{ ok: true, count: 1, onServer: 2 }]);
    expect([...second.kept.keys()]).toEqual(['0000000200000001']);
    expect(world.store.maildrop('bruno@brisa.example').inbox.messages).toHaveLength(2);
  });

  it('removes nothing that could not be stored', () => {
    const world = pop3World();
    world.deliver(MESSAGE);
    expect(run(world, { store: () => false }).results).toEqual([{ ok: true, count: 0, onServer: 1 }]);
    expect(world.store.maildrop('bruno@brisa.example').inbox.messages).toHaveLength(1);
  });

  it.each<[string, Partial<Parameters<typeof fetchByPop3>[1]>, Fetched]>([
    [
      'a wrong password',
      { credentials: { user: 'bruno', password: 'x' } },
      { ok: false, cause: 'session', stage: 'pass', text: 'Invalid user name or password', count: 0 },
    ],
    [
      'a name that does not exist',
      { server: { host: 'nada.example', port: 110 } },
      { ok: false, cause: 'lookup', failure: 'nxdomain' },
    ],
    [
      'a port where nobody listens',
      { server: { host: 'pop.brisa.example', port: 111 } },
      { ok: false, cause: 'connect', reason: 'refused' },
    ],
  ])('says that there is %s, once', (_, options, expected) => {
    expect(run(pop3World(), options).results).toEqual([expected]);
  });
});

describe('the account directory of a server', () => {
  const book = new AccountBook([
    { address: 'ana@alba.example', password: 'a', blocked: false, greylist: false },
    { address: 'bruno@brisa.example', password: 'b', blocked: false, greylist: true },
  ]);

  it('logs in users of its own domains only, and knows every address', () => {
    const alba = accountDirectory(book, ['Alba.example']);
    expect(alba.authenticate('ana', 'a')).toBe('ana@alba.example');
    expect(alba.authenticate('bruno@brisa.example', 'b')).toBeUndefined();
    expect(alba.recipient('bruno@brisa.example')).toBe('greylisted');
    expect(accountDirectory(book).authenticate('bruno', 'b')).toBe('bruno@brisa.example');
  });

  it('follows changes of the book at once', () => {
    const alba = accountDirectory(book, ['alba.example']);
    book.change('ana@alba.example', { blocked: true });
    expect(alba.recipient('ana@alba.example')).toBe('blocked');
    expect(alba.authenticate('ana', 'a')).toBeUndefined();
  });
});
