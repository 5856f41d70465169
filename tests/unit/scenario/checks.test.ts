import { describe, expect, it } from 'vitest';
import type { EntryBody, Pdu, TraceEntry } from '../../../src/core/index.ts';
import { utf8 } from '../../../src/core/index.ts';
import { TraceWitness, watch } from '../../../src/scenario/checks/index.ts';
import type { Check } from '../../../src/scenario/index.ts';

let seq = 0;
const entry = (node: string, body: EntryBody): TraceEntry => ({ ...body, seq: seq++, at: seq, node }) as TraceEntry;

const pdu = (verb: string, args = '', more: Partial<Pdu> = {}): Pdu => ({
  protocol: 'smtp',
  kind: 'command',
  verb,
  args,
  ...more,
});

const opened = (conn: string) =>
  entry('pc-ana', {
    type: 'conn-opened',
    conn,
    transport: 'tcp',
    client: { ip: '192.0.2.10', port: 49152 },
    server: { ip: '192.0.2.25', port: 25 },
    serverNode: 'smtp-alba',
  });
const typed = (conn: string) =>
  entry('pc-ana', {
    type: 'pdu-sent',
    conn,
    endpoint: 'pc-ana/telnet#1',
    pdu: { protocol: 'raw', kind: 'data', verb: 'EHLO', args: '' },
    range: { from: 0, to: 1 },
  });
const received = (conn: string, value: Pdu) =>
  entry('smtp-alba', {
    type: 'pdu-received',
    conn,
    endpoint: `smtp-alba/smtpd#${conn}`,
    pdu: value,
    range: { from: 0, to: 1 },
  });
const replied = (conn: string, code: number, more: Partial<Pdu> = {}) =>
  entry('smtp-alba', {
    type: 'pdu-sent',
    conn,
    endpoint: `smtp-alba/smtpd#${conn}`,
    pdu: { protocol: 'smtp', kind: 'reply', verb: `${code}`, args: 'text', code, negative: code >= 400, ...more },
    range: { from: 0, to: 1 },
  });

function judge(check: Check, entries: readonly TraceEntry[], payloads: readonly Uint8Array[] = []) {
  const witness = new TraceWitness(
    () => 'nobody',
    (ref) => payloads[ref],
  );
  const watcher = watch(check, witness);
  for (const item of entries) {
    witness.see(item);
    watcher.see(item);
  }
  return { passed: watcher.passed, code: watcher.reason.code, params: watcher.reason.params };
}

describe('pdu check', () => {
  const rcpt: Check = {
    pdu: {
      protocol: 'smtp',
      verb: 'RCPT TO',
      args: 'bruno@brisa.example',
      node: 'smtp-alba',
      typed: true,
      answered: 250,
    },
  };

  it('passes when the line was typed and answered as asked', () => {
    expect(
      judge(rcpt, [opened('1'), typed('1'), received('1', pdu('RCPT TO', '<Bruno@brisa.example>')), replied('1', 250)])
        .passed,
    ).toBe(true);
  });

  it('pairs replies with pipelined commands in order', () => {
    const run = (first: number, second: number) =>
      judge(rcpt, [
        opened('1'),
        typed('1'),
        received('1', pdu('MAIL FROM', '<ana@alba.example>')),
        received('1', pdu('RCPT TO', '<bruno@brisa.example>')),
        replied('1', first),
        replied('1', second),
      ]);
    expect(run(550, 250).passed).toBe(true);
    expect(run(250, 550)).toMatchObject({
      passed: false,
      code: 'check.pdu.answered',
      params: { expected: 250, got: '550 text' },
    });
  });

  it('does not take a program for a person, and says so', () => {
    expect(
      judge(rcpt, [opened('1'), received('1', pdu('RCPT TO', '<bruno@brisa.example>')), replied('1', 250)]),
    ).toMatchObject({
      passed: false,
      code: 'check.pdu.typed',
    });
  });

  it('says what came instead of the expected argument', () => {
    expect(
      judge(rcpt, [opened('1'), typed('1'), received('1', pdu('RCPT TO', '<luis@brisa.example>')), replied('1', 250)]),
    ).toMatchObject({
      code: 'check.pdu.args',
      params: { expected: 'bruno@brisa.example', got: 'RCPT TO <luis@brisa.example>' },
    });
  });

  it('pairs by tag where there is one, whatever untagged replies come between', () => {
    const check: Check = { pdu: { protocol: 'imap', verb: 'LOGIN', ok: true } };
    const imap = (verb: string, tag: string | undefined, kind: Pdu['kind'], negative = false): Pdu => ({
      protocol: 'imap',
      kind,
      verb,
      args: '',
      negative,
      ...(tag === undefined ? {} : { tag }),
    });
    const sent = (value: Pdu) =>
      entry('smtp-alba', {
        type: 'pdu-sent',
        conn: '2',
        endpoint: 'smtp-alba/smtpd#2',
        pdu: value,
        range: { from: 0, to: 1 },
      });
    const open = [opened('2'), received('2', imap('LOGIN', 'a1', 'command'))];
    expect(judge(check, [...open, sent(imap('*', undefined, 'reply'))]).passed).toBe(false);
    expect(judge(check, [...open, sent(imap('*', undefined, 'reply')), sent(imap('OK', 'a1', 'reply'))]).passed).toBe(
      true,
    );
    expect(judge(check, [...open, sent(imap('NO', 'a1', 'reply', true))]).passed).toBe(false);
  });
});

describe('delivery check', () => {
  const message = utf8('Subject: hola\r\n\r\nHola, Bruno\r\n');
  const delivered = entry('mda-brisa', {
    type: 'delivery',
    user: 'bruno@brisa.example',
    mailbox: 'INBOX',
    uid: 1,
    size: 30,
    messageId: '',
    payload: 0,
  });

  it.each([
    [{ user: 'bruno@brisa.example', header: '/^Subject: hola/' }, true, 'check.delivery.none'],
    [{ user: 'bruno@brisa.example', body: 'BRUNO' }, true, 'check.delivery.none'],
    [{ body: 'Subject' }, false, 'check.delivery.body'],
    [{ header: 'Bruno' }, false, 'check.delivery.header'],
    [{ user: 'ana@alba.example' }, false, 'check.delivery.user'],
  ])('%j: %s', (delivery, passed, code) => {
    expect(judge({ delivery }, [delivered], [message])).toMatchObject({ passed, code });
  });
});

describe('combinations', () => {
  const helo: Check = { pdu: { verb: 'HELO' } };
  const quit: Check = { pdu: { verb: 'QUIT' } };
  const a = () => received('1', pdu('HELO'));
  const b = () => received('1', pdu('QUIT'));

  it.each<[string, Check, () => readonly TraceEntry[], boolean]>([
    ['not: nothing happened', { not: helo }, () => [b()], true],
    ['not: it happened', { not: helo }, () => [a()], false],
    ['all: one missing', { all: [helo, quit] }, () => [a()], false],
    ['all: in any order', { all: [helo, quit] }, () => [b(), a()], true],
    ['any', { any: [helo, quit] }, () => [b()], true],
    ['sequence: in order', { sequence: [helo, quit] }, () => [a(), b()], true],
    ['sequence: the wrong way round', { sequence: [helo, quit] }, () => [b(), a()], false],
    ['sequence: again in order later', { sequence: [helo, quit] }, () => [b(), a(), b()], true],
  ])('%s', (_, check, entries, passed) => {
    expect(judge(check, entries()).passed).toBe(passed);
  });
});
