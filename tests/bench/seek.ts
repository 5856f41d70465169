/** Going to any moment of a trace of 20,000 entries: what the stage, the ladder's segments, queues and mailboxes show there. */
import { readFileSync } from 'node:fs';
import { Kernel, UNLIMITED } from '../../src/core/index.ts';
import { Library, World } from '../../src/scenario/index.ts';
import { foldAll, History, mailboxesFold, queuesFold, Recording, segmentsFold } from '../../src/trace/index.ts';
import { stageLayout, stageModel } from '../../src/views/index.ts';

const file = 'worlds/practica.yaml';
const library = new Library([
  { path: file, text: readFileSync(new URL(`../../scenarios/${file}`, import.meta.url), 'utf8') },
]);
const loaded = library.world('practica');
if (loaded?.ok !== true) throw new Error('the practice world does not load');
const kernel = new Kernel({ seed: 3, budget: UNLIMITED });
const world = new World(kernel, loaded.value);
world.powerOn();
for (let i = 0; kernel.trace.length < 20_000; i++) {
  world.agent('pc-ana')?.send({ to: ['bruno@brisa.example'], subject: `No ${i}`, body: 'Hola\n' });
  for (let steps = 0; steps < 600 && kernel.run() === 'stepped'; steps++);
}

const recording = new Recording();
let began = performance.now();
recording.append(kernel.trace.entries, kernel.trace.payloads);
console.log(`taking in ${recording.length} entries: ${(performance.now() - began).toFixed(1)} ms`);

const view = world.view();
const layout = stageLayout(view, []);
const folds = [segmentsFold, queuesFold, mailboxesFold] as const;
const histories = [
  new History(segmentsFold, recording),
  new History(queuesFold, recording),
  new History(mailboxesFold, recording),
] as const;

const times: number[] = [];
const fresh: number[] = [];
for (let i = 0; i < 200; i++) {
  const length = kernel.random('seek').integer(0, recording.length);
  began = performance.now();
  const moment = recording.momentAfter(Math.max(0, length - 1));
  stageModel(view, layout, recording, moment, []);
  for (const history of histories) history.at(moment.length);
  times.push(performance.now() - began);
  if (i >= 20) continue;
  began = performance.now();
  for (const fold of folds) foldAll(fold as (typeof folds)[0], kernel.trace.entries.slice(0, length));
  fresh.push(performance.now() - began);
}
const sorted = times.toSorted((a, b) => a - b);
console.log(`seeking: median ${sorted[100]?.toFixed(2)} ms, worst ${sorted[199]?.toFixed(2)} ms`);
console.log(
  `peer, folding from the start each time: mean ${(fresh.reduce((sum, time) => sum + time, 0) / fresh.length).toFixed(1)} ms`,
);
