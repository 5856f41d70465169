/** NOOP (RFC 3501 §6.1.2) and CHECK (§6.4.1): nothing, and a chance to hear the news. */
import { command, nothing } from './command.ts';

export const noop = command({
  name: 'NOOP',
  rfc: '3501#6.1.2',
  grammar: 'NOOP',
  example: 'a1 NOOP',
  parse: nothing,
  run: (session) => session.ok('NOOP completed.'),
});

export const check = command({
  name: 'CHECK',
  rfc: '3501#6.4.1',
  grammar: 'CHECK',
  example: 'a5 CHECK',
  parse: nothing,
  run: (session) => session.ok('Check completed.'),
});
