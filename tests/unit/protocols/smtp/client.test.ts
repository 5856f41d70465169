/** The client with a server of ours, and with scripted ones that ours would never be (RFC 5321 §3, RFC 2920, RFC 2033). */
import { describe, expect, it } from 'vitest';
import { fromLatin1, latin1 } from '../../../../src/core/index.ts';
import type { Effect } from '../../../../src/protocols/contract.ts';
import {
  type ClientAsk,
  type ClientConfig,
  LMTP_CLIENT,
  SMTP_CLIENT,
  type Transaction,
} from '../../../../src/protocols/smtp/index.ts';
import { converse, kind, type ServerPolicy } from './wire.ts';

function mail(recipients: readonly string[], text = 'Subject: hola\r\n\r\n.punto\r\n'): Transaction {
  return { reversePath: 'ana@alba.example', recipients, message: latin1(text) };
}

const BRUNO = 'bruno@brisa.example';
const NADIE = 'nadie@brisa.example';

/** Knows bruno only. */
const policy: ServerPolicy = (ask) =>
  ask.kind === 'recipient' && ask.mailbox.local !== 'bruno'
    ? { ok: false, code: 550, enhanced: '5.1.1', text: 'unknown' }
    : kind(ask);

function statuses(asks: readonly ClientAsk[]): readonly string[] {
  return asks.flatMap((ask) => {
    if (ask.kind === 'outcome')
      return ask.recipients.map((one) => `${one.recipient} ${one.status} ${one.code} ${one.stage}`);
    return ask.kind === 'ended' ? [`ended ${ask.result.status} ${ask.result.cause}`] : [];
  });
}

describe('client and server', () => {
  it('send a message, one command at a time', () => {
    const { lines, clientAsks, serverAsks } = converse({}, { pipelining: false }, [mail([BRUNO, NADIE])], policy);
    expect(lines).toEqual([
      'S: 220 mx.brisa.example ESMTP Estafeta',
      'C: EHLO smtp.alba.example',
      'S: 250-mx.brisa.example greets smtp.alba.example',
      'S: 250-PIPELINING',
      'S: 250-SIZE 10240000',
      'S: 250-ENHANCEDSTATUSCODES',
      'S: 250 8BITMIME',
      'C: MAIL FROM:<ana@alba.example> SIZE=25',
      'S: 250 2.1.0 Sender ok',
      `C: RCPT TO:<${BRUNO}>`,
      'S: 250 2.1.5 Recipient ok',
      `C: RCPT TO:<${NADIE}>`,
      'S: 550 5.1.1 unknown',
      'C: DATA',
      'S: 354 End data with <CR><LF>.<CR><LF>',
      'C: "Subject: hola\\r\\n\\r\\n..punto\\r\\n.\\r\\n"',
      'S: 250 2.0.0 Message accepted for delivery',
      'C: QUIT',
      'S: 221 2.0.0 mx.brisa.example closing connection',
    ]);
    expect(statuses(clientAsks)).toEqual([`${BRUNO} done 250 content`, `${NADIE} failed 550 rcpt`, 'ended done reply']);
    const deliver = serverAsks.find((ask) => ask.kind === 'deliver');
    expect(deliver?.message).toEqual(latin1('Subject: hola\r\n\r\n.punto\r\n'));
  });

  it('send MAIL, RCPT and DATA ahead where PIPELINING is offered, with the same outcome', () => {
    const transactions = [mail([BRUNO, NADIE]), mail([NADIE]), mail([BRUNO])];
    const ahead = converse({}, {}, transactions, policy);
    const begun = ahead.lines.indexOf('C: MAIL FROM:<ana@alba.example> SIZE=25');
    expect(ahead.lines.slice(begun, begun + 4)).toEqual([
      'C: MAIL FROM:<ana@alba.example> SIZE=25',
      `C: RCPT TO:<${BRUNO}>`,
      `C: RCPT TO:<${NADIE}>`,
      'C: DATA',
    ]);
    for (const other of [
      converse({}, { pipelining: false }, transactions, policy),
      converse({ without: ['PIPELINING'] }, {}, transactions, policy),
    ])
      expect(statuses(other.clientAsks)).toEqual(statuses(ahead.clientAsks));
  });

  it('log in where that is wanted, with the best mechanism offered', () => {
    const submission = { mode: 'submission', hostname: 'smtp.alba.example' } as const;
    for (const mechanisms of [['PLAIN', 'LOGIN'], ['LOGIN']]) {
      const { lines, clientAsks } = converse(
        { ...submission, mechanisms },
        { credentials: { user: 'ana', password: 'secret' } },
        [mail([BRUNO])],
      );
      expect(lines.some((line) => line.startsWith(`C: AUTH ${mechanisms[0]}`))).toBe(true);
      expect(lines).toContain('S: 235 2.7.0 Authentication successful');
      expect(statuses(clientAsks)).toEqual([`${BRUNO} done 250 content`, 'ended done reply']);
    }
  });

  it('part with a goodbye after a wrong password', () => {
    const { lines, clientAsks } = converse({ mode: 'submission' }, { credentials: { user: 'ana', password: 'no' } }, [
      mail([BRUNO]),
    ]);
    expect(lines.slice(-2)).toEqual(['C: QUIT', 'S: 221 2.0.0 mx.brisa.example closing connection']);
    expect(clientAsks.at(-1)).toMatchObject({ kind: 'ended', result: { status: 'failed', code: 535, stage: 'auth' } });
  });

  it('do LMTP: a result for each recipient', () => {
    const each: ServerPolicy = (ask) =>
      ask.kind === 'deliver'
        ? { perRecipient: [{ ok: true }, { ok: false, code: 452, enhanced: '4.2.2', text: 'full' }] }
        : policy(ask);
    const recipients = [BRUNO, NADIE, 'bruno@otra.example'];
    const { clientAsks } = converse({ mode: 'lmtp' }, { variant: 'lmtp' }, [mail(recipients)], each, LMTP_CLIENT);
    expect(statuses(clientAsks)).toEqual([
      `${BRUNO} done 250 content`,
      `${NADIE} failed 550 rcpt`,
      'bruno@otra.example deferred 452 content',
      'ended done reply',
    ]);
  });

  it('do not try what cannot be: too large, 8-bit without 8BITMIME, no address', () => {
    const { lines, clientAsks } = converse({ maxSize: 20, without: ['8BITMIME'] }, {}, [
      mail([BRUNO]),
      mail([BRUNO], '\xf1\r\n'),
      mail(['bruno', 'jos\xe9@brisa.example'], 'x\r\n'),
    ]);
    expect(lines.filter((line) => line.startsWith('C: MAIL'))).toEqual([]);
    const outcomes = clientAsks.flatMap((ask) => (ask.kind === 'outcome' ? ask.recipients : []));
    expect(outcomes.map((one) => `${one.status} ${one.cause} ${one.enhanced}`)).toEqual([
      'failed unsupported 5.3.4',
      'failed unsupported 5.6.3',
      'failed invalid 5.1.3',
      'failed unsupported 5.6.7',
    ]);
  });

  it('send what is well-formed, whatever the message is', () => {
    for (const text of ['', 'a', 'a\nb', 'a\rb', '\r', '.', '.\n.', 'a\r\n.']) {
      const { serverAsks, clientAsks } = converse({}, {}, [mail([BRUNO], text)]);
      expect(statuses(clientAsks)[0], JSON.stringify(text)).toBe(`${BRUNO} done 250 content`);
      const deliver = serverAsks.find((ask) => ask.kind === 'deliver');
      const clean = text.replace(/\r\n|\r|\n/g, '\r\n');
      expect(fromLatin1(deliver?.message ?? latin1('none'))).toBe(
        clean === '' || clean.endsWith('\r\n') ? clean : `${clean}\r\n`,
      );
    }
  });
});

/** A client that hears these replies, one after another, and is given these transactions. */
function hearing(heard: readonly string[], config: Partial<ClientConfig> = {}, transactions = [mail([BRUNO])]) {
  const client = SMTP_CLIENT.create({ variant: 'smtp', hostname: 'smtp.alba.example', ...config });
  const queue = [...transactions];
  const asks: ClientAsk[] = [];
  const said: string[] = [];
  const run = (effects: Effect<ClientAsk>[]): void => {
    for (const effect of effects) {
      if (effect.type === 'send') said.push(...fromLatin1(effect.bytes).split('\r\n').slice(0, -1));
      if (effect.type !== 'ask') continue;
      asks.push(effect.what);
      if (effect.what.kind !== 'next') continue;
      const transaction = queue.shift();
      run(client.answer(effect.request, transaction === undefined ? { do: 'quit' } : { do: 'send', transaction }));
    }
  };
  run(client.start());
  for (const text of heard) run(client.receive(latin1(`${text}\r\n`)));
  return { client, asks, said, run, state: `${client.snapshot.value}` };
}

const IN = ['220 hi', '250-hi\r\n250 PIPELINING'];

describe('a client', () => {
  it.each([
    ['a greeting that refuses', ['554 no'], 'failed reply', 'connect'],
    ['a greeting that is no SMTP', ['* OK IMAP4rev1 ready'], 'deferred nonsense', 'connect'],
    ['EHLO and HELO refused', ['220 hi', '502 what', '550 no'], 'failed reply', 'hello'],
    ['421 at any time', [...IN, '421 4.3.2 closing'], 'deferred reply', 'mail'],
    ['a reply out of place', [...IN, '354 go'], 'deferred nonsense', 'mail'],
    ['two codes in one reply', [...IN, '250-a\r\n251 b'], 'deferred nonsense', 'mail'],
  ])('ends once after %s', (_, heard, expected, stage) => {
    const { client, asks, run } = hearing(heard);
    run(client.receive(latin1('221 bye\r\n')));
    run(client.peerClosed());
    const ended = asks.filter((ask) => ask.kind === 'ended');
    expect(ended).toHaveLength(1);
    const { result } = ended[0] as Extract<ClientAsk, { kind: 'ended' }>;
    expect([`${result.status} ${result.cause}`, result.stage]).toEqual([expected, stage]);
    expect(client.snapshot.value).toBe('closed');
  });

  it('quotes what it could not understand, not what came before it', () => {
    const { asks } = hearing(['220 hi', 'HTTP/1.1 400 Bad Request']);
    expect(asks.at(-1)).toMatchObject({ kind: 'ended', result: { text: 'HTTP/1.1 400 Bad Request', code: 0 } });
  });

  it('falls back to HELO with an old server, and then sends no parameters', () => {
    const { said } = hearing(['220 hi', '500 what?', '250 hi']);
    expect(said).toEqual(['EHLO smtp.alba.example', 'HELO smtp.alba.example', 'MAIL FROM:<ana@alba.example>']);
  });

  it('sends a single dot when DATA is accepted but nobody is left (RFC 2920 §3.1), and goes on', () => {
    const { said, asks } = hearing([...IN, '250 ok', '550 no', '354 go', '554 no recipients'], {}, [
      mail([NADIE]),
      mail([BRUNO]),
    ]);
    expect(said.slice(1)).toEqual([
      'MAIL FROM:<ana@alba.example>',
      `RCPT TO:<${NADIE}>`,
      'DATA',
      '.',
      'MAIL FROM:<ana@alba.example>',
      `RCPT TO:<${BRUNO}>`,
      'DATA',
    ]);
    expect(statuses(asks)).toEqual([`${NADIE} failed 550 rcpt`]);
  });

  it('hears out the replies to what it sent ahead when MAIL is refused', () => {
    const { said, asks } = hearing([...IN, '451 later', '503 no', '503 no', '221 bye']);
    expect(statuses(asks)).toEqual([`${BRUNO} deferred 451 mail`, 'ended done reply']);
    expect(said.at(-1)).toBe('QUIT');
  });

  it('defers its message when the connection is lost, at whatever point', () => {
    const heard = [...IN, '250 ok', '250 ok', '354 go'];
    for (let count = 2; count <= heard.length; count++) {
      const { client, asks, run } = hearing(heard.slice(0, count));
      run(client.peerClosed());
      expect(statuses(asks)[0], `${count}`).toMatch(`${BRUNO} deferred 0`);
      expect(statuses(asks).at(-1), `${count}`).toBe('ended deferred lost');
    }
  });

  it('waits as long as RFC 5321 §4.5.3.2 says, and no longer', () => {
    const minutes = (heard: readonly string[]) => {
      const client = SMTP_CLIENT.create({ variant: 'smtp', hostname: 'h', pipelining: false });
      const timers: number[] = [];
      const run = (effects: Effect<ClientAsk>[]): void => {
        for (const effect of effects) {
          if (effect.type === 'timer') timers.push(effect.after / 60_000_000);
          if (effect.type === 'ask' && effect.what.kind === 'next')
            run(client.answer(effect.request, { do: 'send', transaction: mail([BRUNO]) }));
        }
      };
      run(client.start());
      for (const text of heard) run(client.receive(latin1(`${text}\r\n`)));
      return timers;
    };
    // Greeting, EHLO, MAIL, RCPT, DATA, the end of the content.
    expect(minutes(['220 hi', '250 hi', '250 ok', '250 ok', '354 go'])).toEqual([5, 5, 5, 5, 2, 10]);
  });

  it('does not let an address smuggle in a command', () => {
    const { said, asks } = hearing(IN, {}, [mail(['a@b.example>\r\nRSET'])]);
    expect(said).toEqual(['EHLO smtp.alba.example', 'QUIT']);
    expect(statuses(asks)).toEqual(['a@b.example>\r\nRSET failed 0 rcpt']);
  });

  it('hangs up on a server that never stops', () => {
    const { client } = hearing(['220 hi']);
    const endless = latin1('250-x\r\n'.repeat(1000));
    for (let i = 0; i < 10 && client.snapshot.status !== 'done'; i++) client.receive(endless);
    expect(client.snapshot.value).toBe('closed');
  });
});
