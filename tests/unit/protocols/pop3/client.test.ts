import { describe, expect, it } from 'vitest';
import { latin1 } from '../../../../src/core/index.ts';
import type { Effect } from '../../../../src/protocols/contract.ts';
import { type ClientAsk, POP3_CLIENT } from '../../../../src/protocols/pop3/index.ts';
import { FIRST, fetching, mailboxOf, SECOND } from './wire.ts';

describe('client and server', () => {
  it('fetch all and delete it', () => {
    const { lines, got, ended, updates } = fetching({ remove: true });
    expect(lines).toEqual([
      'S: +OK pop.brisa.example POP3 Estafeta',
      'C: USER bruno',
      'S: +OK Send PASS',
      'C: PASS secret',
      'S: +OK Logged in, 2 messages (78 octets)',
      'C: STAT',
      'S: +OK 2 78',
      'C: LIST',
      'S: +OK 2 messages (78 octets)',
      'S: list 1 46 · 2 32',
      'C: UIDL',
      'S: +OK 2 messages',
      'S: list 1 id-10 · 2 id-11',
      'C: RETR 1',
      'S: +OK 46 octets',
      'S: message 46',
      'C: DELE 1',
      'S: +OK Message 1 marked for deletion',
      'C: RETR 2',
      'S: +OK 32 octets',
      'S: message 32',
      'C: DELE 2',
      'S: +OK Message 2 marked for deletion',
      'C: QUIT',
      'S: +OK pop.brisa.example signing off (maildrop empty)',
    ]);
    expect(got).toEqual([
      { uidl: 'id-10', text: FIRST },
      { uidl: 'id-11', text: SECOND },
    ]);
    expect(ended).toEqual({ kind: 'ended', ok: true });
    expect(updates).toEqual([[10, 11]]);
  });

  it('come to the same, octet by octet, saved and restored between any two', () => {
    expect(fetching({ remove: true, torture: true })).toEqual(fetching({ remove: true }));
  });

  it('leave copies, and fetch what is chosen only', () => {
    const { lines, got, updates } = fetching({
      fetch: ({ messages }) => messages.flatMap(({ number, uidl }) => (uidl === 'id-11' ? [number, number, 77] : [])),
    });
    expect(got).toEqual([{ uidl: 'id-11', text: SECOND }]);
    expect(lines.filter((line) => line.startsWith('C: DELE'))).toEqual([]);
    expect(updates).toEqual([[]]);
  });

  it('leave at once when there is nothing', () => {
    const { lines, ended } = fetching({ policy: mailboxOf([]) });
    expect(lines.slice(-3)).toEqual(['S: +OK 0 0', 'C: QUIT', 'S: +OK pop.brisa.example signing off (maildrop empty)']);
    expect(ended?.ok).toBe(true);
  });

  it('delete nothing that is not stored', () => {
    expect(fetching({ remove: true, stored: false }).updates).toEqual([[]]);
  });

  it('say a polite goodbye after a wrong password', () => {
    const { lines, ended, got } = fetching({ password: 'wrong' });
    expect(lines.slice(-4)).toEqual([
      'C: PASS wrong',
      'S: -ERR [AUTH] Invalid user name or password',
      'C: QUIT',
      'S: +OK pop.brisa.example signing off',
    ]);
    expect(ended).toEqual({
      kind: 'ended',
      ok: false,
      cause: 'reply',
      stage: 'pass',
      code: 'AUTH',
      reason: 'Invalid user name or password',
    });
    expect(got).toEqual([]);
  });

  it('go on when a message has gone meanwhile', () => {
    const whole = mailboxOf();
    const policy: typeof whole = (ask) =>
      ask.kind === 'message' && ask.uid === 10 ? { message: undefined } : whole(ask);
    const { got, ended } = fetching({ policy });
    expect(got).toEqual([{ uidl: 'id-11', text: SECOND }]);
    expect(ended?.ok).toBe(true);
  });

  it('know that deletions may not have been carried out', () => {
    const whole = mailboxOf();
    const policy: typeof whole = (ask) => (ask.kind === 'update' ? { updated: false } : whole(ask));
    expect(fetching({ remove: true, policy }).ended).toMatchObject({ ok: false, stage: 'quit', code: 'SYS/TEMP' });
  });
});

/** A client that hears these lines, one after another; what it asks and sends. */
function hearing(lines: readonly string[], options: { readonly close?: boolean; readonly user?: string } = {}) {
  const client = POP3_CLIENT.create({ user: options.user ?? 'bruno', password: 'secret' });
  const effects: Effect<ClientAsk>[] = [];
  const run = (more: Effect<ClientAsk>[]): void => {
    for (const effect of more) {
      effects.push(effect);
      if (effect.type !== 'ask') continue;
      if (effect.what.kind === 'choose')
        run(client.answer(effect.request, { fetch: effect.what.messages.map(({ number }) => number) }));
      if (effect.what.kind === 'fetched') run(client.answer(effect.request, { stored: true, remove: false }));
    }
  };
  run(client.start());
  for (const line of lines) run(client.receive(latin1(`${line}\r\n`)));
  if (options.close === true) run(client.peerClosed());
  const asks = effects.flatMap((effect) => (effect.type === 'ask' ? [effect.what] : []));
  const sent = effects.flatMap((effect) => (effect.type === 'send' ? [`${effect.pdu?.verb} ${effect.pdu?.args}`] : []));
  return {
    asks,
    sent,
    effects,
    client,
    state: `${client.snapshot.value}`,
    ended: asks.find((ask) => ask.kind === 'ended'),
  };
}

const IN = ['+OK hello', '+OK', '+OK'];

describe('a client', () => {
  it('does without UIDL where there is none', () => {
    const { asks } = hearing([...IN, '+OK 1 5', '+OK', '1 5', '.', '-ERR what?']);
    expect(asks).toEqual([{ kind: 'choose', messages: [{ number: 1, size: 5, uidl: '' }] }]);
  });

  it('passes over lines that are no listing', () => {
    const { asks } = hearing([
      ...IN,
      '+OK 2 5',
      '+OK',
      'x',
      '1 5',
      '2',
      '3 y',
      ' 4 5',
      '.',
      '+OK',
      '1 a b',
      '9 z',
      '.',
    ]);
    expect(asks).toEqual([
      {
        kind: 'choose',
        messages: [
          { number: 1, size: 5, uidl: 'a' },
          { number: 3, size: 0, uidl: '' },
        ],
      },
    ]);
  });

  it.each([
    ['a server that does not speak POP3', ['220 mail ESMTP'], 'nonsense', 'greeting'],
    ['a greeting that refuses', ['-ERR busy'], 'reply', 'greeting'],
    ['a STAT without numbers', [...IN, '+OK many'], 'nonsense', 'stat'],
    ['a STAT that is refused', [...IN, '-ERR no'], 'reply', 'stat'],
    ['a status in lower case', ['+ok hello'], 'nonsense', 'greeting'],
  ])('gives up on %s', (_, lines, cause, stage) => {
    const { client } = hearing(lines);
    const more = client.snapshot.value === 'leaving' ? hearing([...lines, '+OK bye']) : hearing(lines);
    expect(more.ended).toMatchObject({ ok: false, cause, stage });
    expect(more.state).toBe('closed');
    expect(more.effects.at(-1)).toEqual({ type: 'close' });
  });

  it.each([
    [0, 'greeting'],
    [2, 'pass'],
    [3, 'stat'],
  ])('ends once when the connection is lost after %i lines', (count, stage) => {
    const { asks } = hearing(IN.slice(0, count), { close: true });
    expect(asks).toEqual([{ kind: 'ended', ok: false, cause: 'lost', stage, code: '', reason: '' }]);
  });

  it('keeps the first reason when the server hangs up on its QUIT', () => {
    const { ended } = hearing(['+OK', '+OK', '-ERR [AUTH] no'], { close: true });
    expect(ended).toMatchObject({ cause: 'reply', stage: 'pass', code: 'AUTH' });
  });

  it('waits five minutes, not for ever', () => {
    const { client, effects } = hearing(['+OK']);
    const timer = effects.filter((effect) => effect.type === 'timer').at(-1);
    expect(timer).toMatchObject({ after: 300_000_000 });
    expect(client.timeout('another')).toEqual([]);
    const end = client.timeout(timer?.type === 'timer' ? timer.id : '');
    expect(end.find((effect) => effect.type === 'ask')).toMatchObject({ what: { cause: 'timeout', stage: 'user' } });
    expect(client.snapshot.value).toBe('closed');
  });

  it('does not let a name smuggle in a command', () => {
    const { effects } = hearing(['+OK'], { user: 'x\r\nDELE 1' });
    const send = effects.find((effect) => effect.type === 'send');
    expect(send?.type === 'send' ? send.bytes : undefined).toEqual(latin1('USER x??DELE 1\r\n'));
  });

  it('hangs up on a server that never stops', () => {
    const client = POP3_CLIENT.create({ user: 'a', password: 'b' });
    client.start();
    for (let i = 0; i < 100 && client.snapshot.value !== 'closed'; i++) client.receive(latin1('x'.repeat(10_000)));
    client.receive(latin1('\r\n'));
    expect(client.snapshot.value).toBe('closed');
  });
});
