/** A real run to fold: mail from ana to bruno over the practice world, with lossy links, and a terminal at work. */
import { readFileSync } from 'node:fs';
import { Kernel, type TraceEntry } from '../../../src/core/index.ts';
import { Library, World } from '../../../src/scenario/index.ts';

const file = 'worlds/practica.yaml';

export interface RecordedRun {
  readonly entries: readonly TraceEntry[];
  readonly payloads: readonly Uint8Array[];
  payload(ref: number): Uint8Array | undefined;
}

export function mailRun(seed: number, loss = 0.05): RecordedRun {
  const text = readFileSync(new URL(`../../../scenarios/${file}`, import.meta.url), 'utf8');
  const loaded = new Library([{ path: file, text }]).world('practica');
  if (loaded?.ok !== true) throw new Error('the practice world does not load');
  const kernel = new Kernel({ seed });
  const world = new World(kernel, loaded.value);
  world.powerOn();
  for (const { id } of world.view().links) {
    world.act({ type: 'fault', fault: { kind: 'link', link: id, loss } });
  }
  world.act({ type: 'keys', session: 'pc-ana:0', data: 'telnet smtp.alba.example 25\r' });
  world.agent('pc-ana')?.send({ to: ['bruno@brisa.example'], subject: 'Hola', body: 'Hola' }, () => {});
  while (kernel.run() === 'stepped');
  const { entries, payloads } = kernel.trace;
  return { entries, payloads, payload: (ref) => payloads[ref] };
}
