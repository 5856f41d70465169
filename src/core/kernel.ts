/**
 * The discrete-event kernel: virtual clock, event queue, randomness, trace, input log and budget of one simulation.
 * It jumps from event to event and knows nothing of networks or protocols. Nothing here reads a wall clock.
 *
 * Asynchronous programs (a shell that is promise-based) hold the clock while they compute: see {@link Kernel.hold}.
 */
import { type Budget, type BudgetExceeded, type BudgetKind, DEFAULT_BUDGET } from './budget.ts';
import type { Action, InputRecord } from './input.ts';
import { EventQueue, type Scheduled } from './queue.ts';
import { type Random, randomStream } from './random.ts';
import { Trace, type TraceOptions } from './trace.ts';
import type { Duration, Micros, Octets } from './units.ts';

export interface KernelOptions extends TraceOptions {
  readonly seed: number;
  readonly budget?: Partial<Budget>;
  /** Replaces seeded randomness; only the bridge to real sockets does this. */
  readonly random?: (name: string) => Random;
}

/** `stepped`: an event ran. `idle`: none is left. `held`: a program is computing. `stopped`: the budget is spent. */
export type StepResult = 'stepped' | 'idle' | 'held' | 'stopped';

export class Kernel {
  readonly seed: number;
  readonly trace: Trace;
  readonly inputs: InputRecord[] = [];
  private readonly queue = new EventQueue();
  private readonly budget: Budget;
  private readonly streams = new Map<string, Random>();
  private readonly makeRandom: (name: string) => Random;
  private time: Micros = 0;
  private steps = 0;
  private octets: Octets = 0;
  private stepsAtThisInstant = 0;
  private holds = 0;
  private releaseWaiters: (() => void)[] = [];
  private exceededBy: BudgetExceeded | undefined;

  constructor(options: KernelOptions) {
    this.seed = options.seed;
    this.budget = { ...DEFAULT_BUDGET, ...options.budget };
    this.makeRandom = options.random ?? ((name) => randomStream(options.seed, name));
    this.trace = new Trace(this, options);
  }

  get now(): Micros {
    return this.time;
  }

  /** Events run so far: with the time, the exact place in the run. */
  get step(): number {
    return this.steps;
  }

  /** The allowance that ran out, once one did. Nothing runs after that. */
  get exceeded(): BudgetExceeded | undefined {
    return this.exceededBy;
  }

  /** True while an asynchronous program computes and the clock must stand. */
  get held(): boolean {
    return this.holds > 0;
  }

  /** When the next event is due; `undefined` when the world is at rest. */
  get nextAt(): Micros | undefined {
    return this.exceededBy === undefined ? this.queue.nextAt() : undefined;
  }

  /** The random stream of one consumer, named for good: `link/pc-ana--alba`. */
  random(name: string): Random {
    let stream = this.streams.get(name);
    if (stream === undefined) {
      stream = this.makeRandom(name);
      this.streams.set(name, stream);
    }
    return stream;
  }

  /** Runs `run` at virtual time `at` (not before now), after everything already due at that time. */
  at(at: Micros, run: () => void): Scheduled {
    return this.queue.push(Math.max(Math.round(at), this.time), run);
  }

  after(delay: Duration, run: () => void): Scheduled {
    return this.at(this.time + delay, run);
  }

  /** Runs the next event. */
  run(): StepResult {
    if (this.exceededBy !== undefined) return 'stopped';
    if (this.holds > 0) return 'held';
    const at = this.queue.nextAt();
    if (at === undefined) return 'idle';
    if (at > this.budget.time) return this.stop('time');
    if (this.steps >= this.budget.events) return this.stop('events');
    this.stepsAtThisInstant = at === this.time ? this.stepsAtThisInstant + 1 : 0;
    if (this.stepsAtThisInstant > this.budget.eventsAtOneInstant) return this.stop('eventsAtOneInstant');
    const event = this.queue.pop();
    this.time = at;
    this.steps++;
    event?.run();
    return this.exceededBy === undefined ? 'stepped' : 'stopped';
  }

  /** Lets virtual time pass to `at` when no event is due before; for the bridge, whose time is the wall clock's. */
  idleUntil(at: Micros): void {
    const next = this.queue.nextAt();
    if (at > this.time && (next === undefined || next > at)) this.time = Math.round(at);
  }

  /** Counts octets put on a link against the budget. */
  spend(octets: Octets): void {
    this.octets += octets;
    if (this.octets > this.budget.octets) this.stop('octets');
  }

  /** Notes an action in the input log and the trace. The caller then carries it out. */
  record(action: Action): void {
    this.inputs.push({ at: this.time, step: this.steps, action });
    this.trace.append('', { type: 'input', action });
  }

  /**
   * Stops the clock until the returned function is called: an asynchronous program is computing. What it produces
   * enters at the virtual time at which it began, so a replay is exact however long the computation really takes.
   */
  hold(): () => void {
    this.holds++;
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.holds--;
      if (this.holds > 0) return;
      const waiters = this.releaseWaiters;
      this.releaseWaiters = [];
      for (const wake of waiters) wake();
    };
  }

  /** Resolves when nothing holds the clock. For front ends; protocol code never waits. */
  settled(): Promise<void> {
    if (this.holds === 0) return Promise.resolve();
    return new Promise((resolve) => this.releaseWaiters.push(resolve));
  }

  private stop(kind: BudgetKind): StepResult {
    if (this.exceededBy === undefined) {
      this.exceededBy = { kind, limit: this.budget[kind] };
      this.trace.append('', { type: 'stopped', exceeded: this.exceededBy });
    }
    return 'stopped';
  }
}
