/** Whole scenarios, head-less: the lab typed by hand in two ways, its replay, its fork, and a run that its budget stops. */
import { describe, expect, test } from 'vitest';
import { diskLibrary } from '../../../src/cli/library.ts';
import { SECOND } from '../../../src/core/index.ts';
import { type Ready, replay, Simulation } from '../../../src/scenario/index.ts';

const library = diskLibrary();

function open(id: string): Ready {
  const opened = library.open(id);
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems));
  return opened.value;
}

/** Types lines into terminals, waiting after each until the world is quiet. */
async function typed(ready: Ready, lines: readonly (readonly [session: string, line: string])[]): Promise<Simulation> {
  const simulation = new Simulation(ready.world, { seed: 1, scenario: ready.scenario });
  await simulation.runUntilIdle(5 * SECOND);
  for (const [session, line] of lines) {
    simulation.input({ type: 'keys', session, data: `${line}\r` });
    await simulation.settled();
    await simulation.runUntilIdle(5 * SECOND);
  }
  return simulation;
}

const ANA = 'pc-ana:0';
const BRUNO = 'pc-bruno:0';

function lab(send: string, read: (host: string, port: number) => string): readonly (readonly [string, string])[] {
  return [
    [ANA, send],
    ...['EHLO pc-ana', 'MAIL FROM:<ana@alba.example>', 'RCPT TO:<bruno@brisa.example>', 'DATA'].map(
      (l) => [ANA, l] as const,
    ),
    ...['Subject: a mano', '', 'Hola', '.', 'QUIT'].map((l) => [ANA, l] as const),
    [BRUNO, read('pop.brisa.example', 110)],
    ...['USER bruno', 'PASS bruno-2026', 'RETR 1', 'QUIT'].map((l) => [BRUNO, l] as const),
    [BRUNO, read('imap.brisa.example', 143)],
    ...['a1 LOGIN bruno bruno-2026', 'a2 SELECT INBOX', 'a3 FETCH 1 BODY[]', 'a4 LOGOUT'].map(
      (l) => [BRUNO, l] as const,
    ),
  ];
}

const passed = (simulation: Simulation): readonly string[] =>
  simulation.goals.flatMap((goal) => (goal.passed ? [goal.id] : []));

describe('smtp-a-mano', () => {
  const ready = open('smtp-a-mano');
  const all = ready.scenario.goals.map(({ id }) => id);

  test.each([
    ['telnet', lab('telnet smtp.alba.example 25', (host, port) => `telnet ${host} ${port}`)],
    ['nc -C', lab('nc -C smtp.alba.example 25', (host, port) => `nc -C ${host} ${port}`)],
  ])('by %s every goal is met', async (_how, lines) => {
    expect(passed(await typed(ready, lines))).toEqual(all);
  });

  test('nc without -C sends a lone LF, as in life, and the server says so', async () => {
    const simulation = await typed(
      ready,
      lab('nc smtp.alba.example 25', (host, port) => `nc -C ${host} ${port}`).slice(0, 3),
    );
    expect(passed(simulation)).toEqual([]);
    const replies = simulation.trace.entries.flatMap((e) =>
      e.type === 'pdu-sent' && e.pdu.protocol === 'smtp' ? [e.pdu.verb] : [],
    );
    expect(replies.slice(0, 2)).toEqual(['220', '500']);
  });

  test('mail sent by a program meets no goal that must be typed', async () => {
    const simulation = await typed(ready, [
      [ANA, 'mail -s hola bruno@brisa.example'],
      [ANA, 'Hola'],
      [ANA, '.'],
    ]);
    expect(passed(simulation)).toEqual(['entregado']);
  });

  test('a run is rebuilt exactly from its inputs', async () => {
    const lines = [
      ...lab('telnet smtp.alba.example 25', (host, port) => `telnet ${host} ${port}`).slice(0, 6),
      [BRUNO, 'echo $RANDOM; date; dig mx brisa.example +short | sort'] as const,
    ];
    const first = await typed(ready, lines);
    const { inputs, step } = first.kernel;
    const again = await replay(ready.world, { seed: 1, scenario: ready.scenario }, inputs, step);
    expect(again.trace.digest()).toBe(first.trace.digest());
    // Half of it is the beginning of the whole.
    const half = inputs.slice(0, 4);
    const past = await replay(
      ready.world,
      { seed: 1, scenario: ready.scenario },
      half,
      half[half.length - 1]?.step ?? 0,
    );
    expect(first.trace.entries.slice(0, past.trace.length)).toEqual(past.trace.entries);
  });
});

describe('budgets', () => {
  test('a run that never ends is stopped, and the trace says by what', async () => {
    const ready = open('envio-transferencia-recepcion');
    const simulation = new Simulation(ready.world, { seed: 1, scenario: ready.scenario, budget: { events: 200 } });
    expect(await simulation.runUntilIdle()).toBe('stopped');
    expect(simulation.trace.entries.at(-1)).toMatchObject({
      type: 'stopped',
      exceeded: { kind: 'events', limit: 200 },
    });
  });

  test('a script that calls itself is stopped by its budget', async () => {
    const { scenario, world } = open('envio-transferencia-recepcion');
    const mail = {
      mail: { node: 'pc-ana', send: { to: ['bruno@brisa.example'], subject: 'otra vez', body: 'y otra' } },
    };
    const script = Array.from({ length: 40 }, () => ({ on: { when: { delivery: { node: 'mda-brisa' } } }, do: mail }));
    const simulation = new Simulation(world, {
      seed: 1,
      scenario: { ...scenario, script: [...scenario.script, ...script] },
      budget: { events: 5000 },
    });
    expect(await simulation.runUntilIdle()).toBe('stopped');
  });
});
