/**
 * The server's states (RFC 1939 §3): AUTHORIZATION, TRANSACTION, UPDATE. Which command is in order when, and nothing else. Events are
 * verbs as the client says them; ACCEPT and REFUSE are the host's answers; INVALID is a command in order whose argument is wrong;
 * UNKNOWN is no command at all. Tags say whether the endpoint may read: `command`, or nothing while it is `asking`.
 */
import { createMachine } from 'xstate';
import { CompiledMachine } from '../../core/index.ts';
import { IDLE } from './limits.ts';

interface Transition {
  readonly target?: string;
  readonly reenter?: boolean;
  readonly actions?: readonly string[];
  readonly description: string;
  readonly meta: { readonly rfc: string };
}

function go(key: string, rfc: string, target: string, ...actions: readonly string[]): Transition {
  return { target, actions, description: `pop3.server.t.${key}`, meta: { rfc } };
}

function stay(key: string, rfc: string, state: string, ...actions: readonly string[]): Transition {
  return { ...go(key, rfc, state, ...actions), reenter: true };
}

/** RFC 1939 §3: on autologout the connection closes without entering UPDATE. */
const TIMER = { [IDLE]: go('idle', '1939#3', 'closed', 'tooIdle') };

function commandState(name: string, own: Readonly<Record<string, Transition>>) {
  return {
    description: `pop3.server.s.${name}`,
    meta: { rfc: name === 'transaction' ? '1939#5' : '1939#4' },
    tags: ['command'],
    after: TIMER,
    on: {
      CAPA: stay('capa', '2449#5', name, 'capabilities'),
      INVALID: stay('invalid', '1939#3', name, 'refuse'),
      UNKNOWN: stay('unknown', '1939#3', name, 'refuse'),
      // A known command in the wrong state.
      '*': stay('order', '1939#3', name, 'wrongState'),
      EOF: go('eof', '1939#3', 'closed', 'hangUp'),
      FLOOD: go('flood', '1939#3', 'closed', 'hangUp'),
      TOO_MANY_ERRORS: go('errors', '1939#3', 'closed', 'hangUp'),
      ...own,
    },
  };
}

function asking(name: string, rfc: string, accept: Transition, refuse: Transition) {
  return {
    description: `pop3.server.s.${name}`,
    meta: { rfc },
    tags: ['asking'],
    on: { ACCEPT: accept, REFUSE: refuse, FLOOD: go('flood', '1939#3', 'closed', 'hangUp') },
  };
}

const quit = go('quit', '1939#4', 'closed', 'goodbye');

const definition = createMachine({
  id: 'pop3.server',
  initial: 'greeting',
  on: { '*': { actions: 'ignore', description: 'pop3.server.t.ignored', meta: { rfc: '1939#3' } } },
  states: {
    greeting: {
      description: 'pop3.server.s.greeting',
      meta: { rfc: '1939#4' },
      on: { OPEN: go('open', '1939#4', 'authorization', 'greet') },
    },
    authorization: commandState('authorization', {
      USER: go('user', '1939#7', 'password', 'rememberUser'),
      QUIT: quit,
    }),
    password: commandState('password', {
      USER: stay('user', '1939#7', 'password', 'rememberUser'),
      PASS: go('pass', '1939#7', 'checking', 'authenticate'),
      QUIT: quit,
    }),
    checking: asking(
      'checking',
      '1939#4',
      go('accepted', '1939#4', 'transaction', 'opened'),
      go('refused', '1939#4', 'authorization', 'refuseByHost'),
    ),
    transaction: commandState('transaction', {
      STAT: stay('stat', '1939#5', 'transaction', 'stat'),
      LIST: stay('list', '1939#5', 'transaction', 'list'),
      UIDL: stay('uidl', '1939#7', 'transaction', 'uidl'),
      RETR: go('retr', '1939#5', 'fetching', 'fetch'),
      TOP: go('top', '1939#7', 'fetching', 'fetch'),
      DELE: stay('dele', '1939#5', 'transaction', 'dele'),
      NOOP: stay('noop', '1939#5', 'transaction', 'noop'),
      RSET: stay('rset', '1939#5', 'transaction', 'rset'),
      QUIT: go('quit-update', '1939#6', 'update', 'update'),
    }),
    fetching: asking(
      'fetching',
      '1939#5',
      go('sent', '1939#5', 'transaction', 'sendMessage'),
      go('gone', '1939#5', 'transaction', 'refuseByHost'),
    ),
    update: asking(
      'update',
      '1939#6',
      go('updated', '1939#6', 'closed', 'goodbye'),
      go('not-updated', '1939#6', 'closed', 'refuseByHost', 'hangUp'),
    ),
    closed: { type: 'final', description: 'pop3.server.s.closed', meta: { rfc: '1939#3' } },
  },
});

export const SERVER_MACHINE = new CompiledMachine('pop3.server', definition);
