/** The commands of the server, one line each, in the order of RFC 3501. */
import { capability } from './capability.ts';
import type { ServerCommand } from './command.ts';
import { fetch } from './fetch.ts';
import { list, lsub } from './list.ts';
import { authenticate, login } from './login.ts';
import { logout } from './logout.ts';
import { check, noop } from './noop.ts';
import { examine, select } from './select.ts';
import { status } from './status.ts';

export const COMMANDS: readonly ServerCommand[] = [
  capability,
  noop,
  logout,
  authenticate,
  login,
  select,
  examine,
  list,
  lsub,
  status,
  check,
  fetch,
];

const BY_NAME: ReadonlyMap<string, ServerCommand> = new Map(COMMANDS.map((one) => [one.name, one]));

export function commandOf(name: string): ServerCommand | undefined {
  return BY_NAME.get(name);
}
