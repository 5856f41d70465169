/** What the time line points out: phases, steps, deliveries, goals, errors, faults, and what a person did. */
import type { Micros, TraceEntry } from '../core/index.ts';

export type MarkerKind = 'phase' | 'step' | 'delivery' | 'goal' | 'error' | 'fault' | 'input';

export interface Marker {
  readonly seq: number;
  readonly at: Micros;
  readonly kind: MarkerKind;
  /** Phase, step or goal id; the verb of an error; the user of a delivery. */
  readonly what: string;
}

export function markerOf(entry: TraceEntry): Marker | undefined {
  const marker = (kind: MarkerKind, what: string): Marker => ({ seq: entry.seq, at: entry.at, kind, what });
  switch (entry.type) {
    case 'phase':
      return marker('phase', entry.phase);
    case 'step':
      return marker('step', entry.step);
    case 'delivery':
      return marker('delivery', entry.user);
    case 'goal':
      return marker('goal', entry.goal);
    case 'fault':
      return marker('fault', entry.fault.kind);
    case 'pdu-received':
      return entry.pdu.negative === true ? marker('error', entry.pdu.verb) : undefined;
    case 'input':
      return entry.action.type === 'keys' && /[\r\n]/.test(entry.action.data) ? marker('input', '') : undefined;
    default:
      return undefined;
  }
}
