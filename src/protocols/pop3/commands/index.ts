/** The commands of the server, one line each, in the order of RFC 1939; CAPA, which lists the others, is made here. */
import type { Session } from '../session.ts';
import { apop } from './apop.ts';
import { capa } from './capa.ts';
import type { ServerCommand } from './command.ts';
import { dele } from './dele.ts';
import { list } from './list.ts';
import { noop } from './noop.ts';
import { pass } from './pass.ts';
import { quit } from './quit.ts';
import { retr } from './retr.ts';
import { rset } from './rset.ts';
import { stat } from './stat.ts';
import { top } from './top.ts';
import { uidl } from './uidl.ts';
import { user } from './user.ts';

const OTHERS: readonly ServerCommand[] = [user, pass, apop, stat, list, retr, dele, noop, rset, quit, top, uidl];

export const COMMANDS: readonly ServerCommand[] = [...OTHERS, capa(OTHERS)];

const BY_VERB: ReadonlyMap<string, ServerCommand> = new Map(COMMANDS.map((one) => [one.verb, one]));

export function commandOf(verb: string): ServerCommand | undefined {
  return BY_VERB.get(verb);
}

/** Machine action → what it does. */
export const COMMAND_ACTIONS: ReadonlyMap<string, (session: Session) => void> = new Map(
  COMMANDS.flatMap((one) => Object.entries(one.actions)),
);

export type { ServerCommand } from './command.ts';
