/** Runs a simulation for a front end. */
export { bundledFiles } from './bundled-library.ts';
export * from './messages.ts';
