/** What a scenario's script does by itself, as the same actions that people's clicks and keystrokes become. */
import type { Action, Fault } from '../core/index.ts';
import type { ScriptFile } from './scenario-schema.ts';
import { parseDuration } from './units.ts';

export function scriptAction(what: ScriptFile['do']): Action {
  if ('keys' in what) return { type: 'keys', session: what.keys.session, data: what.keys.data };
  if ('fault' in what) return { type: 'fault', fault: scriptFault(what.fault) };
  const { node, send, fetch } = what.mail;
  if (send === undefined) return { type: 'mail', node, command: { do: 'fetch', protocol: fetch ?? 'pop3' } };
  return {
    type: 'mail',
    node,
    command: {
      do: 'send',
      to: send.to,
      ...(send.cc === undefined ? {} : { cc: send.cc }),
      ...(send.bcc === undefined ? {} : { bcc: send.bcc }),
      subject: send.subject,
      body: send.body,
    },
  };
}

function scriptFault(fault: Extract<ScriptFile['do'], { fault: unknown }>['fault']): Fault {
  if ('host' in fault) return { kind: 'host', node: fault.host, down: fault.down };
  if ('account' in fault) {
    const { account, blocked, quota } = fault;
    return {
      kind: 'account',
      address: account,
      ...(blocked === undefined ? {} : { blocked }),
      ...(quota === undefined ? {} : { quota }),
    };
  }
  const { link, delay, loss, duplicate, reorder, down } = fault;
  const micros = delay === undefined ? undefined : parseDuration(delay);
  return {
    kind: 'link',
    link,
    ...(micros === undefined ? {} : { delay: micros }),
    ...(loss === undefined ? {} : { loss }),
    ...(duplicate === undefined ? {} : { duplicate }),
    ...(reorder === undefined ? {} : { reorder }),
    ...(down === undefined ? {} : { down }),
  };
}
