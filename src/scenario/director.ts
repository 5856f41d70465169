/**
 * Plays a scenario on a running world: fires its script, marks the steps of its narration, judges its goals. It sees the
 * world only through the trace and writes what it finds back to the trace (`step`, `phase`, `goal`), so that the guide at any
 * moment is a fold like every other view. It acts between kernel events, never within one.
 */
import type { Action, Kernel, NodeId, SocketAddress, TraceEntry } from '../core/index.ts';
import { type Reason, TraceWitness, type Watcher, watch } from './checks/index.ts';
import type { ScenarioFile, TriggerFile } from './scenario-schema.ts';
import { scriptAction } from './script.ts';
import { parseDuration } from './units.ts';

export interface GoalStatus {
  readonly id: string;
  readonly points: number;
  readonly passed: boolean;
  readonly reason: Reason;
}

interface Armed {
  readonly watcher: Watcher;
  readonly fire: () => void;
}

export class Director {
  private readonly witness: TraceWitness;
  private readonly unseen: TraceEntry[] = [];
  private armed: Armed[] = [];
  private readonly goals: {
    readonly id: string;
    readonly points: number;
    readonly watcher: Watcher;
    announced: boolean;
  }[];
  private phase: string | undefined;

  constructor(
    private readonly kernel: Kernel,
    private readonly scenario: ScenarioFile,
    private readonly act: (action: Action) => void,
    nodeAt: (address: SocketAddress) => NodeId,
  ) {
    let lastRef = -1;
    let lastPayload: Uint8Array = new Uint8Array(0);
    const { trace } = kernel;
    this.witness = new TraceWitness(
      nodeAt,
      (ref) => trace.payloads[ref] ?? (ref === lastRef ? lastPayload : undefined),
    );
    trace.subscribe({
      entry: (entry) => void this.unseen.push(entry),
      payload: (ref, bytes) => {
        lastRef = ref;
        lastPayload = bytes;
      },
    });
    this.goals = scenario.goals.map((goal) => ({
      id: goal.id,
      points: goal.points,
      watcher: watch(goal.check, this.witness),
      announced: false,
    }));
  }

  /** Arms triggers and opens the first step. Call once, when the world is built. */
  start(): void {
    for (const { on, do: what } of this.scenario.script) this.arm(on, () => this.act(scriptAction(what)));
    for (const [index, step] of this.scenario.steps.entries()) {
      const reach = (): void => {
        if (step.phase !== undefined && step.phase !== this.phase) {
          this.phase = step.phase;
          this.kernel.trace.append('', { type: 'phase', phase: step.phase });
        }
        this.kernel.trace.append('', { type: 'step', step: step.id });
      };
      if (step.on === undefined) {
        // Without a trigger, a step is there from the start; later ones wait for the reader.
        if (index === 0) reach();
      } else {
        this.arm(step.on, reach);
      }
    }
    this.settle();
  }

  /** Looks at what has happened since the last call; to be called after every kernel event and every input. */
  settle(): void {
    for (let i = 0; i < this.unseen.length; i++) {
      const entry = this.unseen[i] as TraceEntry;
      this.witness.see(entry);
      for (const goal of this.goals) if (!goal.announced) goal.watcher.see(entry);
      this.announce();
      if (this.armed.length > 0) this.trigger(entry);
    }
    this.unseen.length = 0;
  }

  /** The verdict on every goal now. */
  status(): readonly GoalStatus[] {
    return this.goals.map(({ id, points, watcher }) => ({
      id,
      points,
      passed: watcher.passed,
      reason: watcher.reason,
    }));
  }

  private announce(): void {
    for (const goal of this.goals) {
      if (goal.announced || !goal.watcher.settled) continue;
      goal.announced = true;
      const { code, params } = goal.watcher.reason;
      const { passed } = goal.watcher;
      this.kernel.trace.append('', {
        type: 'goal',
        goal: goal.id,
        passed,
        reason: passed ? 'check.passed' : code,
        params: passed ? {} : params,
      });
    }
  }

  private trigger(entry: TraceEntry): void {
    const fired = this.armed.filter((armed) => {
      armed.watcher.see(entry);
      return armed.watcher.passed;
    });
    if (fired.length === 0) return;
    this.armed = this.armed.filter((armed) => !fired.includes(armed));
    for (const armed of fired) armed.fire();
  }

  private arm(on: TriggerFile, fire: () => void): void {
    const delay = parseDuration(on.after ?? '0s') ?? 0;
    if (on.when === undefined) {
      this.kernel.at((parseDuration(on.at ?? '0s') ?? 0) + delay, fire);
      return;
    }
    const later = delay === 0 ? fire : (): void => void this.kernel.after(delay, fire);
    this.armed.push({ watcher: watch(on.when, this.witness), fire: later });
  }
}
