/**
 * The client's states: which reply is awaited, and what follows from each kind (RFC 5321 §3 and §4.3.2; RFC 2920 §3.1 for
 * what may be sent ahead; RFC 2033 for LMTP). Nothing else. Events are what the replies mean at that point: client.ts says
 * which one a reply is, and implements the actions.
 */
import { createMachine } from 'xstate';
import { CompiledMachine } from '../../core/index.ts';
import * as limits from './limits.ts';
import type { Variant } from './messages.ts';
import type { Transition, Transitions } from './transition.ts';

function go(key: string, rfc: string, target: string, ...actions: readonly string[]): Transition {
  return { target, actions, description: `smtp.client.t.${key}`, meta: { rfc } };
}

/** Awaits the next of several replies of the same kind, each with its own time. */
function again(key: string, rfc: string, state: string, ...actions: readonly string[]): Transition {
  return { ...go(key, rfc, state, ...actions), reenter: true };
}

/** A state that awaits a reply for so many milliseconds. */
function awaiting(name: string, time: number, rfc: string, on: Transitions) {
  return {
    description: `smtp.client.s.${name}`,
    after: { [time]: go('timeout', rfc, 'closed', 'timedOut', 'end') },
    on,
  };
}

function definition(variant: Variant) {
  const lmtp = variant === 'lmtp';
  const giveUp = (rfc: string) => ({
    REFUSED: go('refused', rfc, 'quit', 'recordEnd', 'sayQuit'),
    UNSUPPORTED: go('unsupported', rfc, 'quit', 'sayQuit'),
  });
  const next = (key: string, rfc: string) => go(key, rfc, 'idle', 'settle', 'askNext');
  return {
    id: lmtp ? 'lmtp.client' : 'smtp.client',
    initial: 'connect',
    on: {
      '*': {
        ...go('nonsense', '5321#4.2.1', '.closed', 'nonsense', 'end'),
      },
      // "421 ... may be a reply to any command if the service knows it must shut down" (§4.2.3).
      SHUT: go('shut', '5321#3.8', '.closed', 'recordEnd', 'end'),
      LOST: go('lost', '5321#3.8', '.closed', 'lost', 'end'),
    },
    states: {
      connect: awaiting('connect', limits.GREETING_REPLY, '5321#4.5.3.2.1', {
        GREETED: go('greeted', '5321#3.1', 'hello', 'sayHello'),
        REFUSED: go('refused', '5321#3.1', 'quit', 'recordEnd', 'sayQuit'),
      }),
      hello: awaiting('hello', limits.OTHER_REPLY, '5321#4.5.3.2', {
        OFFERED: go('offered', lmtp ? '2033#4.1' : '5321#4.1.1.1', 'idle', 'askNext'),
        LOGIN: go('login', '4954#4', 'auth', 'sayAuth'),
        // An old server: "SHOULD issue a HELO" (§3.2).
        ...(lmtp ? {} : { FALLBACK: go('fallback', '5321#3.2', 'helo', 'sayHelo') }),
        ...giveUp('5321#4.1.1.1'),
      }),
      ...(lmtp
        ? {}
        : {
            helo: awaiting('helo', limits.OTHER_REPLY, '5321#4.5.3.2', {
              OFFERED: go('helo-accepted', '5321#4.1.1.1', 'idle', 'askNext'),
              ...giveUp('5321#4.1.1.1'),
            }),
          }),
      auth: awaiting('auth', limits.OTHER_REPLY, '5321#4.5.3.2', {
        CHALLENGE: again('challenge', '4954#4', 'auth', 'sayResponse'),
        ACCEPTED: go('auth-accepted', '4954#4', 'idle', 'askNext'),
        REFUSED: go('auth-refused', '4954#6', 'quit', 'recordEnd', 'sayQuit'),
      }),
      idle: {
        description: 'smtp.client.s.idle',
        on: {
          SEND: go('send', '5321#3.3', 'mail', 'sayMail'),
          IMPOSSIBLE: again('impossible', '5321#2.2.1', 'idle', 'settle', 'askNext'),
          QUIT: go('quit', '5321#4.1.1.10', 'quit', 'sayQuit'),
        },
      },
      mail: awaiting('mail', limits.MAIL_REPLY, '5321#4.5.3.2.2', {
        ACCEPTED: go('mail-accepted', '5321#3.3', 'rcpt', 'sayRcpt'),
        REFUSED: next('mail-refused', '5321#3.3'),
        // The replies to what was sent ahead are still to come.
        REFUSED_AHEAD: go('mail-refused-ahead', '2920#3.1', 'draining'),
      }),
      rcpt: awaiting('rcpt', limits.RCPT_REPLY, '5321#4.5.3.2.3', {
        NEXT: again('rcpt-next', '5321#3.3', 'rcpt', 'sayRcpt'),
        LAST: go('rcpt-last', '5321#3.3', 'data', 'sayData'),
        NONE: go('rcpt-none', '5321#3.3', 'rset', 'settle', 'sayRset'),
      }),
      data: awaiting('data', limits.DATA_REPLY, '5321#4.5.3.2.4', {
        INVITED: go('invited', '5321#4.1.1.4', 'content', 'sendContent'),
        REFUSED: go('data-refused', '5321#3.3', 'rset', 'settle', 'sayRset'),
        // "if the DATA command was accepted the client SHOULD send a single dot" (RFC 2920 §3.1).
        INVITED_NONE: go('invited-none', '2920#3.1', 'abandoned', 'sendNothing'),
      }),
      content: awaiting('content', limits.CONTENT_REPLY, '5321#4.5.3.2.6', {
        // LMTP: one reply a recipient (RFC 2033 §4.2).
        ...(lmtp ? { NEXT: again('content-next', '2033#4.2', 'content') } : {}),
        DONE: next('content-done', '5321#4.1.1.4'),
      }),
      draining: awaiting('draining', limits.RCPT_REPLY, '2920#3.1', {
        NEXT: again('drain-next', '2920#3.1', 'draining'),
        DONE: next('drain-done', '2920#3.1'),
        INVITED_NONE: go('invited-none', '2920#3.1', 'abandoned', 'sendNothing'),
      }),
      abandoned: awaiting('abandoned', limits.CONTENT_REPLY, '5321#4.5.3.2.6', {
        DONE: next('abandon-done', '2920#3.1'),
      }),
      rset: awaiting('rset', limits.OTHER_REPLY, '5321#4.5.3.2', {
        ACCEPTED: go('reset', '5321#4.1.1.5', 'idle', 'askNext'),
        REFUSED: go('refused', '5321#4.1.1.5', 'quit', 'recordEnd', 'sayQuit'),
      }),
      quit: awaiting('quit', limits.OTHER_REPLY, '5321#4.5.3.2', {
        DONE: go('goodbye', '5321#4.1.1.10', 'closed', 'recordGoodbye', 'end'),
      }),
      closed: { type: 'final' as const, description: 'smtp.client.s.closed' },
    },
  };
}

// XState's config types want literals; the checked shape is `Transition`.
function compile(variant: Variant): CompiledMachine {
  const config = definition(variant);
  return new CompiledMachine(config.id, createMachine(config as unknown as Parameters<typeof createMachine>[0]));
}

export const CLIENT_MACHINE: CompiledMachine = compile('smtp');
export const LMTP_CLIENT_MACHINE: CompiledMachine = compile('lmtp');
