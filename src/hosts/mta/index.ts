/** The mail transfer agent. */
export * from './config.ts';
export { emptyDurable, findMta, type MtaService, mtaService, RELAY_PORT, SUBMISSION_PORT } from './mta.ts';
export { inNetwork } from './policy.ts';
export { MAIL_LOG } from './smtpd.ts';
