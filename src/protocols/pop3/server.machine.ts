/**
 * The server's states (RFC 1939 §3): AUTHORIZATION, TRANSACTION, UPDATE; which command is in order when, and nothing else.
 * Names of actions are implemented in commands/ and server.ts.
 *
 * Events are verbs as the client says them; ACCEPT, REFUSE and SHUT are the host's answers; INVALID is a command that is in
 * order but wrong in itself; UNKNOWN is no command at all; ERRORS and FLOOD are the endpoint's patience at its end. Tags say
 * what the endpoint may read: `command` lines, or nothing while it is `asking`.
 */
import { createMachine } from 'xstate';
import { CompiledMachine } from '../../core/index.ts';
import { IDLE } from './limits.ts';
import type { Transition, Transitions } from './transition.ts';

function go(key: string, rfc: string, target: string, ...actions: readonly string[]): Transition {
  return { target, actions, description: `pop3.server.t.${key}`, meta: { rfc } };
}

/** Stays, and begins the wait for the next command anew: "The receipt of any command … should suffice" (§3). */
function stay(key: string, rfc: string, state: string, ...actions: readonly string[]): Transition {
  return { ...go(key, rfc, state, ...actions), reenter: true };
}

/** A state that waits for a command line. */
function commandState(name: string, rfc: string, own: Transitions) {
  return {
    description: `pop3.server.s.${name}`,
    meta: { rfc },
    tags: ['command'],
    // "the session does NOT enter the UPDATE state" (§3).
    after: { [IDLE]: go('idle', '1939#3', 'closed', 'tooIdle') },
    on: {
      CAPA: stay('capa', '2449#5', name, 'capabilities'),
      INVALID: stay('invalid', '1939#3', name, 'refuse'),
      UNKNOWN: stay('unknown', '1939#3', name, 'refuse'),
      ERRORS: go('errors', '1939#3', 'closed', 'refuse', 'hangUp'),
      EOF: go('eof', '1939#6', 'closed', 'hangUp'),
      ...own,
      // A command of another state: "a negative status indicator" (§3).
      '*': stay('order', '1939#3', name, 'badSequence'),
    },
  };
}

/** A state in which the host is deciding; input waits. */
function asking(name: string, rfc: string, accept: Transition, refuse: Transition, more: Transitions = {}) {
  return {
    description: `pop3.server.s.${name}`,
    meta: { rfc },
    tags: ['asking'],
    on: {
      ACCEPT: accept,
      REFUSE: refuse,
      FLOOD: go('flood', '2449#6.6', 'closed', 'refuse', 'hangUp'),
      ...more,
    },
  };
}

const quit = go('quit', '1939#4', 'closed', 'goodbye', 'hangUp');
const apop = go('apop', '1939#7', 'checking', 'authenticateDigest');

const definition = createMachine({
  id: 'pop3.server',
  initial: 'greeting',
  on: { '*': { actions: 'badSequence', description: 'pop3.server.t.order', meta: { rfc: '1939#3' } } },
  states: {
    greeting: {
      description: 'pop3.server.s.greeting',
      meta: { rfc: '1939#4' },
      on: { OPEN: go('open', '1939#4', 'authorization', 'greet') },
    },
    authorization: commandState('authorization', '1939#4', {
      USER: go('user', '1939#7', 'password', 'rememberUser'),
      APOP: apop,
      QUIT: quit,
    }),
    /** USER has been said: "the client may then issue either the PASS command …, or the QUIT command" (§7). */
    password: commandState('password', '1939#7', {
      PASS: go('pass', '1939#7', 'checking', 'authenticate'),
      USER: stay('user-again', '1939#7', 'password', 'rememberUser'),
      APOP: apop,
      QUIT: quit,
    }),
    checking: asking(
      'checking',
      '1939#4',
      go('accepted', '1939#4', 'transaction', 'open'),
      go('refused', '1939#4', 'authorization', 'refuseByHost'),
      { SHUT: go('refused-again', '1939#4', 'closed', 'refuseByHost', 'hangUp') },
    ),
    transaction: commandState('transaction', '1939#5', {
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
      go('updated', '1939#6', 'closed', 'goodbye', 'hangUp'),
      go('not-updated', '1939#6', 'closed', 'refuseByHost', 'hangUp'),
    ),
    closed: { type: 'final', description: 'pop3.server.s.closed', meta: { rfc: '1939#3' } },
  },
});

export const SERVER_MACHINE = new CompiledMachine('pop3.server', definition);
