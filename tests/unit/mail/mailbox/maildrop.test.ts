import { describe, expect, it } from 'vitest';
import { latin1 } from '../../../../src/core/index.ts';
import { type MailboxChange, Maildrop, type MaildropChange } from '../../../../src/mail/index.ts';

const MESSAGE = latin1('Subject: x\r\n\r\nbody\r\n');

function names(drop: Maildrop): readonly string[] {
  return drop.all.map((mailbox) => mailbox.name);
}

describe('a maildrop', () => {
  it('has INBOX from the start, in any case of its name', () => {
    const drop = new Maildrop('ana@alba.example', 7);
    expect(names(drop)).toEqual(['INBOX']);
    expect(drop.find('inbox')).toBe(drop.inbox);
    expect(drop.inbox.uidValidity).toBe(7);
  });

  it('makes superiors with a mailbox, and gives a name that comes back a greater UIDVALIDITY', () => {
    const drop = new Maildrop('ana@alba.example', 1);
    expect(drop.create('a/b/')).toBeUndefined();
    expect(names(drop)).toEqual(['INBOX', 'a', 'a/b']);
    const before = drop.find('a/b')?.uidValidity ?? 0;
    expect(drop.delete('a/b')).toBeUndefined();
    expect(drop.create('a/b')).toBeUndefined();
    expect(drop.find('a/b')?.uidValidity).toBeGreaterThan(before);
  });

  it.each([
    ['', 'invalid'],
    ['a//b', 'invalid'],
    ['/a', 'invalid'],
    ['a*', 'invalid'],
    ['a%', 'invalid'],
    ['a\nb', 'invalid'],
    ['x'.repeat(256), 'invalid'],
    ['a/'.repeat(17), 'invalid'],
    ['Inbox', 'exists'],
  ] as const)('does not create %j: %s', (name, problem) => {
    expect(new Maildrop('ana@alba.example', 1).create(name)).toBe(problem);
  });

  it('bounds the number of mailboxes and subscriptions', () => {
    const drop = new Maildrop('ana@alba.example', 1);
    for (let i = 1; i < 1000; i++) expect(drop.create(`m${i}`)).toBeUndefined();
    expect(drop.create('one-too-many')).toBe('too-many');
    let subscribed = 1;
    while (drop.subscribe(`s${subscribed}`)) subscribed++;
    expect(subscribed).toBe(2000);
  });

  it('deletes neither INBOX nor a mailbox with others below it', () => {
    const drop = new Maildrop('ana@alba.example', 1);
    drop.create('a/b');
    expect(drop.delete('inbox')).toBe('inbox');
    expect(drop.delete('a')).toBe('has-children');
    expect(drop.delete('nada')).toBe('missing');
  });

  it('moves inferior names along on a rename', () => {
    const drop = new Maildrop('ana@alba.example', 1);
    drop.create('a/b/c');
    const moved = drop.find('a/b/c');
    expect(drop.rename('a', 'x/y')).toBeUndefined();
    expect(names(drop)).toEqual(['INBOX', 'x', 'x/y', 'x/y/b', 'x/y/b/c']);
    expect(drop.find('x/y/b/c')).toBe(moved);
  });

  it('never renames over a mailbox, nor into itself', () => {
    const drop = new Maildrop('ana@alba.example', 1);
    drop.create('a/c');
    drop.create('b/c');
    expect(drop.rename('a', 'b')).toBe('exists');
    expect(drop.rename('a/c', 'b/c')).toBe('exists');
    expect(drop.rename('a', 'a/d')).toBe('invalid');
    expect(drop.rename('nada', 'b')).toBe('missing');
    expect(names(drop)).toEqual(['INBOX', 'a', 'a/c', 'b', 'b/c']);
  });

  it('moves the messages when INBOX is renamed, and leaves it empty', () => {
    const drop = new Maildrop('ana@alba.example', 1);
    drop.inbox.append(MESSAGE, 5, ['\\Seen']);
    drop.inbox.append(MESSAGE, 6);
    expect(drop.rename('INBOX', 'viejo')).toBeUndefined();
    expect(drop.inbox.messages).toHaveLength(0);
    expect(drop.inbox.uidNext).toBe(3);
    expect(drop.find('viejo')?.messages.map(({ internalDate, flags }) => [internalDate, [...flags]])).toEqual([
      [5, ['\\Seen']],
      [6, []],
    ]);
  });

  it('tells of mailboxes made, renamed and deleted', () => {
    const seen: string[] = [];
    const note = (change: MaildropChange): void => {
      seen.push(`${change.kind} ${change.mailbox.name}${change.kind === 'renamed' ? ` from ${change.from}` : ''}`);
    };
    const drop = new Maildrop('ana@alba.example', 1, note);
    drop.create('a');
    drop.rename('a', 'b');
    drop.delete('b');
    expect(seen).toEqual(['created INBOX', 'created a', 'renamed b from a', 'deleted b']);
  });

  it('keeps a subscription whose mailbox is gone', () => {
    const drop = new Maildrop('ana@alba.example', 1);
    drop.create('a');
    expect(drop.subscribe('a')).toBe(true);
    drop.delete('a');
    expect([...drop.subscriptions]).toEqual(['INBOX', 'a']);
    expect(drop.unsubscribe('a')).toBe(true);
    expect(drop.unsubscribe('a')).toBe(false);
  });

  it('gives its lock to one holder at a time', () => {
    const drop = new Maildrop('ana@alba.example', 1);
    const [one, other] = [{}, {}];
    expect(drop.lock(one)).toBe(true);
    expect(drop.lock(one)).toBe(true);
    expect(drop.lock(other)).toBe(false);
    drop.unlock(other);
    expect(drop.lock(other)).toBe(false);
    drop.unlock(one);
    expect(drop.lock(other)).toBe(true);
    drop.unlockAll();
    expect(drop.lock(one)).toBe(true);
  });
});

describe('a mailbox', () => {
  it('never gives a UID twice, and keeps count of octets', () => {
    const { inbox } = new Maildrop('ana@alba.example', 1);
    inbox.append(MESSAGE, 1);
    inbox.append(MESSAGE, 2);
    expect(inbox.size).toBe(2 * MESSAGE.length);
    expect(inbox.remove(2)).toBe(true);
    expect(inbox.remove(2)).toBe(false);
    expect(inbox.append(MESSAGE, 3)?.uid).toBe(3);
    expect(inbox.messages.map(({ uid }) => uid)).toEqual([1, 3]);
    expect(inbox.indexOf(3)).toBe(1);
    expect(inbox.indexOf(2)).toBe(-1);
    expect(inbox.find(2)).toBeUndefined();
  });

  it('numbers every change with a greater mod-sequence, and equal flags are none', () => {
    const { inbox } = new Maildrop('ana@alba.example', 1);
    const first = inbox.append(MESSAGE, 1)?.modseq ?? 0;
    inbox.setFlags(1, ['\\Seen']);
    const second = inbox.find(1)?.modseq ?? 0;
    inbox.setFlags(1, ['\\Seen']);
    expect(second).toBeGreaterThan(first);
    expect(inbox.highestModseq).toBe(second);
    inbox.remove(1);
    expect(inbox.highestModseq).toBeGreaterThan(second);
  });

  it('tells every observer, in order, who asked for what', () => {
    const { inbox } = new Maildrop('ana@alba.example', 1);
    const seen: (readonly [string, number, boolean])[] = [];
    const me = {};
    const note = (change: MailboxChange): void => {
      seen.push([change.kind, change.message.uid, change.by === me]);
    };
    const stop = inbox.observe(note);
    inbox.append(MESSAGE, 1);
    inbox.append(MESSAGE, 1, [], me);
    inbox.setFlags(1, ['\\Deleted'], me);
    inbox.remove(1, me);
    stop();
    inbox.remove(2);
    expect(seen).toEqual([
      ['added', 1, false],
      ['added', 2, true],
      ['flags', 1, true],
      ['expunged', 1, true],
    ]);
  });

  it('refuses a flood of keywords', () => {
    const { inbox } = new Maildrop('ana@alba.example', 1);
    inbox.append(MESSAGE, 1);
    expect(
      inbox.setFlags(
        1,
        Array.from({ length: 101 }, (_, i) => `k${i}`),
      ),
    ).toBe(false);
    expect(inbox.find(1)?.flags.size).toBe(0);
  });

  it('is recent to one session alone', () => {
    const { inbox } = new Maildrop('ana@alba.example', 1);
    inbox.append(MESSAGE, 1);
    expect(inbox.recentCount).toBe(1);
    expect([...inbox.takeRecent()]).toEqual([1]);
    expect(inbox.takeRecent().size).toBe(0);
  });

  it('takes no more when it has been deleted', () => {
    const drop = new Maildrop('ana@alba.example', 1);
    drop.create('a');
    const gone = drop.find('a');
    gone?.append(MESSAGE, 1);
    drop.delete('a');
    expect(gone?.deleted).toBe(true);
    expect(gone?.append(MESSAGE, 1)).toBeUndefined();
    expect(gone?.remove(1)).toBe(false);
    expect(gone?.setFlags(1, ['x'])).toBe(false);
  });
});
