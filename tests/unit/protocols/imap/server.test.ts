import { describe, expect, it } from 'vitest';
import { fromLatin1, latin1 } from '../../../../src/core/index.ts';
import type { Effect } from '../../../../src/protocols/contract.ts';
import { IMAP_SERVER, type ServerAnswer, type ServerAsk } from '../../../../src/protocols/imap/index.ts';

const MESSAGE = 'From: ana@alba.example\r\nSubject: hola\r\n\r\n\xf1and\xfa\r\n.\r\n';

function host(what: ServerAsk): ServerAnswer {
  const info = { uid: 7, flags: [], size: MESSAGE.length, internalDate: 0 };
  if (what.kind === 'authenticate')
    return what.password === 'p' ? { kind: 'done' } : { kind: 'refused', problem: 'auth' };
  if (what.kind === 'select')
    return { kind: 'selected', selected: { name: 'INBOX', uidValidity: 1, uidNext: 8, messages: [info], recent: [] } };
  if (what.kind === 'messages')
    return { kind: 'messages', messages: what.uids.map((uid) => ({ uid, bytes: latin1(MESSAGE) })) };
  if (what.kind === 'list')
    return { kind: 'list', mailboxes: [{ name: 'INBOX', subscribed: true, hasChildren: false }] };
  if (what.kind === 'status')
    return { kind: 'status', status: { messages: 1, recent: 0, uidNext: 8, uidValidity: 1, unseen: 1, size: 9 } };
  return { kind: 'done' };
}

function talk(input: string, chunk: number, saving = false): string {
  let server = IMAP_SERVER.create({ hostname: 'h' });
  let out = '';
  const run = (effects: readonly Effect<ServerAsk>[]): void => {
    for (const effect of effects) {
      if (effect.type === 'send') out += fromLatin1(effect.bytes);
      if (effect.type !== 'ask') continue;
      const answer = host(effect.what);
      if (effect.what.kind === 'store')
        for (const { uid, flags } of effect.what.changes)
          run(server.changed({ kind: 'flags', uid, flags, silent: false }));
      run(server.answer(effect.request, answer));
    }
  };
  run(server.start());
  for (let i = 0; i < input.length; i += chunk) {
    if (saving) server = IMAP_SERVER.restore({ hostname: 'h' }, JSON.parse(JSON.stringify(server.save())));
    run(server.receive(latin1(input.slice(i, i + chunk))));
  }
  return out;
}

const SESSION =
  'a0 FETCH 1 BODY[]\r\na1 LOGIN {1}\r\nb p\r\na2 SELECT INBOX\r\na3 FETCH 1 BODY[]\r\na4 LIST "" *\r\na5 STATUS INBOX (MESSAGES UNSEEN)\r\na6 LOGOUT\r\n';

describe('IMAP server', () => {
  it('reads a mailbox by hand, octet by octet', () => {
    const out = talk(SESSION, 10_000);
    expect(out).toContain('a0 BAD ');
    expect(out).toContain('+ OK\r\na1 OK ');
    expect(out).toContain(
      `* 1 FETCH (BODY[] {${MESSAGE.length}}\r\n${MESSAGE} FLAGS (\\Seen))\r\na3 OK Fetch completed.\r\n`,
    );
    expect(out).toContain('* LIST (\\HasNoChildren) "/" INBOX\r\na4 OK');
    expect(out).toContain('* STATUS INBOX (MESSAGES 1 UNSEEN 1)\r\na5 OK');
    expect(out).toMatch(/\* BYE .*\r\na6 OK Logout completed\.\r\n$/);
  });

  it.each([1, 2, 3, 7, 50])('says the same in chunks of %i, and when saved and restored', (chunk) => {
    expect(talk(SESSION, chunk)).toBe(talk(SESSION, 10_000));
    expect(talk(SESSION, chunk, true)).toBe(talk(SESSION, 10_000));
  });

  it('refuses literals that are too big, and goes on', () => {
    expect(talk('a1 LOGIN {9999999999}\r\na2 NOOP\r\n', 5)).toMatch(/a1 BAD \[TOOBIG\].*\r\na2 OK/);
    expect(talk(`a1 LOGIN {2000+}\r\n${'x'.repeat(2000)} p\r\na2 NOOP\r\n`, 5)).toMatch(/a1 BAD \[TOOBIG\].*\r\na2 OK/);
    expect(talk(`a1 ${'x'.repeat(70_000)}\r\na2 NOOP\r\n`, 999)).toMatch(/a1 BAD \[TOOBIG\].*\r\na2 OK/);
  });
});
