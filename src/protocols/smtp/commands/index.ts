/** The commands of the server, one line each, in the order of RFC 5321 §4.1.1. */
import type { Session } from '../session.ts';
import { auth } from './auth.ts';
import type { ServerCommand } from './command.ts';
import { data } from './data.ts';
import { expn } from './expn.ts';
import { ehlo, helo, lhlo } from './hello.ts';
import { help } from './help.ts';
import { mail } from './mail.ts';
import { noop } from './noop.ts';
import { quit } from './quit.ts';
import { rcpt } from './rcpt.ts';
import { rset } from './rset.ts';
import { starttls } from './starttls.ts';
import { vrfy } from './vrfy.ts';

export const COMMANDS: readonly ServerCommand[] = [
  ehlo,
  helo,
  lhlo,
  mail,
  rcpt,
  data,
  rset,
  vrfy,
  expn,
  help,
  noop,
  quit,
  auth,
  starttls,
];

const BY_VERB: ReadonlyMap<string, ServerCommand> = new Map(COMMANDS.map((one) => [one.verb, one]));

export function commandOf(verb: string): ServerCommand | undefined {
  return BY_VERB.get(verb);
}

/** Machine action → what it does. */
export const COMMAND_ACTIONS: ReadonlyMap<string, (session: Session) => void> = new Map(
  COMMANDS.flatMap((one) => Object.entries(one.actions)),
);

export { advance, hear } from './auth.ts';
export type { ServerCommand } from './command.ts';
