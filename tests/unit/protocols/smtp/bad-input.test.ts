/** Hostile and careless input: the RFC's reply, the connection alive, memory bounded. */
import { describe, expect, it } from 'vitest';
import { latin1 } from '../../../../src/core/index.ts';
import { SMTP_SERVER } from '../../../../src/protocols/smtp/index.ts';
import { kind, replies, sent, talk } from './wire.ts';

const EHLO = 'EHLO pc-ana.alba.example\r\n';
const BEGIN = `${EHLO}MAIL FROM:<ana@alba.example>\r\nRCPT TO:<bruno@brisa.example>\r\nDATA\r\n`;

/** The last reply to these octets, and the reply to a NOOP after it: the connection lives on. */
function told(input: string): readonly string[] {
  return replies(latin1(`${input}NOOP\r\n`)).slice(-2);
}

const ALIVE = '250 2.0.0 Ok';

describe('a command line', () => {
  it.each([
    ['of 512 octets is taken', `NOOP ${'x'.repeat(505)}\r\n`, '250 2.0.0 Ok'],
    ['of 513 octets gets 500', `NOOP ${'x'.repeat(506)}\r\n`, '500 5.5.2 Line too long'],
    ['of 100,000 octets gets 500', `NOOP ${'x'.repeat(100_000)}\r\n`, '500 5.5.2 Line too long'],
    ['ended by LF alone gets 500', 'NOOP\n', '500 5.5.2 Lines must end in CR LF, not in LF alone (nc needs -C)'],
    ['with a CR inside gets 500', 'NO\rOP\r\n', '500 5.5.2 CR without LF is not allowed'],
    ['with a NUL gets 500', 'NOOP \0\r\n', '500 5.5.2 NUL is not allowed in a command'],
    ['with 8-bit octets gets 500', 'NOOP \xf1\r\n', '500 5.5.2 Commands are 7-bit US-ASCII'],
  ])('%s', (_, input, reply) => {
    expect(told(EHLO + input)).toEqual([reply, ALIVE]);
  });

  it('MAIL may be as long as its extensions make it, and no longer (RFC 1870 §3, RFC 6152 §2, RFC 4954 §3)', () => {
    const longest = 512 + 26 + 17 + 500;
    const mail = (length: number) => 'MAIL FROM:<a@b.example> SIZE=1'.padEnd(length - 2).concat('\r\n');
    expect(replies(EHLO + mail(longest)).at(-1)).toBe('250 2.1.0 Sender ok');
    expect(replies(EHLO + mail(longest + 1)).at(-1)).toBe('500 5.5.2 Line too long');
  });

  it('an address that is not ASCII gets 553, as SMTPUTF8 is not offered', () => {
    expect(replies(latin1(`${EHLO}MAIL FROM:<jos\xe9@alba.example>\r\n`)).at(-1)).toBe(
      '553 5.6.7 Address is not US-ASCII and SMTPUTF8 is not offered',
    );
  });
});

describe('a message', () => {
  const after = (content: string) => told(BEGIN + content);

  it.each([
    ['with a bare LF', 'a\nb\r\n.\r\n', '554 5.6.0 Message refused: it has CR or LF outside CR LF'],
    ['with a bare CR', 'a\rb\r\n.\r\n', '554 5.6.0 Message refused: it has CR or LF outside CR LF'],
    ['with NUL', 'a\0b\r\n.\r\n', '554 5.6.0 Message refused: it contains NUL'],
    ['with 8-bit octets', 'ma\xf1ana\r\n.\r\n', '554 5.6.0 Message refused: 8-bit content needs BODY=8BITMIME on MAIL'],
    [
      'with a line of 1001',
      `${'x'.repeat(999)}\r\n.\r\n`,
      '500 5.6.0 Message refused: it has a line of more than 1000 octets',
    ],
    ['with a line of 1000', `${'x'.repeat(998)}\r\n.\r\n`, '250 2.0.0 Message accepted for delivery'],
    ['with a line of 1000 and a dot before', `.${'x'.repeat(998)}\r\n.\r\n`, '250 2.0.0 Message accepted for delivery'],
    ['of nothing', '.\r\n', '250 2.0.0 Message accepted for delivery'],
  ])('%s', (_, content, reply) => {
    expect(after(content)).toEqual([reply, ALIVE]);
  });

  it('may be 8-bit when BODY=8BITMIME was given, or the server is lax', () => {
    const body = BEGIN.replace('example>\r\nRCPT', 'example> BODY=8BITMIME\r\nRCPT');
    expect(replies(latin1(`${body}\xf1\r\n.\r\n`)).at(-1)).toMatch(/^250 /);
    expect(replies(latin1(`${BEGIN}\xf1\r\n.\r\n`), { config: { undeclaredEightBit: true } }).at(-1)).toMatch(/^250 /);
  });

  it.each([
    ['a.\r\n..\r\n...x\r\n.\r\n', 'a.\r\n.\r\n..x\r\n'],
    ['.\r\n', ''],
    ['\r\n.\r\n', '\r\n'],
    ['..\r\n.\r\n', '.\r\n'],
  ])('loses its transparency and nothing else: %j', (wire, message) => {
    const deliver = talk(BEGIN + wire).asks.find((ask) => ask.kind === 'deliver');
    expect(deliver?.message).toEqual(latin1(message));
  });

  it.each(['\n.\r\n', '\n.\n', '\r.\r', '\r\n.\r', '\r\n.\n', '\r.\r\n'])(
    'is not ended by %j: no second message can be smuggled in (RFC 5321 §2.3.8)',
    (end) => {
      const smuggled = 'MAIL FROM:<eva@evil.example>\r\nRCPT TO:<bruno@brisa.example>\r\nDATA\r\nforged\r\n.\r\n';
      const { asks } = talk(`${BEGIN}a${end}${smuggled}QUIT\r\n`);
      expect(asks.filter((ask) => ask.kind === 'sender')).toHaveLength(1);
      expect(asks.filter((ask) => ask.kind === 'deliver')).toEqual([]);
    },
  );
});

it('a thousand recipients: a hundred are taken, the others get 452, and the message is delivered', () => {
  const { text, asks, state } = talk(
    `${EHLO}MAIL FROM:<a@b.example>\r\n${Array.from({ length: 1000 }, (_, i) => `RCPT TO:<r${i}@brisa.example>\r\n`).join('')}DATA\r\nx\r\n.\r\n`,
  );
  expect(text.match(/^250 2\.1\.5 /gm)).toHaveLength(100);
  expect(text.match(/^452 4\.5\.3 Too many recipients/gm)).toHaveLength(900);
  const deliver = asks.find((ask) => ask.kind === 'deliver');
  expect(deliver?.envelope.recipients).toHaveLength(100);
  expect(state).toBe('greeted');
});

describe('a message over SIZE', () => {
  it('is refused at MAIL when its size is declared', () => {
    expect(told(`${EHLO}MAIL FROM:<a@b.example> SIZE=104857600\r\n`)).toEqual([
      '552 5.3.4 Message size exceeds the limit',
      ALIVE,
    ]);
  });

  it('of 100 MB is read to its end, refused with 552, and never kept', () => {
    const server = SMTP_SERVER.create({ mode: 'relay', hostname: 'mx.brisa.example' });
    const out: string[] = [];
    const run = (effects: ReturnType<typeof server.start>): void => {
      out.push(sent(effects));
      for (const effect of effects) if (effect.type === 'ask') run(server.answer(effect.request, kind(effect.what)));
    };
    run(server.start());
    run(server.receive(latin1(BEGIN)));
    const block = latin1(`${'x'.repeat(998)}\r\n`.repeat(64));
    let largest = 0;
    for (let given = 0; given < 100 * 1024 * 1024; given += block.length) {
      run(server.receive(block));
      if (given > 12_000_000 && given % 20 === 0) largest = Math.max(largest, JSON.stringify(server.save()).length);
    }
    run(server.receive(latin1('.\r\nNOOP\r\n')));
    expect(largest).toBeLessThan(2_000);
    expect(out.join('').split('\r\n').slice(-3)).toEqual(['552 5.3.4 Message size exceeds the limit', ALIVE, '']);
  });

  it('of exactly the limit is taken, transparency not counted; one octet more is not', () => {
    const config = { maxSize: 12 };
    expect(replies(`${BEGIN}..345678\r\n\r\n\r\n.\r\n`, { config }).at(-1)).toMatch(/^552 /);
    expect(replies(`${BEGIN}..345678\r\n\r\n.\r\n`, { config }).at(-1)).toMatch(/^250 /);
    expect(replies(`${BEGIN}123456789\r\n\r\n.\r\n`, { config }).at(-1)).toMatch(/^552 /);
  });
});

describe('time', () => {
  const begun = (input: string) => {
    const server = SMTP_SERVER.create({ mode: 'relay', hostname: 'mx.brisa.example' });
    const effects = server.start();
    const run = (more: typeof effects): void => {
      for (const effect of more) {
        effects.push(effect);
        if (effect.type === 'ask') run(server.answer(effect.request, kind(effect.what)));
      }
    };
    run(server.receive(latin1(input)));
    const timer = effects.filter((effect) => effect.type === 'timer').at(-1);
    return { server, timer: timer?.type === 'timer' ? timer : undefined };
  };

  it('five minutes without a command end the session with 421', () => {
    const { server, timer } = begun(EHLO);
    expect(timer?.after).toBe(300_000_000);
    const effects = server.timeout(timer?.id ?? '');
    expect(sent(effects)).toBe('421 4.4.2 mx.brisa.example Idle for too long\r\n');
    expect(effects.at(-1)).toEqual({ type: 'close' });
  });

  it('a message that keeps coming may take longer than five minutes; one that stops may not', () => {
    const { server, timer } = begun(BEGIN);
    server.receive(latin1('more\r\n'));
    const again = server.timeout(timer?.id ?? '');
    expect(sent(again)).toBe('');
    expect(server.snapshot.value).toBe('data');
    const next = again.find((effect) => effect.type === 'timer');
    expect(sent(server.timeout(next?.type === 'timer' ? next.id : ''))).toMatch(/^421 4\.4\.2 /);
  });
});

it('input without end while the host thinks ends the session with 421', () => {
  const server = SMTP_SERVER.create({ mode: 'relay', hostname: 'mx.brisa.example' });
  server.start();
  server.receive(latin1(`${EHLO}MAIL FROM:<a@b.example>\r\n`));
  const block = latin1('NOOP\r\n'.repeat(10_000));
  let last = '';
  for (let i = 0; i < 30 && server.snapshot.status !== 'done'; i++) last += sent(server.receive(block));
  expect(last).toBe('421 4.7.0 mx.brisa.example Too much input without waiting for replies\r\n');
});
