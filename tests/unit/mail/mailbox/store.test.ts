import { describe, expect, it } from 'vitest';
import { latin1 } from '../../../../src/core/index.ts';
import { AccountBook, MailStore, type StoreChange } from '../../../../src/mail/index.ts';

const MESSAGE = latin1(`Subject: x\r\n\r\n${'.'.repeat(86)}\r\n`);

function world() {
  const accounts = new AccountBook([
    { address: 'bruno@brisa.example', password: 'b', blocked: false, greylist: false },
    { address: 'llena@brisa.example', password: 'l', blocked: false, greylist: false, quota: 250 },
    { address: 'gris@brisa.example', password: 'g', blocked: false, greylist: true },
    { address: 'bruno@alba.example', password: 'b', blocked: false, greylist: false },
  ]);
  const changes: StoreChange[] = [];
  const store = new MailStore(accounts, (change) => changes.push(change));
  store.serve(['Brisa.example', 'brisa.example']);
  const told = () =>
    changes.map(({ user, mailbox, change }) =>
      [user, mailbox.name, change.kind, 'message' in change ? change.message.uid : ''].join(' '),
    );
  return { accounts, store, told };
}

describe('a mail store', () => {
  it('delivers to users of its own domains, whatever the case of the address', () => {
    const { store, told } = world();
    expect(store.domains).toEqual(['brisa.example']);
    expect(store.deliver('Bruno@BRISA.example', MESSAGE, 5)).toEqual({ ok: true });
    expect(store.deliver('bruno@alba.example', MESSAGE, 5)).toEqual({ ok: false, cause: 'unknown' });
    expect(store.deliver('nadie@brisa.example', MESSAGE, 5)).toEqual({ ok: false, cause: 'unknown' });
    expect(store.deliver('bruno', MESSAGE, 5)).toEqual({ ok: false, cause: 'unknown' });
    expect(store.maildrop('bruno@brisa.example').inbox.messages[0]?.bytes).toEqual(MESSAGE);
    expect(told()).toEqual(['bruno@brisa.example INBOX added 1']);
  });

  it('delivers to a greylisted address: that is for the server at the border', () => {
    expect(world().store.accepts('gris@brisa.example')).toBe('ok');
  });

  it('holds as many octets as the quota says, and room comes back with what is removed', () => {
    const { store, accounts } = world();
    expect(store.deliver('llena@brisa.example', MESSAGE, 1).ok).toBe(true);
    expect(store.deliver('llena@brisa.example', MESSAGE, 2).ok).toBe(true);
    expect(store.deliver('llena@brisa.example', MESSAGE, 3)).toEqual({ ok: false, cause: 'full' });
    expect(store.accepts('llena@brisa.example')).toBe('ok');
    store.maildrop('llena@brisa.example').inbox.remove(1);
    expect(accounts.used('llena@brisa.example')).toBe(MESSAGE.length);
    expect(store.deliver('llena@brisa.example', MESSAGE, 4).ok).toBe(true);
    accounts.change('llena@brisa.example', { quota: 200 });
    expect(store.accepts('llena@brisa.example')).toBe('full');
  });

  it('obeys a change of the account at once', () => {
    const { store, accounts } = world();
    expect(accounts.change('bruno@brisa.example', { blocked: true })).toBe(true);
    expect(store.accepts('bruno@brisa.example')).toBe('blocked');
    expect(store.authenticate('bruno', 'b')).toBeUndefined();
    expect(accounts.change('nadie@brisa.example', { blocked: true })).toBe(false);
  });

  it('knows users by name or by address, of its own domains only', () => {
    const { store } = world();
    expect(store.authenticate('bruno', 'b')).toBe('bruno@brisa.example');
    expect(store.authenticate('BRUNO@brisa.example', 'b')).toBe('bruno@brisa.example');
    expect(store.authenticate('bruno@alba.example', 'b')).toBeUndefined();
    expect(store.authenticate('bruno', 'B')).toBeUndefined();
    expect(store.authenticate('', '')).toBeUndefined();
  });

  it('counts a renamed or deleted mailbox as it should', () => {
    const { store, accounts, told } = world();
    const drop = store.maildrop('llena@brisa.example');
    store.deliver('llena@brisa.example', MESSAGE, 1);
    drop.rename('INBOX', 'viejo');
    expect(accounts.used('llena@brisa.example')).toBe(MESSAGE.length);
    drop.delete('viejo');
    expect(accounts.used('llena@brisa.example')).toBe(0);
    expect(told()).toEqual([
      'llena@brisa.example INBOX added 1',
      'llena@brisa.example viejo created ',
      'llena@brisa.example INBOX expunged 1',
      'llena@brisa.example viejo added 1',
      'llena@brisa.example viejo deleted ',
    ]);
  });

  it('lets go of all locks in a crash, and of no message', () => {
    const { store } = world();
    store.deliver('bruno@brisa.example', MESSAGE, 1);
    const drop = store.maildrop('bruno@brisa.example');
    drop.lock({});
    store.crashed();
    expect(drop.lock({})).toBe(true);
    expect(drop.inbox.messages).toHaveLength(1);
  });
});
