/** Runs a simulation for a front end. */
export * from './messages.ts';
