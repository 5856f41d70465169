/** The laws of src/protocols/contract.ts, over every role that is registered. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat } from '../../src/core/index.ts';
import { PROTOCOLS } from '../../src/protocols/registry.ts';
import { eventsOf, nodesOf, reachable } from './machine-states.ts';
import { Run, run } from './run.ts';
import { SUBJECTS } from './subjects/index.ts';

const ROLES = PROTOCOLS.flatMap(({ roles }) => roles);

it.each(ROLES.map(({ id }) => id))('%s has a subject', (id) => {
  expect(SUBJECTS.map(({ role }) => role.id)).toContain(id);
});

describe.each(SUBJECTS.map((subject) => [subject.name, subject] as const))('%s', (_, subject) => {
  const { dialogue, role } = subject;
  const states = reachable(role.machine);
  const paths = new Set(states.map(({ path }) => path));

  // Datagrams come whole.
  const stream = subject.datagram ? undefined : it;

  stream?.('does the same whatever the chunks, and however late its host answers', () => {
    const whole = run(subject, [concat(dialogue)]).noted;
    expect(whole.length).toBeGreaterThan(dialogue.length);
    for (const chunk of [1, 2, 3, 7, 64, 1000]) {
      expect(run(subject, dialogue, { chunk }).noted, `chunks of ${chunk}`).toEqual(whole);
      expect(run(subject, dialogue, { chunk, host: 'late' }).noted, `chunks of ${chunk}, late`).toEqual(whole);
    }
  });

  stream?.('does so for any input', () => {
    fc.assert(
      fc.property(subject.input, fc.integer({ min: 1, max: 40 }), (input, chunk) => {
        const whole = run(subject, [concat(input)]).noted;
        expect(run(subject, input, { chunk }).noted).toEqual(whole);
        expect(run(subject, input, { chunk, host: 'late' }).noted).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  it('has the same future after save, JSON and restore, anywhere', () => {
    expect(run(subject, dialogue, { restore: true }).noted).toEqual(run(subject, dialogue).noted);
    fc.assert(
      fc.property(subject.input, fc.integer({ min: 1, max: 40 }), (input, chunk) => {
        expect(run(subject, input, { chunk, restore: true }).noted).toEqual(run(subject, input, { chunk }).noted);
      }),
      { numRuns: 40 },
    );
  });

  it('is restored to its past after each step of a session, not only to its state', () => {
    const made = new Run(subject);
    for (const piece of dialogue) {
      made.give([piece]);
      const saved = JSON.stringify(made.session.endpoint.save());
      expect(JSON.stringify(made.session.restore(JSON.parse(saved)).save())).toBe(saved);
    }
  });

  it('answers garbage with errors only, and never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 6 }), (garbage) => {
        const made = new Run(subject);
        const before = made.effects.length;
        made.give(garbage);
        if (!subject.datagram) made.give([Uint8Array.of(13, 10)]);
        made.peerClosed();
        for (const effect of made.effects.slice(before)) {
          if (effect.type !== 'send' || effect.pdu === undefined) continue;
          expect(subject.rebuke(effect.pdu), `${effect.pdu.verb} ${effect.pdu.args}`).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('never throws, and stays in the states of its machine, whatever comes', () => {
    const stray = fc.constantFrom('nothing', 'close', 'timer', 'unknown timer', 'unknown answer');
    fc.assert(
      fc.property(subject.input, fc.array(stray, { maxLength: 30 }), (input, strays) => {
        const made = new Run(subject);
        input.forEach((piece, i) => {
          made.give([piece]);
          expect(paths).toContain(made.state);
          const kind = strays[i];
          const [timer] = made.timers;
          if (kind === 'close') made.peerClosed();
          if (kind === 'timer' && timer !== undefined) made.timeout(timer);
          if (kind === 'unknown timer') made.timeout('no such timer');
          if (kind === 'unknown answer') made.session.endpoint.answer(987_654, undefined as never);
          expect(paths).toContain(made.state);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('tells every move of its machine, and makes none that the machine does not have', () => {
    fc.assert(
      fc.property(fc.oneof(fc.constant(dialogue), subject.input), (input) => {
        let at = role.machine.initial.state;
        const made = run(subject, input);
        for (const effect of made.effects) {
          if (effect.type !== 'transition') continue;
          expect(effect.from).toBe(at.path);
          at = role.machine.next(at, effect.event).state;
          expect(effect.to, `${effect.from} on ${effect.event}`).toBe(at.path);
        }
        expect(made.state).toBe(at.path);
      }),
      { numRuns: 40 },
    );
  });

  it('answers whatever comes at any point of a session', () => {
    for (let length = 0; length <= dialogue.length; length++) {
      for (const probe of subject.probes) {
        const made = run(subject, dialogue.slice(0, length));
        if (made.final || made.ended.closed) continue;
        const effects = [...made.give([probe]), ...made.give([subject.finish])];
        expect(effects.length, `after ${length} of the dialogue, in ${made.state}`).toBeGreaterThan(0);
      }
    }
  });

  it('ends its timers when it ends, ignores those that it did not set, and acts on those that it did', () => {
    for (let length = 0; length <= dialogue.length; length++) {
      const made = run(subject, dialogue.slice(0, length));
      expect(made.timeout('no such timer')).toEqual([]);
      for (const timer of made.timers) {
        const again = run(subject, dialogue.slice(0, length));
        const effects = again.timeout(timer);
        if (made.final) expect(effects, `${timer} after the end`).toEqual([]);
        else expect(effects.length, `${timer} in ${made.state}`).toBeGreaterThan(0);
        // A timer that has run out is no timer any more.
        if (again.final) expect(again.session.endpoint.timeout(timer)).toEqual([]);
      }
    }
  });

  it('says nothing more once it has ended', () => {
    const made = run(subject, dialogue);
    made.peerClosed();
    if (!made.final) return;
    expect(made.give(dialogue)).toEqual([]);
    expect(made.peerClosed().filter(({ type }) => type !== 'transition')).toEqual([]);
  });

  stream?.('counts the octets of its input: what it has read lies in order', () => {
    fc.assert(
      fc.property(fc.oneof(fc.constant(dialogue), subject.input), (input) => {
        let at = 0;
        for (const effect of run(subject, input).effects) {
          if (effect.type !== 'received') continue;
          expect(effect.range.from).toBeGreaterThanOrEqual(at);
          expect(effect.range.to).toBeGreaterThan(effect.range.from);
          at = effect.range.to;
        }
        expect(at).toBeLessThanOrEqual(concat(input).length);
      }),
      { numRuns: 30 },
    );
  });

  it('keeps no more of a line without end than its limit', () => {
    const block = new Uint8Array(65_536);
    for (let length = 0; length <= dialogue.length; length++) {
      for (const octet of [0x78, 0x0d]) {
        const made = run(subject, dialogue.slice(0, length));
        if (made.final) continue;
        block.fill(octet);
        for (let i = 0; i < 16 && !made.final; i++) made.give([block]);
        expect(JSON.stringify(made.session.endpoint.save()).length, `in ${made.state}`).toBeLessThan(
          subject.memory.reading,
        );
      }
    }
  });

  it('keeps no more than its limit for a host that does not answer', () => {
    const made = new Run(subject, { host: 'never' });
    const block = concat(dialogue);
    for (let given = 0; given < 2 * subject.memory.asking && !made.final; given += block.length) made.give([block]);
    expect(JSON.stringify(made.session.endpoint.save()).length).toBeLessThan(subject.memory.asking);
  });
});

describe.each(ROLES.map((role) => [role.id, role] as const))('the machine of %s', (_, { machine }) => {
  const states = reachable(machine);

  it('takes every event in every state', () => {
    for (const state of states) {
      if (state.final) continue;
      for (const event of [...eventsOf(machine), 'NO-SUCH-EVENT'])
        expect(machine.next(state, event).taken, `${event} in ${state.path}`).toBe(true);
    }
  });

  it('reaches every state that it names, and an end from each, if it has one', () => {
    const leaves = nodesOf(machine).filter((node) => Object.keys(node.states).length === 0);
    const named = leaves.map((node) => node.path.join('.'));
    expect(states.map(({ path }) => path).sort()).toEqual(named.sort());
  });

  it('is restored to any of its states by value', () => {
    for (const state of states) {
      const value = JSON.parse(JSON.stringify(state.snapshot.value));
      expect(machine.restore(value)).toBe(state);
    }
  });

  it('names the clause and a sentence for every transition, and a sentence for every state', () => {
    for (const node of nodesOf(machine)) {
      if (node.path.length > 0) expect(node.description, node.id).toMatch(/^[a-z0-9]+\..*\.s\./);
      for (const [event, list] of node.transitions) {
        for (const { meta, description } of list) {
          expect(meta?.rfc, `${node.id} on ${event}`).toMatch(/^\d+#\S+$/);
          expect(description, `${node.id} on ${event}`).toMatch(/^[a-z0-9]+\..*\.t\./);
        }
      }
    }
  });
});
