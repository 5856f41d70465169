/** The whole path under bad links: 10 % loss, duplication and reordering on every link, 500 schedules, each message exactly once. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Kernel, MINUTE } from '../../../src/core/index.ts';
import { Library, World } from '../../../src/scenario/index.ts';

const file = 'worlds/practica.yaml';
const library = new Library([
  { path: file, text: readFileSync(new URL(`../../../scenarios/${file}`, import.meta.url), 'utf8') },
]);

function world(kernel: Kernel): World {
  const loaded = library.world('practica');
  if (loaded?.ok !== true) throw new Error('the practice world does not load');
  return new World(kernel, loaded.value);
}

test('every message arrives exactly once, over 500 random schedules', () => {
  const wrong: unknown[] = [];
  for (let seed = 1; seed <= 500; seed++) {
    const kernel = new Kernel({ seed });
    const practice = world(kernel);
    practice.powerOn();
    for (const { id } of practice.view().links) {
      practice.act({ type: 'fault', fault: { kind: 'link', link: id, loss: 0.1, duplicate: 0.05, reorder: 0.1 } });
    }
    const agent = practice.agent('pc-ana');
    let accepted = false;
    // A person whose program says "not sent" presses "send" again a little later.
    const send = (): void =>
      agent?.send({ to: ['bruno@brisa.example'], subject: `No ${seed}`, body: 'Hola' }, (result) => {
        accepted = result.ok;
        if (!result.ok) kernel.after(MINUTE, send);
      });
    send();
    while (kernel.run() === 'stepped');
    const delivered = kernel.trace.entries.filter((e) => e.type === 'delivery' && e.node === 'mda-brisa').length;
    if (!accepted || delivered !== 1) wrong.push({ seed, accepted, delivered });
  }
  expect(wrong).toEqual([]);
}, 60_000);
