/** `estafeta run SCENARIO`: runs head-less and prints the exchange, or a JSON result with the digest of the trace. */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import type { InputRecord } from '../../core/index.ts';
import { parseDuration, type Ready, replay, type Simulation } from '../../scenario/index.ts';
import { PcapngWriter } from '../../trace/index.ts';

import { diskLibrary, openScenario, reason } from '../library.ts';
import { failWith } from '../problems.ts';
import { clock, Transcript } from '../transcript.ts';

interface Options {
  readonly seed: number;
  readonly inputs?: string;
  readonly until?: number;
  readonly lang: 'es' | 'en';
  readonly trace?: string;
  readonly pcap?: string;
  readonly link?: string;
  readonly json?: boolean;
}

export function runCommand(): Command {
  return new Command('run')
    .description('run a scenario head-less; the digest is the SHA-256 of its canonical trace')
    .argument('<scenario>', 'id, or path of a scenario file')
    .option('--seed <n>', 'seed of all randomness', wholeNumber, 1)
    .option('--inputs <file>', 'replay an input log (JSON)')
    .option('--until <duration>', 'stop at this virtual time: 30s, 2h', virtualTime)
    .option('--lang <language>', 'es or en', language, 'es')
    .option('--trace <file>', 'write the trace as JSON lines')
    .option('--pcap <file>', 'write every frame on every link as pcapng, for Wireshark')
    .option('--link <id>', 'with --pcap: only what crossed this link, for example pc-ana--alba')
    .option('--json', 'print the result as JSON')
    .action(run);
}

async function run(what: string, options: Options): Promise<void> {
  const opened = openScenario(diskLibrary(), what);
  if (!opened.ok) return failWith(opened.problems);
  const inputs = options.inputs === undefined ? [] : readInputs(options.inputs);
  if (inputs === undefined) return;
  const { scenario, world } = opened.value;
  const simulation = await replay(world, { seed: options.seed, scenario }, inputs);
  const result =
    options.until === undefined ? await simulation.runUntilIdle() : await simulation.runUntil(options.until);
  if (options.trace !== undefined) writeTrace(options.trace, simulation);
  if (options.pcap !== undefined && !writeCapture(options.pcap, simulation, opened.value, options)) return;

  const { exceeded } = simulation.kernel;
  if (options.json === true) {
    console.log(JSON.stringify(summary(scenario.id, simulation), undefined, 2));
  } else {
    const transcript = new Transcript(opened.value, options.lang, (ip) => simulation.world.nodeAt(ip));
    for (const entry of simulation.trace.entries) {
      const line = transcript.line(entry);
      if (line !== undefined) console.log(line);
    }
    console.log(
      `digest ${simulation.trace.digest()}  virtual ${clock(simulation.now)}  entries ${simulation.trace.length}`,
    );
  }
  if (result === 'stopped') {
    console.error(`${scenario.id}: stopped by its budget: ${exceeded?.kind ?? ''} over ${exceeded?.limit ?? ''}`);
    process.exitCode = 1;
  }
}

function summary(scenario: string, simulation: Simulation): unknown {
  const { entries } = simulation.trace;
  return {
    scenario,
    seed: simulation.seed,
    digest: simulation.trace.digest(),
    virtualTime: simulation.now,
    entries: entries.length,
    frames: entries.filter((entry) => entry.type === 'frame-sent').length,
    goals: simulation.goals.map(({ id, passed, points, reason: why }) => ({
      id,
      passed,
      points,
      reason: passed ? { code: 'check.passed', params: {} } : why,
    })),
    deliveries: entries
      .filter((entry) => entry.type === 'delivery')
      .map(({ at, node, user, mailbox, uid, size, messageId }) => ({ at, node, user, mailbox, uid, size, messageId })),
    stopped: simulation.kernel.exceeded ?? null,
  };
}

const inputLog = z.array(
  z.object({
    at: z.number().int().min(0),
    step: z.number().int().min(0),
    action: z.looseObject({
      type: z.enum(['keys', 'open-session', 'close-session', 'resize', 'mail', 'fault', 'answer', 'continue']),
    }),
  }),
);

function readInputs(file: string): readonly InputRecord[] | undefined {
  try {
    const parsed = inputLog.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (parsed.success) return parsed.data as unknown as readonly InputRecord[];
    const issue = parsed.error.issues[0];
    failWith([
      {
        file,
        line: 0,
        column: 0,
        path: issue?.path.join('.') ?? '',
        expected: issue?.message ?? 'an input log',
        got: 'something else',
      },
    ]);
  } catch (error) {
    failWith([{ file, line: 0, column: 0, path: '', expected: 'a readable JSON file', got: reason(error) }]);
  }
  return undefined;
}

function writeTrace(file: string, simulation: Simulation): void {
  const out = openSync(file, 'w');
  for (const entry of simulation.trace.entries) writeSync(out, `${JSON.stringify(entry)}\n`);
  closeSync(out);
}

/** Comments carry the narration: each step's title stands at the first frame after it. */
function writeCapture(file: string, simulation: Simulation, { scenario }: Ready, { lang, link }: Options): boolean {
  const links = simulation.view().links.map(({ id }) => id);
  if (link !== undefined && !links.includes(link)) {
    failWith([{ file: '--link', line: 0, column: 0, path: 'link', expected: `one of ${links.join(', ')}`, got: link }]);
    return false;
  }
  const out = openSync(file, 'w');
  const writer = new PcapngWriter(simulation.view().epoch, (bytes) => void writeSync(out, bytes));
  const { entries, payloads } = simulation.trace;
  for (const entry of entries) {
    if (entry.type === 'step') {
      const step = scenario.steps.find(({ id }) => id === entry.step);
      if (step !== undefined) writer.comment(step.title[lang]);
    } else if (entry.type === 'frame-sent' && (link === undefined || entry.link === link)) {
      const octets = payloads[entry.payload];
      if (octets !== undefined) writer.frame(entry, octets);
    }
  }
  closeSync(out);
  return true;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('a whole number is expected');
  return Number(text);
}

function virtualTime(text: string): number {
  const at = parseDuration(text);
  if (at === undefined) throw new InvalidArgumentError('a duration is expected, such as 30s, 10min or 2h');
  return at;
}

function language(text: string): 'es' | 'en' {
  if (text !== 'es' && text !== 'en') throw new InvalidArgumentError('es or en is expected');
  return text;
}
