/** What a server says to sessions typed by hand: order, syntax and extensions (RFC 5321 §4, RFC 2033). */
import { describe, expect, it } from 'vitest';
import { latin1 } from '../../../../src/core/index.ts';
import { kind, replies, type ServerPolicy, type TalkOptions, talk } from './wire.ts';

const EHLO = 'EHLO pc-ana.alba.example\r\n';
const MAIL = 'MAIL FROM:<ana@alba.example>\r\n';
const RCPT = 'RCPT TO:<bruno@brisa.example>\r\n';

/** The replies after those to EHLO, as lines. */
function after(input: string | Uint8Array, options: TalkOptions = {}): readonly string[] {
  const lines = typeof input === 'string' ? replies(EHLO + input, options) : replies(input, options);
  return lines.slice(lines.findIndex((line) => line.startsWith('250 ')) + 1);
}

it('holds the dialogue of RFC 5321 appendix D.1, code for code', () => {
  const policy: ServerPolicy = (ask) => {
    if (ask.kind === 'recipient' && ask.mailbox.local === 'Green')
      return { ok: false, code: 550, text: 'No such user here' };
    return { ok: true, text: 'OK' };
  };
  const { text, asks, state } = talk(
    'EHLO bar.com\r\nMAIL FROM:<Smith@bar.com>\r\nRCPT TO:<Jones@foo.com>\r\nRCPT TO:<Green@foo.com>\r\nRCPT TO:<Brown@foo.com>\r\nDATA\r\nBlah blah blah...\r\n...etc. etc. etc.\r\n.\r\nQUIT\r\n',
    {
      policy,
      config: {
        hostname: 'foo.com',
        banner: 'Simple Mail Transfer Service Ready',
        without: ['PIPELINING', 'ENHANCEDSTATUSCODES', 'SIZE'],
      },
    },
  );
  expect(text.split('\r\n')).toEqual([
    '220 foo.com Simple Mail Transfer Service Ready',
    '250-foo.com greets bar.com',
    '250 8BITMIME',
    '250 OK',
    '250 OK',
    '550 No such user here',
    '250 OK',
    '354 End data with <CR><LF>.<CR><LF>',
    '250 OK',
    '221 foo.com closing connection',
    '',
  ]);
  expect(state).toBe('closed');
  const delivered = asks.find((ask) => ask.kind === 'deliver');
  expect(delivered?.envelope.reversePath?.address).toBe('Smith@bar.com');
  expect(delivered?.envelope.recipients.map(({ mailbox }) => mailbox.address)).toEqual([
    'Jones@foo.com',
    'Brown@foo.com',
  ]);
  expect(delivered?.message).toEqual(latin1('Blah blah blah...\r\n..etc. etc. etc.\r\n'));
});

it('lists its extensions in answer to EHLO only', () => {
  expect(replies(EHLO)).toEqual([
    '250-mx.brisa.example greets pc-ana.alba.example',
    '250-PIPELINING',
    '250-SIZE 10240000',
    '250-ENHANCEDSTATUSCODES',
    '250 8BITMIME',
  ]);
  expect(replies('HELO pc\r\n')).toEqual(['250 mx.brisa.example greets pc']);
});

describe('unknown and misplaced commands', () => {
  it.each([
    ['XYZZY', '500 5.5.2 Command not recognized'],
    ['', '500 5.5.2 Command not recognized'],
    ['LHLO a.example', '500 5.5.2 Command not recognized'],
    ['DATA', '503 5.5.1 Need MAIL before DATA'],
    ['RCPT TO:<b@b.example>', '503 5.5.1 Need MAIL before RCPT'],
    ['STARTTLS', '502 5.5.1 Command not implemented'],
    ['EXPN x', '502 5.5.1 Command not implemented'],
    ['AUTH PLAIN', '502 5.5.1 Command not implemented'],
  ])('%j gets %s', (line, reply) => {
    expect(after(`${line}\r\n`)).toEqual([reply]);
  });

  it.each([
    ['MAIL FROM:<a@b.example>', '503 5.5.1 Say EHLO first'],
    ['RCPT TO:<a@b.example>', '503 5.5.1 Say EHLO first'],
    ['DATA', '503 5.5.1 Say EHLO first'],
  ])('%j before EHLO gets %s', (line, reply) => {
    expect(replies(`${line}\r\n`)).toEqual([reply]);
  });

  it('a second MAIL and a DATA without recipients get 503 and change nothing', () => {
    expect(after(`${MAIL}${MAIL}DATA\r\n${RCPT}DATA\r\n`)).toEqual([
      '250 2.1.0 Sender ok',
      '503 5.5.1 Sender already given; RSET to start again',
      '503 5.5.1 Need RCPT before DATA: no valid recipients',
      '250 2.1.5 Recipient ok',
      '354 End data with <CR><LF>.<CR><LF>',
    ]);
  });

  it('EHLO and RSET forget the transaction', () => {
    for (const again of ['RSET\r\n', EHLO]) {
      const lines = after(`${MAIL}${RCPT}${again}DATA\r\n`);
      expect(lines.at(-1)).toBe('503 5.5.1 Need MAIL before DATA');
    }
  });

  it('the twentieth error ends the session with 421', () => {
    const { text, effects, state } = talk(`${EHLO}${'X\r\n'.repeat(25)}`);
    expect(text.match(/^500 /gm)).toHaveLength(20);
    expect(text.endsWith('421 4.7.0 mx.brisa.example Too many errors\r\n')).toBe(true);
    expect([effects.at(-1)?.type, state]).toEqual(['close', 'closed']);
  });
});

describe('syntax', () => {
  it.each([
    ['EHLO', '501 5.5.4 Syntax: EHLO domain'],
    ['EHLO a b', '501 5.5.4 Syntax: EHLO domain'],
    ['MAIL', '501 5.5.4 Syntax: MAIL FROM:<address>'],
    ['MAIL FROM:ana@alba.example', '501 5.5.4 Syntax: MAIL FROM:<address>'],
    ['MAIL TO:<ana@alba.example>', '501 5.5.4 Syntax: MAIL FROM:<address>'],
    ['MAIL FROM:<ana>', '501 5.1.7 Bad sender address syntax'],
    ['MAIL FROM:<ana@>', '501 5.1.7 Bad sender address syntax'],
    ['MAIL FROM:<Postmaster>', '501 5.1.7 Bad sender address syntax'],
    [`MAIL FROM:<${'a'.repeat(65)}@b.example>`, '501 5.1.7 Bad sender address syntax'],
    ['MAIL FROM:<a@b.example> FOO=1', '555 5.5.4 Parameter not recognized or not implemented'],
    ['MAIL FROM:<a@b.example> SIZE=x', '501 5.5.4 Syntax error in parameters or arguments'],
    ['MAIL FROM:<a@b.example> BODY=9BIT', '501 5.5.4 Syntax error in parameters or arguments'],
    ['MAIL FROM:<a@b.example> SIZE=1 SIZE=1', '501 5.5.4 Syntax error in parameters or arguments'],
    ['MAIL FROM:<a@b.example>x', '501 5.5.4 Syntax error in parameters or arguments'],
    ['RSET now', '501 5.5.4 Syntax error in parameters or arguments'],
    ['QUIT now', '501 5.5.4 Syntax error in parameters or arguments'],
  ])('%j gets %s', (line, reply) => {
    expect(after(`${line}\r\n`).at(-1) ?? replies(`${EHLO}${line}\r\n`).at(-1)).toBe(reply);
  });

  it.each([
    ['RCPT TO:<>', '501 5.1.3 Bad recipient address syntax'],
    ['RCPT TO:<bruno>', '501 5.1.3 Bad recipient address syntax'],
    ['RCPT TO:<a@b.example> SIZE=1', '555 5.5.4 Parameter not recognized or not implemented'],
    ['RCPT TO:<Postmaster>', '250 2.1.5 Recipient ok'],
    ['rcpt to:<bruno@brisa.example>', '250 2.1.5 Recipient ok'],
    ['RCPT TO: <bruno@brisa.example>', '250 2.1.5 Recipient ok'],
    ['RCPT TO:<@a.example,@b.example:bruno@brisa.example>  ', '250 2.1.5 Recipient ok'],
    ['RCPT TO:<"a b"@[192.0.2.1]>', '250 2.1.5 Recipient ok'],
  ])('%j gets %s', (line, reply) => {
    expect(after(`${MAIL}${line}\r\n`).at(-1)).toBe(reply);
  });

  it('HELO has no extensions, so MAIL has no parameters', () => {
    expect(replies('HELO a\r\nMAIL FROM:<a@b.example> SIZE=1\r\n').at(-1)).toBe('555 5.5.4 Parameters need EHLO');
  });
});

it('does as its host says, and as many transactions as one likes', () => {
  const policy: ServerPolicy = (ask) => {
    if (ask.kind === 'sender' && ask.reversePath === null) return { ok: false, code: 550, text: 'no\r\nway' };
    if (ask.kind === 'recipient' && ask.envelope.recipients.length === 1)
      return { ok: false, code: 450, enhanced: '4.2.1', text: 'later' };
    return ask.kind === 'deliver' ? { ok: true, text: 'queued as 4XyZ' } : kind(ask);
  };
  const transaction = `${MAIL}${RCPT}${RCPT}DATA\r\nhola\r\n.\r\n`;
  expect(after(`MAIL FROM:<>\r\n${transaction}${transaction}`, { policy })).toEqual([
    '550-no',
    '550 way',
    ...Array.from({ length: 2 }, () => [
      '250 2.1.0 Sender ok',
      '250 2.1.5 Recipient ok',
      '450 4.2.1 later',
      '354 End data with <CR><LF>.<CR><LF>',
      '250 2.0.0 queued as 4XyZ',
    ]).flat(),
  ]);
});

it('closes at once when its host says 421', () => {
  const policy: ServerPolicy = (ask) =>
    ask.kind === 'recipient' ? { ok: false, code: 421, enhanced: '4.3.2', text: 'going down' } : { ok: true };
  const { text, state, effects } = talk(`${EHLO}${MAIL}${RCPT}NOOP\r\n`, { policy });
  expect(text.endsWith('421 4.3.2 going down\r\n')).toBe(true);
  expect([effects.at(-1)?.type, state]).toEqual(['close', 'closed']);
});

it('greets with 554 and welcomes QUIT only, or with 421 and closes', () => {
  const refuse = { ok: false, code: 554, text: 'no service' } as const;
  expect(talk(`${EHLO}QUIT\r\n`, { config: { refuse } }).text.split('\r\n')).toEqual([
    '554 mx.brisa.example no service',
    '503 5.5.1 No service here; only QUIT is welcome',
    '221 2.0.0 mx.brisa.example closing connection',
    '',
  ]);
  const busy = talk(EHLO, { config: { refuse: { ok: false, code: 421, text: 'busy' } } });
  expect([busy.text, busy.state]).toEqual(['421 mx.brisa.example busy\r\n', 'closed']);
});

it('forgets what was not delivered when the client goes without QUIT', () => {
  for (const input of [EHLO, `${EHLO}${MAIL}${RCPT}`, `${EHLO}${MAIL}${RCPT}DATA\r\nhalf a mess`]) {
    const { asks, effects, state } = talk(input, { close: true });
    expect(asks.some((ask) => ask.kind === 'deliver')).toBe(false);
    expect([effects.at(-1)?.type, state]).toEqual(['close', 'closed']);
  }
});

describe('LMTP', () => {
  const config = { mode: 'lmtp' } as const;
  const LHLO = 'LHLO smtp.brisa.example\r\n';

  it('answers the content once for each accepted recipient, in their order (RFC 2033 §4.2)', () => {
    const policy: ServerPolicy = (ask) => {
      if (ask.kind === 'recipient' && ask.mailbox.local === 'nadie')
        return { ok: false, code: 550, enhanced: '5.1.1', text: 'unknown' };
      if (ask.kind !== 'deliver') return { ok: true };
      return { perRecipient: [{ ok: true }, { ok: false, code: 452, enhanced: '4.2.2', text: 'full' }] };
    };
    const input = `${MAIL}RCPT TO:<a@b.example>\r\nRCPT TO:<nadie@b.example>\r\nRCPT TO:<llena@b.example>\r\nRCPT TO:<c@b.example>\r\nDATA\r\nx\r\n.\r\n`;
    expect(replies(LHLO + input, { config, policy }).slice(-5)).toEqual([
      '250 2.1.5 Recipient ok',
      '354 End data with <CR><LF>.<CR><LF>',
      '250 2.0.0 Message accepted for delivery',
      '452 4.2.2 full',
      // The host said nothing of the third.
      '451 4.3.0 No result for this recipient',
    ]);
  });

  it('knows neither EHLO nor HELO, and refuses bad content as often as there are recipients', () => {
    expect(replies(`${EHLO}HELO a\r\n`, { config })).toEqual([
      '500 5.5.2 Command not recognized',
      '500 5.5.2 Command not recognized',
    ]);
    const lines = replies(`${LHLO}${MAIL}${RCPT}${RCPT}DATA\r\na\nb\r\n.\r\n`, { config });
    expect(lines.slice(-2)).toEqual(Array(2).fill('554 5.6.0 Message refused: it has CR or LF outside CR LF'));
  });
});
