/**
 * Runs an XState machine as the pure function it is: (snapshot, event) → (snapshot, actions as data).
 *
 * Protocol machines here have no context and no guards: the state value is the whole state, so a transition depends on
 * (state, event type) alone. `transition()` costs 5–20 µs; because it is pure, its result is remembered per pair and the
 * next one costs a map look-up. Delays (`after`) come back as `xstate.raise` actions and are handed out as timer data:
 * the caller owns time. An event nobody takes is reported as `taken: false` (XState itself would ignore it silently).
 */
import {
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type EventObject,
  getNextTransitions,
  initialTransition,
  transition,
} from 'xstate';
import type { Duration } from './units.ts';

/** What a machine asks its caller to do on a transition. */
export type MachineAction =
  | { readonly type: 'do'; readonly name: string }
  | { readonly type: 'timer'; readonly id: string; readonly after: Duration }
  | { readonly type: 'cancel'; readonly id: string };

export interface Step {
  readonly state: MachineState;
  readonly actions: readonly MachineAction[];
  /** False when no transition (not even `'*'`) matched. */
  readonly taken: boolean;
}

/** A transition that is open in a state: what hints and charts are made of. */
export interface OpenTransition {
  readonly event: string;
  readonly description: string | undefined;
  readonly rfc: string | undefined;
}

/** A state of a compiled machine; compare by identity or by `path`. */
export interface MachineState {
  /** The active state(s): `'ready'`, `'transaction.rcpt'`; parallel regions joined by ` & `. */
  readonly path: string;
  /** The XState snapshot that charts and hints read. `snapshot.value` is JSON and restores the state. */
  readonly snapshot: AnyMachineSnapshot;
  readonly final: boolean;
}

/** The only part of XState's snapshot that an {@link Endpoint}'s reader needs. */
export type MachineSnapshot = AnyMachineSnapshot;

interface Node extends MachineState {
  readonly next: Map<string, Step>;
}

export function statePath(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([key, inner]) => {
      const below = statePath(inner);
      return below === '' ? key : `${key}.${below}`;
    })
    .join(' & ');
}

export class CompiledMachine {
  readonly initial: Step;
  private readonly nodes = new Map<string, Node>();

  constructor(
    readonly id: string,
    readonly definition: AnyStateMachine,
  ) {
    const [snapshot, actions] = initialTransition(definition) as [AnyMachineSnapshot, readonly unknown[]];
    this.initial = { state: this.node(snapshot), actions: actions.map(asData).filter(isPresent), taken: true };
  }

  /** The step that `event` makes from `state`. `state` must come from this machine. */
  next(state: MachineState, event: string): Step {
    const node = state as Node;
    const known = node.next.get(event);
    if (known !== undefined) return known;
    const taken = node.snapshot.can({ type: event });
    const [snapshot, actions] = transition(this.definition, node.snapshot, {
      type: event,
    } as EventObject) as unknown as [AnyMachineSnapshot, readonly unknown[]];
    const step: Step = { state: this.node(snapshot), actions: actions.map(asData).filter(isPresent), taken };
    node.next.set(event, step);
    return step;
  }

  /** Whether a transition other than the catch-all `'*'` takes `event` in `state`. */
  accepts(state: MachineState, event: string): boolean {
    return this.open(state).some((t) => t.event === event);
  }

  /** The transitions open in `state`, innermost state first, the catch-all left out. */
  open(state: MachineState): readonly OpenTransition[] {
    return getNextTransitions(state.snapshot)
      .filter((t) => t.eventType !== '*')
      .map((t) => ({
        event: t.eventType,
        description: t.description,
        rfc: (t.meta as { rfc?: string } | undefined)?.rfc,
      }));
  }

  /** The state with this XState value (`snapshot.value`), for restoring a saved endpoint. */
  restore(value: unknown): MachineState {
    return this.node(this.definition.resolveState({ value: value as string, context: {} }) as AnyMachineSnapshot);
  }

  private node(snapshot: AnyMachineSnapshot): Node {
    const path = statePath(snapshot.value);
    const known = this.nodes.get(path);
    if (known !== undefined) return known;
    const node: Node = { path, snapshot, final: snapshot.status === 'done', next: new Map() };
    this.nodes.set(path, node);
    return node;
  }
}

interface RawAction {
  readonly type: string;
  readonly params?: {
    readonly delay?: number;
    readonly id?: string;
    readonly event?: EventObject;
    readonly sendId?: string;
  };
}

function asData(raw: unknown): MachineAction | undefined {
  const action = raw as RawAction;
  if (action.type === 'xstate.raise') {
    const { delay, id } = action.params ?? {};
    // XState delays are milliseconds.
    return id === undefined ? undefined : { type: 'timer', id, after: Math.round((delay ?? 0) * 1000) };
  }
  if (action.type === 'xstate.cancel') {
    const id = action.params?.sendId;
    return id === undefined ? undefined : { type: 'cancel', id };
  }
  return { type: 'do', name: action.type };
}

function isPresent<T>(value: T | undefined): value is T {
  return value !== undefined;
}
