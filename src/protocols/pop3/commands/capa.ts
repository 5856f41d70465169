/** CAPA: what this server can do beyond RFC 1939's minimum (RFC 2449 §5), made from what the commands say of themselves. */
import { command, type ServerCommand } from './command.ts';

/** Capabilities that are no command. */
const MORE = [
  // RFC 2449 §6.4: codes in brackets; RFC 3206 §6: AUTH and SYS are among them.
  'RESP-CODES',
  'AUTH-RESP-CODE',
  // RFC 2449 §6.6.
  'PIPELINING',
  // RFC 2449 §6.7: nothing is ever removed but by the user.
  'EXPIRE NEVER',
  'IMPLEMENTATION Estafeta',
];

export function capa(others: readonly ServerCommand[]): ServerCommand {
  const own = others.flatMap(({ capability }) => (capability === undefined ? [] : [capability]));
  const lines = [...own, ...MORE];
  return command({
    verb: 'CAPA',
    rfc: '2449#5',
    actions: {
      capabilities(session) {
        session.list('Capability list follows', lines);
      },
    },
  });
}
