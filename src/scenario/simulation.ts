/**
 * A world set going: kernel, network, hosts, and the scenario that plays on it. (world, scenario, seed, inputs) decide everything
 * that follows; `replay` proves it. Front ends step it; nothing here knows of presentation time or of a wall clock.
 */
import {
  type Action,
  type Budget,
  type InputRecord,
  Kernel,
  type KernelOptions,
  type Micros,
  type Random,
  type StepResult,
} from '../core/index.ts';
import { Director, type GoalStatus } from './director.ts';
import type { ScenarioFile } from './scenario-schema.ts';
import { parseDuration } from './units.ts';
import type { WorldView } from './view.ts';
import { World } from './world/world.ts';
import type { WorldFile } from './world-schema.ts';

export interface SimulationOptions {
  readonly seed: number;
  readonly scenario?: ScenarioFile;
  /** Overrides the scenario's budget. */
  readonly budget?: Partial<Budget>;
  /** Keep the trace in memory (default true). */
  readonly keep?: boolean;
  /** Only the bridge gives this: the operating system's randomness. */
  readonly random?: (name: string) => Random;
}

export class Simulation {
  readonly kernel: Kernel;
  readonly world: World;
  readonly seed: number;
  private readonly director: Director | undefined;

  /** Throws a {@link import('./world/world.ts').WorldError} when the world cannot be built; `Library` finds that out before. */
  constructor(
    file: WorldFile,
    private readonly options: SimulationOptions,
  ) {
    this.seed = options.seed;
    const { scenario } = options;
    this.kernel = new Kernel({ ...kernelOptions(options), seed: options.seed });
    this.world = new World(this.kernel, file);
    if (scenario !== undefined) {
      this.director = new Director(
        this.kernel,
        scenario,
        (action) => this.world.act(action),
        (address) => this.world.nodeAt(address.ip),
      );
    }
    this.world.powerOn();
    for (const node of scenario?.terminals ?? []) this.world.openSession(node);
    this.director?.start();
  }

  get trace(): Kernel['trace'] {
    return this.kernel.trace;
  }

  get now(): Micros {
    return this.kernel.now;
  }

  get goals(): readonly GoalStatus[] {
    return this.director?.status() ?? [];
  }

  view(): WorldView {
    return this.world.view();
  }

  /** Something from outside happens now; it is logged for replay. */
  input(action: Action): void {
    this.kernel.record(action);
    this.world.act(action);
    this.director?.settle();
  }

  /** Runs one event. */
  step(): StepResult {
    const result = this.kernel.run();
    this.director?.settle();
    return result;
  }

  /** Runs every event due at or before `at`; the clock then stands at `at`. Waits for programs that compute. */
  async runUntil(at: Micros): Promise<StepResult> {
    for (;;) {
      await this.settled();
      const next = this.kernel.nextAt;
      if (this.kernel.exceeded !== undefined) return 'stopped';
      if (next === undefined || next > at) {
        this.kernel.idleUntil(at);
        return 'idle';
      }
      this.step();
    }
  }

  /**
   * Runs until the world is at rest, or would only wait longer than `quiet` for its next event, or reaches the scenario's end.
   */
  async runUntilIdle(quiet: Micros = Number.POSITIVE_INFINITY): Promise<StepResult> {
    const end = parseDuration(this.options.scenario?.until ?? '') ?? Number.POSITIVE_INFINITY;
    for (;;) {
      await this.settled();
      if (this.kernel.exceeded !== undefined) return 'stopped';
      const next = this.kernel.nextAt;
      if (next === undefined || next > end || next - this.kernel.now > quiet) return 'idle';
      this.step();
    }
  }

  /** Resolves when no program is computing. */
  async settled(): Promise<void> {
    while (this.kernel.held) {
      await this.kernel.settled();
      this.director?.settle();
    }
  }
}

/**
 * Rebuilds a run from its inputs: each enters exactly where it was recorded. Goes on to `upToStep` kernel events.
 */
export async function replay(
  world: WorldFile,
  options: SimulationOptions,
  inputs: readonly InputRecord[],
  upToStep = 0,
): Promise<Simulation> {
  const simulation = new Simulation(world, options);
  const { kernel } = simulation;
  const runTo = async (step: number): Promise<void> => {
    await simulation.settled();
    while (kernel.step < step && kernel.exceeded === undefined) {
      if (simulation.step() === 'idle') return;
      await simulation.settled();
    }
  };
  for (const input of inputs) {
    await runTo(input.step);
    kernel.idleUntil(input.at);
    simulation.input(input.action);
  }
  await runTo(upToStep);
  return simulation;
}

function kernelOptions(options: SimulationOptions): Omit<KernelOptions, 'seed'> {
  const limits = options.scenario?.budget;
  const time = parseDuration(limits?.time ?? '');
  const budget: Partial<Budget> = {
    ...(limits?.events === undefined ? {} : { events: limits.events }),
    ...(limits?.octets === undefined ? {} : { octets: limits.octets }),
    ...(time === undefined ? {} : { time }),
    ...options.budget,
  };
  return {
    budget,
    ...(options.keep === undefined ? {} : { keep: options.keep }),
    ...(options.random === undefined ? {} : { random: options.random }),
  };
}
