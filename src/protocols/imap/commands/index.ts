/** The commands of the server, one line each, in the order of RFC 3501. */
import { append } from './append.ts';
import { capability } from './capability.ts';
import type { ServerCommand } from './command.ts';
import { copy } from './copy.ts';
import { close, expunge, unselect } from './expunge.ts';
import { fetch } from './fetch.ts';
import { idle } from './idle.ts';
import { list, lsub } from './list.ts';
import { authenticate, login } from './login.ts';
import { logout } from './logout.ts';
import { create, deleteMailbox, rename, subscribe, unsubscribe } from './mailboxes.ts';
import { check, noop } from './noop.ts';
import { search } from './search.ts';
import { examine, select } from './select.ts';
import { status } from './status.ts';
import { store } from './store.ts';

export const COMMANDS: readonly ServerCommand[] = [
  capability,
  noop,
  logout,
  authenticate,
  login,
  select,
  examine,
  create,
  deleteMailbox,
  rename,
  subscribe,
  unsubscribe,
  list,
  lsub,
  status,
  append,
  idle,
  check,
  close,
  unselect,
  expunge,
  search,
  fetch,
  store,
  copy,
];

const BY_NAME: ReadonlyMap<string, ServerCommand> = new Map(COMMANDS.map((one) => [one.name, one]));

export function commandOf(name: string): ServerCommand | undefined {
  return BY_NAME.get(name);
}
