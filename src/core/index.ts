/** The kernel's public face: values with units, virtual time, randomness, machines, trace. */
export * from './budget.ts';
export * from './bytes.ts';
export * from './input.ts';
export * from './kernel.ts';
export * from './machine.ts';
export * from './pdu.ts';
export type { Scheduled } from './queue.ts';
export { EventQueue } from './queue.ts';
export * from './random.ts';
export * from './text.ts';
export * from './trace.ts';
export * from './trace-entry.ts';
export * from './units.ts';
