/** Worlds, scenarios, checks and the simulation built from them. */
export type { GoalStatus } from './director.ts';
export { Library, type LibraryFile, type Ready } from './library.ts';
export { type AnyFile, type Loaded, loadFile } from './load.ts';
export * from './scenario-schema.ts';
export { replay, Simulation, type SimulationOptions } from './simulation.ts';
export { parseDuration } from './units.ts';
export * from './view.ts';
export { type Exposed, World } from './world/world.ts';
export * from './world-schema.ts';
