/** The laws of design §3.1 on POP3 in particular: any chunking, garbage, every (state, event) pair, save and restore. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latin1 } from '../../../../src/core/index.ts';
import { POP3_CLIENT, POP3_SERVER, pop3 } from '../../../../src/protocols/pop3/index.ts';
import { LOGIN, talk } from './wire.ts';

const SESSION = `CAPA\r\nSTAT\r\n${LOGIN}STAT\r\nLIST\r\nUIDL 1\r\nRETR 1\r\nTOP 2 1\r\nDELE 2\r\nNOOP\r\nXYZZY\r\nNO\nRSET\r\n${'x'.repeat(400)}\r\nDELE 1\r\nQUIT\r\nNOOP\r\n`;

/** Lines that a session may be made of, good and bad. */
const line = fc.oneof(
  fc.constantFrom('USER bruno', 'PASS secret', 'STAT', 'LIST', 'LIST 1', 'UIDL', 'RETR 1', 'RETR 2', 'TOP 1 1'),
  fc.constantFrom('DELE 1', 'DELE 2', 'RSET', 'NOOP', 'QUIT', 'CAPA', 'APOP a b', 'xyz', '', 'RETR 99', 'TOP 1 -1'),
  fc.string({ maxLength: 300 }),
);
const end = fc.constantFrom('\r\n', '\r\n', '\r\n', '\n', '\r');
const session = fc
  .array(fc.tuple(line, end), { maxLength: 25 })
  .map((pairs) => latin1(pairs.map((pair) => pair.join('')).join('')));

describe('a POP3 server', () => {
  it('answers the same in any chunks, and when it is saved and restored between them', () => {
    const whole = talk(SESSION);
    for (const chunk of [1, 2, 3, 7, 64]) {
      expect(talk(SESSION, { chunk }), `${chunk}`).toEqual(whole);
      expect(talk(SESSION, { chunk, restore: true }), `${chunk} restored`).toEqual(whole);
    }
  });

  it('does so for any session', () => {
    fc.assert(
      fc.property(session, fc.integer({ min: 1, max: 50 }), (input, chunk) => {
        expect(talk(input, { chunk, restore: true })).toEqual(talk(input));
      }),
      { numRuns: 100 },
    );
  });

  it('answers garbage with -ERR and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        const { text } = talk(bytes, { close: true });
        for (const reply of text.split('\r\n').slice(1, -1)) expect(reply).toMatch(/^-ERR /);
      }),
    );
  });

  it('says where in the stream every command stood', () => {
    const ranges = talk(SESSION).effects.flatMap((effect) => (effect.type === 'received' ? [effect.range] : []));
    let at = 0;
    for (const { from, to } of ranges) {
      expect(from).toBe(at);
      at = to;
    }
  });
});

describe('a POP3 client', () => {
  it('ends every session exactly once, whatever it hears', () => {
    const heard = fc.array(fc.oneof(fc.constantFrom('+OK', '+OK 1 5', '-ERR no', '.', '1 5', '1 a'), fc.string()), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(heard, (lines) => {
        const client = POP3_CLIENT.create({ user: 'a', password: 'b' });
        let ended = 0;
        const run = (effects: ReturnType<typeof client.start>): void => {
          for (const effect of effects) {
            if (effect.type !== 'ask') continue;
            if (effect.what.kind === 'ended') ended++;
            else if (effect.what.kind === 'choose') run(client.answer(effect.request, { fetch: [1] }));
            else run(client.answer(effect.request, { stored: true, remove: true }));
          }
        };
        run(client.start());
        for (const text of lines) run(client.receive(latin1(`${text}\r\n`)));
        run(client.peerClosed());
        expect(ended).toBe(1);
        expect(client.snapshot.value).toBe('closed');
      }),
    );
  });
});

describe.each(pop3.roles.map((role) => [role.id, role] as const))('the machine of %s', (id, { machine }) => {
  it('takes every event in every state', () => {
    const { definition } = machine;
    const states = Object.keys(definition.states).filter((name) => name !== 'closed');
    for (const state of states) {
      for (const event of [...definition.events, 'WHATEVER']) {
        if (event.startsWith('xstate.') || event === '*') continue;
        const step = machine.next(machine.restore(state), event);
        expect(step.taken, `${id} ${state} ${event}`).toBe(true);
      }
    }
  });

  it('reaches every state, and closed from every state', () => {
    const reached = new Set(['']);
    const open = [machine.initial.state];
    for (let state = open.pop(); state !== undefined; state = open.pop()) {
      if (reached.has(state.path)) continue;
      reached.add(state.path);
      for (const { event } of machine.open(state)) open.push(machine.next(state, event).state);
    }
    expect([...reached].slice(1).sort()).toEqual(Object.keys(machine.definition.states).sort());
  });

  it('has a description and a clause on every transition and state', () => {
    for (const [name, node] of Object.entries(machine.definition.states)) {
      expect(node.description, name).toBeDefined();
      expect(node.meta?.rfc, name).toMatch(/^\d{4}#/);
      for (const transitions of node.transitions.values()) {
        for (const { description, meta, eventType } of transitions) {
          expect(description, `${name} ${eventType}`).toMatch(/^pop3\./);
          expect(meta?.rfc, `${name} ${eventType}`).toMatch(/^\d{4}#/);
        }
      }
    }
  });
});

it('is registered with both roles', () => {
  expect(pop3.roles).toEqual([POP3_SERVER, POP3_CLIENT]);
});
