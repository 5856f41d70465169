/**
 * Full mail journeys, head-less: submission with AUTH, DNS, transfer by MX, LMTP into a mailbox; every frame simulated, every octet
 * parsed. Rates with the trace kept and with it streamed out, in this thread and over all cores.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Kernel, UNLIMITED } from '../../src/core/index.ts';
import { Library, World } from '../../src/scenario/index.ts';

const file = 'worlds/practica.yaml';
const library = new Library([
  { path: file, text: readFileSync(new URL(`../../scenarios/${file}`, import.meta.url), 'utf8') },
]);

/** Sends `count` messages one after another; gives the kernel for its counts. */
function journeys(count: number, keep: boolean, seed: number): Kernel {
  const loaded = library.world('practica');
  if (loaded?.ok !== true) throw new Error('the practice world does not load');
  const kernel = new Kernel({ seed, keep, budget: UNLIMITED });
  let delivered = 0;
  kernel.trace.subscribe({
    entry: (entry) => {
      if (entry.type === 'delivery' && entry.node === 'mda-brisa') delivered++;
    },
    payload: () => undefined,
  });
  const world = new World(kernel, loaded.value);
  world.powerOn();
  for (let i = 0; i < count; i++) {
    world.agent('pc-ana')?.send({ to: ['bruno@brisa.example'], subject: `No ${i}`, body: 'Hola, Bruno.\n' });
    while (delivered <= i && kernel.run() === 'stepped');
  }
  if (delivered !== count) throw new Error(`${delivered} of ${count} delivered`);
  return kernel;
}

const COUNT = 600;
const ROUNDS = 3;
const [, , share] = process.argv;

if (share !== undefined) {
  for (let round = 0; round < ROUNDS; round++) journeys(COUNT, true, Number(share) + round);
} else {
  journeys(50, true, 1);
  for (const keep of [true, false]) {
    const began = performance.now();
    const kernel = journeys(COUNT, keep, 2);
    const seconds = (performance.now() - began) / 1000;
    console.log(
      `journeys, one process, trace ${keep ? 'kept' : 'streamed out'}: ${(COUNT / seconds).toFixed(0)} a second (${kernel.trace.length} entries, ${kernel.step} events)`,
    );
  }

  const cores = availableParallelism();
  const began = performance.now();
  await Promise.all(
    Array.from({ length: cores }, (_, i) => {
      const args = [...process.execArgv, fileURLToPath(import.meta.url), `${100 * i}`];
      const child = spawn(process.execPath, args, { stdio: 'inherit' });
      return new Promise((resolve) => child.once('close', resolve));
    }),
  );
  const total = (ROUNDS * COUNT * cores) / ((performance.now() - began) / 1000);
  console.log(`journeys, ${cores} processes, trace kept, their start included: ${total.toFixed(0)} a second`);

  const sizes: string[] = [];
  for (let round = 0; round < 4; round++) {
    journeys(500, false, 50 + round);
    globalThis.gc?.();
    sizes.push((process.memoryUsage().heapUsed / 1e6).toFixed(1));
  }
  console.log(
    `heap after each 500 journeys with the trace streamed out${globalThis.gc === undefined ? ' (run with --expose-gc)' : ''}: ${sizes.join(', ')} MB`,
  );
}
