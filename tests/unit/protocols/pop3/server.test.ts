import { describe, expect, it } from 'vitest';
import { latin1 } from '../../../../src/core/index.ts';
import { POP3_SERVER } from '../../../../src/protocols/pop3/index.ts';
import { after, FIRST, LOGIN, mailboxOf, replies, SECOND, talk } from './wire.ts';

describe('AUTHORIZATION', () => {
  it('greets, and is then in AUTHORIZATION', () => {
    const { text, state } = talk('');
    expect(text).toBe('+OK pop.brisa.example POP3 Estafeta\r\n');
    expect(state).toBe('authorization');
  });

  it('opens the maildrop with USER and PASS', () => {
    const { text, asks, state } = talk(LOGIN);
    expect(text.split('\r\n').slice(1)).toEqual(['+OK Send PASS', '+OK Logged in, 2 messages (78 octets)', '']);
    expect(asks).toEqual([{ kind: 'authenticate', user: 'bruno', password: 'secret' }]);
    expect(state).toBe('transaction');
  });

  it('takes keywords in any case, and spaces in a password', () => {
    const { asks } = talk('uSeR bruno\r\npass  two words \r\n');
    expect(asks).toEqual([{ kind: 'authenticate', user: 'bruno', password: ' two words ' }]);
  });

  it('says no more of a wrong password than of a wrong user, and begins again', () => {
    const wrong = '-ERR [AUTH] Invalid user name or password';
    expect(replies('USER bruno\r\nPASS x\r\nUSER nadie\r\nPASS secret\r\nPASS secret\r\n')).toEqual([
      '+OK Send PASS',
      wrong,
      '+OK Send PASS',
      wrong,
      '-ERR Say USER first',
    ]);
  });

  it('says that another session has the maildrop', () => {
    const policy = () => ({ ok: false, cause: 'in-use' }) as const;
    expect(replies(LOGIN, { policy })[1]).toBe('-ERR [IN-USE] Maildrop is locked by another POP3 session');
  });

  it('says that it is a passing trouble', () => {
    const policy = () => ({ ok: false, cause: 'temporary' }) as const;
    expect(replies(LOGIN, { policy })[1]).toBe('-ERR [SYS/TEMP] Maildrop is not available now');
  });

  it('hangs up on the fifth wrong password', () => {
    const { text, state } = talk('USER bruno\r\nPASS x\r\n'.repeat(7));
    expect(text.match(/\[AUTH\]/g)).toHaveLength(5);
    expect(state).toBe('closed');
  });

  it('has APOP when there is a timestamp (RFC 1939 §7)', () => {
    const config = { timestamp: '<1896.697170952@dbc.mtview.ca.us>' };
    const { text, asks, state } = talk('APOP bruno c4c9334bac560ecc979e58001b3e22fb\r\n', { config });
    expect(text).toContain('POP3 Estafeta <1896.697170952@dbc.mtview.ca.us>\r\n');
    expect(asks[0]).toEqual({
      kind: 'digest',
      user: 'bruno',
      timestamp: config.timestamp,
      digest: 'c4c9334bac560ecc979e58001b3e22fb',
    });
    expect(state).toBe('transaction');
    expect(replies('APOP bruno XYZ\r\nAPOP c4c9334bac560ecc979e58001b3e22fb\r\n', { config })).toEqual([
      '-ERR Usage: APOP name digest',
      '-ERR Usage: APOP name digest',
    ]);
    expect(replies('APOP bruno c4c9334bac560ecc979e58001b3e22fb\r\n')).toEqual(['-ERR APOP is not offered here']);
  });

  it('leaves at QUIT without UPDATE', () => {
    const { text, asks, state, effects } = talk('QUIT\r\n');
    expect(text).toContain('+OK pop.brisa.example signing off\r\n');
    expect(asks).toEqual([]);
    expect(state).toBe('closed');
    expect(effects.at(-1)).toEqual({ type: 'close' });
  });
});

describe('TRANSACTION', () => {
  it.each<[string, readonly string[]]>([
    ['STAT', ['+OK 2 78']],
    ['LIST', ['+OK 2 messages (78 octets)', '1 46', '2 32', '.']],
    ['LIST 2', ['+OK 2 32']],
    ['LIST 3', ['-ERR No such message, only 2 in maildrop']],
    ['LIST 0', ['-ERR No such message, only 2 in maildrop']],
    ['LIST x', ['-ERR Usage: LIST [msg]']],
    ['LIST 1 2', ['-ERR Usage: LIST [msg]']],
    ['UIDL', ['+OK 2 messages', '1 id-10', '2 id-11', '.']],
    ['UIDL 1', ['+OK 1 id-10']],
    ['UIDL 9999999999', ['-ERR Usage: UIDL [msg]']],
    ['RETR', ['-ERR Usage: RETR msg']],
    ['RETR -1', ['-ERR Usage: RETR msg']],
    ['DELE', ['-ERR Usage: DELE msg']],
    ['DELE 3', ['-ERR No such message, only 2 in maildrop']],
    ['TOP 1', ['-ERR Usage: TOP msg n']],
    ['TOP 1 x', ['-ERR Usage: TOP msg n']],
    ['TOP 1 1 1', ['-ERR Usage: TOP msg n']],
    ['TOP 3 1', ['-ERR No such message, only 2 in maildrop']],
    ['NOOP', ['+OK']],
    ['NOOP x', ['-ERR Usage: NOOP']],
    ['RSET', ['+OK Maildrop has 2 messages (78 octets)']],
    ['STAT 1', ['-ERR Usage: STAT']],
    ['USER bruno', ['-ERR Already logged in']],
    ['PASS secret', ['-ERR Already logged in']],
    ['XYZZY', ['-ERR Unknown command']],
    ['', ['-ERR Unknown command']],
    ['AUTH PLAIN', ['-ERR Unknown command']],
    ['STLS', ['-ERR Unknown command']],
  ])('%s', (command, expected) => {
    expect(after(`${command}\r\n`)).toEqual(expected);
  });

  it('sends a message byte for byte, dots at line starts doubled', () => {
    const { text } = talk(`${LOGIN}RETR 1\r\n`);
    const body = text.slice(text.indexOf('+OK 46 octets\r\n') + 15);
    expect(body).toBe('Subject: uno\r\n\r\nHola.\r\n..punto\r\n...dos\r\n..\r\nfin\r\n.\r\n');
  });

  it('sends head and first lines for TOP', () => {
    expect(after('TOP 2 0\r\n')).toEqual(['+OK Top of message follows', 'Subject: dos', 'To: b', '', '.']);
    expect(after('TOP 2 2\r\n')).toEqual(['+OK Top of message follows', 'Subject: dos', 'To: b', '', '1', '2', '.']);
    expect(after('TOP 2 999\r\n')).toHaveLength(SECOND.split('\r\n').length + 1);
    expect(after('TOP 1 2\r\n').slice(-3)).toEqual(['Hola.', '..punto', '.']);
  });

  it('counts what is marked no more, and refuses to name it', () => {
    expect(after('DELE 1\r\nDELE 1\r\nRETR 1\r\nLIST 1\r\nSTAT\r\nLIST\r\nUIDL\r\nRSET\r\nSTAT\r\n')).toEqual([
      '+OK Message 1 marked for deletion',
      '-ERR Message 1 already deleted',
      '-ERR Message 1 already deleted',
      '-ERR Message 1 already deleted',
      '+OK 1 32',
      '+OK 1 messages (32 octets)',
      '2 32',
      '.',
      '+OK 1 messages',
      '2 id-11',
      '.',
      '+OK Maildrop has 2 messages (78 octets)',
      '+OK 2 78',
    ]);
  });

  it('lists an empty maildrop', () => {
    expect(after('LIST\r\nSTAT\r\n', { policy: mailboxOf([]) })).toEqual(['+OK 0 messages (0 octets)', '.', '+OK 0 0']);
  });

  it('says that a message is gone when another protocol has removed it', () => {
    const whole = mailboxOf();
    const policy: typeof whole = (ask) => (ask.kind === 'message' ? { message: undefined } : whole(ask));
    expect(after('RETR 1\r\nNOOP\r\n', { policy })).toEqual(['-ERR [SYS/PERM] That message is gone', '+OK']);
  });

  it('tells its capabilities, before and after the log-in', () => {
    const lines = [
      '+OK Capability list follows',
      'USER',
      'UIDL',
      'TOP',
      'RESP-CODES',
      'AUTH-RESP-CODE',
      'PIPELINING',
      'EXPIRE NEVER',
      'IMPLEMENTATION Estafeta',
      '.',
    ];
    expect([...replies('CAPA\r\n')].sort()).toEqual([...lines].sort());
    expect([...after('CAPA\r\n')].sort()).toEqual([...lines].sort());
  });
});

describe('UPDATE', () => {
  it('removes what is marked at QUIT, and only then', () => {
    const { text, asks, state } = talk(`${LOGIN}DELE 2\r\nDELE 1\r\nQUIT\r\n`);
    expect(asks.at(-1)).toEqual({ kind: 'update', remove: [10, 11] });
    expect(text).toContain('+OK pop.brisa.example signing off (maildrop empty)\r\n');
    expect(state).toBe('closed');
  });

  it('says so when the host could not remove them all', () => {
    const whole = mailboxOf();
    const policy: typeof whole = (ask) => (ask.kind === 'update' ? { updated: false } : whole(ask));
    expect(after('DELE 1\r\nQUIT\r\n', { policy })).toEqual([
      '+OK Message 1 marked for deletion',
      '-ERR [SYS/TEMP] Some deleted messages not removed',
    ]);
  });

  it('removes nothing when the connection is lost', () => {
    const { asks, state } = talk(`${LOGIN}DELE 1\r\n`, { close: true });
    expect(asks.map(({ kind }) => kind)).toEqual(['authenticate']);
    expect(state).toBe('closed');
  });

  it('removes nothing at autologout, and says nothing (RFC 1939 §3)', () => {
    const endpoint = POP3_SERVER.create({ hostname: 'pop.brisa.example' });
    const timers = endpoint.start().flatMap((effect) => (effect.type === 'timer' ? [effect] : []));
    expect(timers.map(({ after: wait }) => wait)).toEqual([600_000_000]);
    const effects = endpoint.timeout(timers[0]?.id ?? '');
    expect(effects.map(({ type }) => type).sort()).toEqual(['cancel', 'close', 'note', 'transition']);
    expect(endpoint.snapshot.value).toBe('closed');
  });

  it('begins the wait anew with every command, a wrong one too', () => {
    const restarts = (line: string): number =>
      talk(`${LOGIN}${line}\r\n`).effects.filter(({ type }) => type === 'timer').length -
      talk(LOGIN).effects.filter(({ type }) => type === 'timer').length;
    for (const line of ['NOOP', 'RETR 1', 'XYZZY', 'USER x', 'DELE 9']) expect(restarts(line), line).toBe(1);
  });
});

describe('bad input', () => {
  it.each([
    ['in AUTHORIZATION', '', ['STAT', 'LIST', 'RETR 1', 'DELE 1', 'UIDL', 'TOP 1 1', 'NOOP', 'RSET']],
    ['after USER', 'USER bruno\r\n', ['STAT', 'NOOP', 'RETR 1']],
  ])('refuses commands of another state %s', (_, before, commands) => {
    for (const command of commands) {
      expect(replies(`${before}${command}\r\n`).at(-1), command).toMatch(/^-ERR Log in first/);
    }
  });

  it('knows the password state after a wrong order', () => {
    expect(talk('USER bruno\r\nSTAT\r\nPASS secret\r\n').state).toBe('transaction');
  });

  it.each([
    ['a lone LF', 'NOOP\n', '-ERR Lines must end in CR LF, not in LF alone (nc needs -C)'],
    ['a lone CR', 'NO\rOP\r\n', '-ERR CR without LF is not allowed'],
    ['NUL', 'NO\0OP\r\n', '-ERR NUL is not allowed in a command'],
    ['control characters', 'NOOP\b\r\n', '-ERR Commands are printable US-ASCII'],
    ['eight bits', 'USER bru\xf1o\r\n', '-ERR Commands are printable US-ASCII'],
    ['a line of 256 octets', `USER ${'x'.repeat(249)}\r\n`, '-ERR Line too long'],
    ['a line without end', `USER ${'x'.repeat(100_000)}\r\n`, '-ERR Line too long'],
  ])('refuses %s, and goes on', (_, line, reply) => {
    expect(replies(`${line}USER bruno\r\n`)).toEqual([reply, '+OK Send PASS']);
  });

  it('takes a line of 255 octets', () => {
    expect(replies(`USER ${'x'.repeat(248)}\r\n`)).toEqual(['+OK Send PASS']);
  });

  it('hangs up after twenty errors, each answered once', () => {
    const { text, state } = talk('XYZZY\r\n'.repeat(30));
    const lines = text.split('\r\n').slice(1, -1);
    expect(lines).toHaveLength(20);
    expect(lines.at(-1)).toBe('-ERR Too many errors, closing');
    expect(state).toBe('closed');
  });

  it('bounds what it keeps while the host thinks', () => {
    const endpoint = POP3_SERVER.create({ hostname: 'pop.brisa.example' });
    endpoint.start();
    endpoint.receive(latin1(LOGIN));
    expect(endpoint.snapshot.value).toBe('checking');
    for (let i = 0; i < 20; i++) endpoint.receive(latin1('NOOP\r\n'.repeat(1000)));
    expect(endpoint.snapshot.value).toBe('closed');
  });

  it('keeps order when commands are pipelined and answers come late', () => {
    const endpoint = POP3_SERVER.create({ hostname: 'pop.brisa.example' });
    endpoint.start();
    const asked = endpoint.receive(latin1(`${LOGIN}STAT\r\nRETR 1\r\nQUIT\r\n`));
    expect(asked.filter(({ type }) => type === 'ask')).toHaveLength(1);
    const policy = mailboxOf();
    const ask = asked.find((effect) => effect.type === 'ask');
    if (ask?.type !== 'ask') throw new Error('no ask');
    expect(endpoint.answer(99, { updated: true })).toEqual([]);
    const more = endpoint.answer(ask.request, policy(ask.what));
    expect(more.flatMap((effect) => (effect.type === 'send' ? [effect.pdu?.args] : []))).toEqual([
      'Logged in, 2 messages (78 octets)',
      '2 78',
    ]);
    expect(endpoint.snapshot.value).toBe('fetching');
  });

  it('does not save a password', () => {
    const endpoint = POP3_SERVER.create({ hostname: 'pop.brisa.example' });
    endpoint.start();
    endpoint.receive(latin1(LOGIN));
    expect(JSON.stringify(endpoint.save())).not.toContain('secret');
  });
});

it('has FIRST with the dots that matter', () => {
  expect(FIRST).toHaveLength(46);
  expect(SECOND).toHaveLength(32);
});
