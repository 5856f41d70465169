/** A mailbox and a maildrop against the simplest models of themselves, over random histories. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latin1 } from '../../../../src/core/index.ts';
import { Maildrop } from '../../../../src/mail/index.ts';

type Step =
  | { readonly do: 'append'; readonly octets: number }
  | { readonly do: 'remove'; readonly uid: number }
  | { readonly do: 'flag'; readonly uid: number; readonly flag: string };

const uid = fc.integer({ min: 0, max: 20 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('append' as const), octets: fc.integer({ min: 0, max: 9 }) }),
  fc.record({ do: fc.constant('remove' as const), uid }),
  fc.record({ do: fc.constant('flag' as const), uid, flag: fc.constantFrom('\\Seen', '\\Deleted', 'x') }),
);

describe('a mailbox', () => {
  it('is a list of messages whose UIDs and mod-sequences only grow, and tells all that happens', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { inbox } = new Maildrop('ana@alba.example', 1);
        let model: { uid: number; octets: number; flags: readonly string[] }[] = [];
        // What a listener knows: enough to follow the mailbox without looking at it.
        const followed: number[] = [];
        inbox.observe((change) => {
          if (change.kind === 'added') followed.push(change.message.uid);
          if (change.kind === 'expunged') expect(followed.splice(change.index, 1)).toEqual([change.message.uid]);
        });
        let next = 1;
        let modseq = inbox.highestModseq;
        for (const one of steps) {
          if (one.do === 'append') {
            inbox.append(latin1('x'.repeat(one.octets)), 0);
            model.push({ uid: next++, octets: one.octets, flags: [] });
          } else if (one.do === 'remove') {
            const had = model.length;
            model = model.filter((message) => message.uid !== one.uid);
            expect(inbox.remove(one.uid)).toBe(model.length < had);
          } else {
            const found = model.find((message) => message.uid === one.uid);
            expect(inbox.setFlags(one.uid, [one.flag])).toBe(found !== undefined);
            if (found !== undefined) found.flags = [one.flag];
          }
          expect(inbox.highestModseq).toBeGreaterThanOrEqual(modseq);
          modseq = inbox.highestModseq;
        }
        expect(
          inbox.messages.map((message) => ({
            uid: message.uid,
            octets: message.bytes.length,
            flags: [...message.flags],
          })),
        ).toEqual(model);
        expect(inbox.size).toBe(model.reduce((sum, { octets }) => sum + octets, 0));
        expect(inbox.uidNext).toBe(next);
        expect(followed).toEqual(model.map((message) => message.uid));
        for (const [index, message] of model.entries()) expect(inbox.indexOf(message.uid)).toBe(index);
        for (const { modseq: own } of inbox.messages) expect(own).toBeLessThanOrEqual(inbox.highestModseq);
      }),
    );
  });
});

const name = fc
  .array(fc.constantFrom('a', 'b', 'INBOX', 'inbox', '', '*', 'c d'), { minLength: 1, maxLength: 3 })
  .map((levels) => levels.join('/'));
const change = fc.oneof(
  fc.record({ do: fc.constant('create' as const), name }),
  fc.record({ do: fc.constant('delete' as const), name }),
  fc.record({ do: fc.constant('rename' as const), name, to: name }),
);

describe('a maildrop', () => {
  it('never loses a message but by deleting its mailbox, and always has INBOX', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const drop = new Maildrop('ana@alba.example', 1);
        drop.inbox.append(latin1('first'), 0);
        let octets = drop.size;
        for (const one of changes) {
          if (one.do === 'create' && drop.create(one.name) === undefined) {
            drop.find(one.name.replace(/\/$/, ''))?.append(latin1('hello'), 0);
            octets += 5;
          } else if (one.do === 'delete') {
            const size = drop.find(one.name)?.size ?? 0;
            if (drop.delete(one.name) === undefined) octets -= size;
          } else if (one.do === 'rename') drop.rename(one.name, one.to);
          expect(drop.size).toBe(octets);
          for (const mailbox of drop.all) expect(drop.find(mailbox.name)).toBe(mailbox);
          expect(drop.inbox.name).toBe('INBOX');
        }
        const validities = drop.all.map(({ uidValidity }) => uidValidity);
        expect(new Set(validities).size).toBe(validities.length);
      }),
    );
  });
});
