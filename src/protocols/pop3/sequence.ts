/** What the refusal of a command in the wrong state says: what is missing. Text only; the order is in server.machine.ts. */
import type { Verb } from './messages.ts';

/** Commands of AUTHORIZATION, which are in order before the log-in only. */
const LOG_IN: ReadonlySet<Verb | ''> = new Set<Verb>(['USER', 'PASS', 'APOP']);

export function sequenceText(state: string, verb: Verb | ''): string {
  if (state === 'transaction') return LOG_IN.has(verb) ? 'Already logged in' : 'Command not valid in this state';
  if (verb === 'PASS') return 'Say USER first';
  return state === 'password' ? 'Log in first: now PASS' : 'Log in first: USER, then PASS';
}
