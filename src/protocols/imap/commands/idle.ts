/** IDLE (RFC 2177): the client waits and is told at once what changes; DONE ends it. */
import { command, nothing } from './command.ts';

export const idle = command({
  name: 'IDLE',
  rfc: '2177#3',
  grammar: 'IDLE',
  example: 'a4 IDLE',
  parse: nothing,
  // Run when DONE has come.
  run: (session) => session.ok('Idle completed.'),
});
