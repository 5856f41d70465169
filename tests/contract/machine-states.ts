/** The states of a machine, as its endpoints can be in them. */
import type { AnyStateNode } from 'xstate';
import type { CompiledMachine, MachineState } from '../../src/core/index.ts';

/** Every state that can be reached, with all events of the machine, first the initial one. */
export function reachable(machine: CompiledMachine): readonly MachineState[] {
  const found = new Map<string, MachineState>([[machine.initial.state.path, machine.initial.state]]);
  for (const state of found.values()) {
    for (const { event } of machine.open(state)) {
      const next = machine.next(state, event).state;
      found.set(next.path, next);
    }
  }
  return [...found.values()];
}

/** Events that the machine names, its own timers and the catch-all left out. */
export function eventsOf(machine: CompiledMachine): readonly string[] {
  return [...machine.definition.events].filter((event) => event !== '*' && !event.startsWith('xstate.'));
}

/** All nodes of a machine's chart, its root first. */
export function nodesOf(machine: CompiledMachine): readonly AnyStateNode[] {
  const nodes: AnyStateNode[] = [machine.definition.root];
  for (const node of nodes) nodes.push(...Object.values<AnyStateNode>(node.states));
  return nodes;
}
