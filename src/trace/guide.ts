/** The scenario's thread through the trace: phases and steps reached, goals met. */
import type { TraceEntry } from '../core/index.ts';
import { Changes } from './changes.ts';

export interface GoalRecord {
  readonly goal: string;
  readonly passed: boolean;
  readonly reason: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly seq: number;
}

export class Guide {
  private readonly steps = new Changes<string>();
  private readonly phases = new Changes<string>();
  private readonly goals = new Changes<GoalRecord>();

  push(entry: TraceEntry): void {
    switch (entry.type) {
      case 'step':
        this.steps.set(entry.seq, entry.step);
        return;
      case 'phase':
        this.phases.set(entry.seq, entry.phase);
        return;
      case 'goal': {
        const { goal, passed, reason, params, seq } = entry;
        this.goals.set(entry.seq, { goal, passed, reason, params, seq });
        return;
      }
    }
  }

  /** The step being told, and those before it. */
  reached(length: number): readonly string[] {
    return this.steps.until(length);
  }

  phase(length: number): string | undefined {
    return this.phases.at(length);
  }

  /** By goal id. */
  judged(length: number): ReadonlyMap<string, GoalRecord> {
    return new Map(this.goals.until(length).map((record) => [record.goal, record]));
  }
}
