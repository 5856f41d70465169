import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, randomStream } from '../../../src/core/index.ts';
import { GIVE_UP_AFTER, MailQueue, nextAttempt, type RecipientOutcome, route } from '../../../src/mail/index.ts';

const entry = (recipients: readonly string[]) => ({
  id: 'Q1',
  reversePath: 'ana@alba.example',
  recipients: recipients.map((address) => ({ address })),
  message: new Uint8Array([1]),
  arrived: 0,
  eightBit: false,
});

const outcome = (address: string, result: RecipientOutcome['result'], status = '4.0.0'): RecipientOutcome => ({
  address,
  result,
  reply: `reply for ${address}`,
  status,
});

describe('retry schedule (RFC 5321 §4.5.4.1)', () => {
  it('waits at least 30 minutes before the first retry', () => {
    expect(nextAttempt(0, 0, 1)).toBe(30 * MINUTE);
  });

  it('never waits less on later attempts and ends after 4 to 5 days', () => {
    let now = 0;
    let attempts = 0;
    let last = 0;
    for (;;) {
      attempts++;
      const at = nextAttempt(0, now, attempts);
      if (at === undefined) break;
      expect(at - now).toBeGreaterThanOrEqual(last);
      last = at - now;
      now = at;
    }
    expect(now).toBeGreaterThan(GIVE_UP_AFTER - 4 * HOUR - 1);
    expect(now).toBeLessThanOrEqual(5 * DAY);
  });
});

describe('the queue', () => {
  it('forgets an entry when every recipient is done', () => {
    const queue = new MailQueue();
    queue.add(entry(['a', 'b']));
    expect(queue.settle('Q1', [outcome('a', 'done'), outcome('b', 'done')], 0)).toEqual({
      entry: undefined,
      failures: [],
    });
    expect(queue.length).toBe(0);
  });

  it('keeps the deferred recipients only, reports the failed ones', () => {
    const queue = new MailQueue();
    queue.add(entry(['a', 'b', 'c']));
    const { entry: left, failures } = queue.settle(
      'Q1',
      [outcome('a', 'done'), outcome('b', 'deferred'), outcome('c', 'failed', '5.1.1')],
      MINUTE,
    );
    expect(left?.recipients).toEqual([{ address: 'b', lastReply: 'reply for b' }]);
    expect(left?.retryAt).toBe(31 * MINUTE);
    expect(failures).toEqual([{ address: 'c', reply: 'reply for c', status: '5.1.1', expired: false }]);
  });

  it('keeps a recipient whose outcome is missing: nothing is lost', () => {
    const queue = new MailQueue();
    queue.add(entry(['a']));
    expect(queue.settle('Q1', [], 0).entry?.recipients.map((r) => r.address)).toEqual(['a']);
  });

  it('gives up when the schedule does, and says that it expired', () => {
    const queue = new MailQueue();
    queue.add(entry(['a']));
    const { entry: left, failures } = queue.settle('Q1', [outcome('a', 'deferred', '4.2.2')], 5 * DAY);
    expect(left).toBeUndefined();
    expect(failures).toEqual([{ address: 'a', reply: 'reply for a', status: '4.2.2', expired: true }]);
  });
});

describe('routing (RFC 5321 §5.1)', () => {
  const random = randomStream(1, 'route');
  const mx = (preference: number, exchange: string) => ({ preference, exchange });

  it('orders by preference, the lowest number first', () => {
    expect(route('d', [mx(20, 'b.d'), mx(10, 'a.d')], [], random)).toEqual({ kind: 'hosts', hosts: ['a.d', 'b.d'] });
  });

  it('without MX takes the domain itself (implicit MX)', () => {
    expect(route('d', [], [], random)).toEqual({ kind: 'hosts', hosts: ['d'] });
  });

  it('knows the null MX of RFC 7505', () => {
    expect(route('d', [mx(0, '.')], [], random)).toEqual({ kind: 'null-mx' });
  });

  it('drops itself and everything not preferred to itself', () => {
    expect(route('d', [mx(10, 'a.d'), mx(20, 'me.d'), mx(30, 'c.d')], ['ME.d.'], random)).toEqual({
      kind: 'hosts',
      hosts: ['a.d'],
    });
    expect(route('d', [mx(10, 'me.d'), mx(20, 'b.d')], ['me.d'], random)).toEqual({ kind: 'loop' });
  });

  it('puts equal preferences in either order', () => {
    const seen = new Set<string>();
    for (let i = 0; i < 50; i++) {
      const found = route('d', [mx(10, 'a'), mx(10, 'b')], [], random);
      if (found.kind === 'hosts') seen.add(found.hosts.join());
    }
    expect(seen).toEqual(new Set(['a,b', 'b,a']));
  });
});
