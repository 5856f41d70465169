/**
 * The server's states and transitions: which command is in order when (RFC 5321 §4.1.4), and nothing else. Three machines
 * out of one description, for the three services: `relay` (port 25), `submission` (587, RFC 6409: log in first) and `lmtp`
 * (RFC 2033). Names of actions are implemented in commands/ and server.ts.
 *
 * Events are verbs as the client says them; ACCEPT, REFUSE and SHUT are the host's answers; INVALID is a command that is in
 * order but wrong in itself; UNKNOWN is no command at all. Tags say what the endpoint may read: `command` lines, an AUTH
 * `response` line, `content`, or nothing while it is `asking`.
 */
import { createMachine } from 'xstate';
import { CompiledMachine } from '../../core/index.ts';
import type { ServerMode } from './asks.ts';
import { SERVER_IDLE } from './limits.ts';
import type { Transition, Transitions } from './transition.ts';

function go(key: string, rfc: string, target: string, ...actions: readonly string[]): Transition {
  return { target, actions, description: `smtp.server.t.${key}`, meta: { rfc } };
}

/** Stays, and begins the wait for the next command anew. */
function stay(key: string, rfc: string, state: string, ...actions: readonly string[]): Transition {
  return { ...go(key, rfc, state, ...actions), reenter: true };
}

const IDLE = {
  [SERVER_IDLE]: go('idle', '5321#4.5.3.2.7', 'closed', 'tooIdle'),
};

/** A state that waits for a command line. */
function commandState(name: string, own: Transitions, tags: readonly string[] = ['command']) {
  return {
    description: `smtp.server.s.${name}`,
    tags,
    after: IDLE,
    on: {
      INVALID: stay('invalid', '5321#4.2.4', name, 'refuse'),
      UNKNOWN: stay('unknown', '5321#4.2.4', name, 'refuse'),
      ...own,
    },
  };
}

/** Commands that change nothing and are welcome at any time (§4.1.4). */
function harmless(name: string): Transitions {
  return {
    NOOP: stay('noop', '5321#4.1.1.9', name, 'noop'),
    HELP: stay('help', '5321#4.1.1.8', name, 'help'),
    VRFY: stay('vrfy', '5321#4.1.1.6', name, 'verify'),
    EXPN: stay('expn', '5321#4.1.1.7', name, 'expand'),
    QUIT: go('quit', '5321#4.1.1.10', 'closed', 'goodbye'),
    STARTTLS: stay('starttls', '3207#4', name, 'notOffered'),
  };
}

/** A state in which the host is deciding; input waits. */
function asking(name: string, accept: Transition, refuse: Transition) {
  return { description: `smtp.server.s.${name}`, tags: ['asking'], on: { ACCEPT: accept, REFUSE: refuse } };
}

function definition(mode: ServerMode) {
  const anytime = (name: string): Transitions =>
    mode === 'submission'
      ? harmless(name)
      : { ...harmless(name), AUTH: stay('auth-not-offered', '5321#4.2.4', name, 'notOffered') };
  const id = mode === 'relay' ? 'smtp.server' : mode === 'submission' ? 'smtp.submission' : 'lmtp.server';
  /** Where a transaction may begin, and where it ends. */
  const home = mode === 'submission' ? 'authenticated' : 'greeted';

  /** §4.1.4: a later EHLO clears the transaction as RSET does. LMTP knows LHLO only (RFC 2033 §4.1). */
  const hello = (target: string): Transitions =>
    mode === 'lmtp'
      ? { LHLO: { ...go('lhlo', '2033#4.1', target, 'reset', 'hello'), reenter: true } }
      : {
          EHLO: { ...go('ehlo', '5321#4.1.1.1', target, 'reset', 'hello'), reenter: true },
          HELO: { ...go('helo', '5321#4.1.1.1', target, 'reset', 'hello'), reenter: true },
        };
  const reset = (target: string): Transitions => ({
    RSET: { ...go('rset', '5321#4.1.1.5', target, 'reset', 'confirmReset'), reenter: true },
  });
  const begin = { MAIL: go('mail', '5321#4.1.1.2', 'checkingSender', 'checkSender') };

  const logIn = {
    greeted: commandState('greeted', {
      ...anytime('greeted'),
      ...hello('greeted'),
      ...reset('greeted'),
      MAIL: stay('mail-before-auth', '6409#4.3', 'greeted', 'requireAuth'),
      AUTH: go('auth', '4954#4', 'auth', 'beginAuth'),
    }),
    auth: {
      description: 'smtp.server.s.auth',
      tags: ['response'],
      after: IDLE,
      on: {
        CHALLENGE: stay('challenge', '4954#4', 'auth', 'challenge'),
        CREDENTIALS: go('credentials', '4954#4', 'authenticating', 'checkCredentials'),
        CANCEL: go('auth-cancel', '4954#4', 'greeted', 'refuse'),
        INVALID: go('auth-invalid', '4954#4', 'greeted', 'refuse'),
      },
    },
    authenticating: asking(
      'authenticating',
      go('auth-accept', '4954#6', 'authenticated', 'authenticated'),
      go('auth-refuse', '4954#6', 'greeted', 'refuseByHost'),
    ),
    authenticated: commandState('authenticated', {
      ...anytime('authenticated'),
      ...hello('authenticated'),
      ...reset('authenticated'),
      ...begin,
    }),
  };
  const open = {
    greeted: commandState('greeted', { ...anytime('greeted'), ...hello('greeted'), ...reset('greeted'), ...begin }),
  };

  return {
    id,
    initial: 'greeting',
    on: {
      '*': { actions: ['badSequence'], description: 'smtp.server.t.bad-sequence', meta: { rfc: '5321#4.1.4' } },
      SHUT: { ...go('shut', '5321#3.8', '.closed', 'shut') },
      FLOOD: { ...go('flood', '5321#7.8', '.closed', 'refuse', 'hangUp') },
      ERRORS: { ...go('errors', '5321#7.8', '.closed', 'refuse', 'hangUp') },
      EOF: { ...go('eof', '5321#4.1.1.10', '.closed', 'hangUp') },
    },
    states: {
      greeting: {
        description: 'smtp.server.s.greeting',
        on: {
          OPEN: go('open', '5321#3.1', 'ready', 'greet'),
          DECLINE: go('decline', '5321#3.1', 'declining', 'decline'),
          BUSY: go('busy', '5321#3.8', 'closed', 'decline', 'hangUp'),
        },
      },
      // "MUST still wait for the client to send a QUIT ... and SHOULD respond to any intervening commands with 503" (§3.1).
      declining: {
        description: 'smtp.server.s.declining',
        tags: ['command'],
        after: IDLE,
        on: {
          QUIT: go('quit', '5321#4.1.1.10', 'closed', 'goodbye'),
          INVALID: stay('declined', '5321#3.1', 'declining', 'noService'),
          UNKNOWN: stay('declined', '5321#3.1', 'declining', 'noService'),
          '*': stay('declined', '5321#3.1', 'declining', 'noService'),
        },
      },
      ready: commandState('ready', { ...anytime('ready'), ...hello('greeted'), ...reset('ready') }),
      ...(mode === 'submission' ? logIn : open),
      checkingSender: asking(
        'checkingSender',
        go('sender-accept', '5321#3.3', 'mail', 'acceptSender'),
        go('sender-refuse', '5321#3.3', home, 'refuseByHost'),
      ),
      mail: commandState('mail', {
        ...anytime('mail'),
        ...hello(home),
        ...reset(home),
        RCPT: go('rcpt', '5321#4.1.1.3', 'checkingFirstRecipient', 'checkRecipient'),
      }),
      checkingFirstRecipient: asking(
        'checkingFirstRecipient',
        go('recipient-accept', '5321#3.3', 'rcpt', 'acceptRecipient'),
        go('recipient-refuse', '5321#3.3', 'mail', 'refuseByHost'),
      ),
      rcpt: commandState('rcpt', {
        ...anytime('rcpt'),
        ...hello(home),
        ...reset(home),
        RCPT: go('rcpt', '5321#4.1.1.3', 'checkingRecipient', 'checkRecipient'),
        DATA: go('data', '5321#4.1.1.4', 'data', 'invite'),
      }),
      checkingRecipient: asking(
        'checkingRecipient',
        go('recipient-accept', '5321#3.3', 'rcpt', 'acceptRecipient'),
        go('recipient-refuse', '5321#3.3', 'rcpt', 'refuseByHost'),
      ),
      data: {
        description: 'smtp.server.s.data',
        tags: ['content'],
        after: {
          [SERVER_IDLE]: go('idle', '5321#4.5.3.2.7', 'closed', 'tooIdle'),
        },
        on: {
          PROGRESS: stay('progress', '5321#4.5.3.2.5', 'data'),
          CONTENT: go('content', '5321#4.1.1.4', 'delivering', 'deliver'),
          BAD_CONTENT: go('bad-content', '5321#4.5.3.1.10', home, 'refuseContent', 'reset'),
        },
      },
      delivering: {
        description: 'smtp.server.s.delivering',
        tags: ['asking'],
        on: {
          ACCEPT: go('deliver-accept', '5321#4.2.5', home, 'queued', 'reset'),
          REFUSE: go('deliver-refuse', '5321#4.2.5', home, 'refuseDelivery', 'reset'),
          // One reply a recipient (RFC 2033 §4.2).
          REPORT: go('deliver-report', '2033#4.2', home, 'report', 'reset'),
        },
      },
      closed: { type: 'final' as const, description: 'smtp.server.s.closed' },
    },
  };
}

// XState's config types want literals; the checked shape is `Transition` above.
function compile(mode: ServerMode): CompiledMachine {
  const config = definition(mode);
  return new CompiledMachine(config.id, createMachine(config as unknown as Parameters<typeof createMachine>[0]));
}

export const RELAY_MACHINE: CompiledMachine = compile('relay');
export const SUBMISSION_MACHINE: CompiledMachine = compile('submission');
export const LMTP_MACHINE: CompiledMachine = compile('lmtp');

export function serverMachine(mode: ServerMode): CompiledMachine {
  return mode === 'relay' ? RELAY_MACHINE : mode === 'submission' ? SUBMISSION_MACHINE : LMTP_MACHINE;
}
