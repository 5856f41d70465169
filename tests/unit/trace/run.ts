/** A real run to fold: mail from ana to bruno over the practice world, with lossy links, and a terminal at work. */
import { readFileSync } from 'node:fs';
import { MINUTE, SECOND, type TraceEntry } from '../../../src/core/index.ts';
import { Library, Simulation } from '../../../src/scenario/index.ts';

const file = 'worlds/practica.yaml';

export interface RecordedRun {
  readonly entries: readonly TraceEntry[];
  readonly payloads: readonly Uint8Array[];
  payload(ref: number): Uint8Array | undefined;
}

export async function mailRun(seed: number, loss = 0.02): Promise<RecordedRun> {
  const text = readFileSync(new URL(`../../../scenarios/${file}`, import.meta.url), 'utf8');
  const loaded = new Library([{ path: file, text }]).world('practica');
  if (loaded?.ok !== true) throw new Error('the practice world does not load');
  const simulation = new Simulation(loaded.value, { seed });
  const { kernel, world } = simulation;
  simulation.input({ type: 'open-session', node: 'pc-ana' });
  simulation.input({ type: 'open-session', node: 'pc-ana' });
  simulation.input({ type: 'keys', session: 'pc-ana:0', data: 'telnet smtp.alba.example 25\r' });
  await simulation.runUntil(2 * SECOND);
  simulation.input({ type: 'keys', session: 'pc-ana:0', data: 'EHLO pc-ana.alba.example\r' });
  for (const { id } of world.view().links) {
    simulation.input({ type: 'fault', fault: { kind: 'link', link: id, loss } });
  }
  simulation.input({ type: 'close-session', session: 'pc-ana:1' });
  simulation.input({
    type: 'mail',
    node: 'pc-ana',
    command: { do: 'send', to: ['bruno@brisa.example'], subject: 'Hola', body: 'Hola, Bruno' },
  });
  await simulation.runUntil(90 * MINUTE);
  const { entries, payloads } = kernel.trace;
  return { entries, payloads, payload: (ref) => payloads[ref] };
}
