/** The mail delivery agent. */
export * from './mda.ts';
