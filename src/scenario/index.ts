/** Worlds, scenarios, checks and the simulation built from them. */
export * from './scenario-schema.ts';
export * from './view.ts';
export * from './world-schema.ts';
