/**
 * The client's states: log in, list, fetch one message after another, leave. Events are what the server says (OK, ERR, BODY: a
 * multi-line response is complete, NONSENSE) and what the host decides (FETCH, REMOVE, KEEP, DONE).
 */
import { createMachine } from 'xstate';
import { CompiledMachine } from '../../core/index.ts';
import { RESPONSE } from './limits.ts';

interface Transition {
  readonly target: string;
  readonly actions?: readonly string[];
  readonly description: string;
  readonly meta: { readonly rfc: string };
}

function go(key: string, rfc: string, target: string, ...actions: readonly string[]): Transition {
  return { target, actions, description: `pop3.client.t.${key}`, meta: { rfc } };
}

/** A state that waits for the server. */
function waiting(name: string, rfc: string, on: Readonly<Record<string, Transition>>, tag = 'line') {
  return {
    description: `pop3.client.s.${name}`,
    meta: { rfc },
    tags: [tag],
    after: { [RESPONSE]: go('silent', '1939#3', 'closed', 'fail') },
    on: {
      ERR: go('refused', rfc, 'leaving', 'fail', 'sendQuit'),
      NONSENSE: go('nonsense', '1939#3', 'closed', 'fail'),
      EOF: go('lost', '1939#3', 'closed', 'fail'),
      ...on,
    },
  };
}

function deciding(name: string, rfc: string, on: Readonly<Record<string, Transition>>) {
  return {
    description: `pop3.client.s.${name}`,
    meta: { rfc },
    tags: ['asking'],
    on: { EOF: go('lost', '1939#3', 'closed', 'fail'), ...on },
  };
}

const definition = createMachine({
  id: 'pop3.client',
  initial: 'greeting',
  on: { '*': { actions: 'ignore', description: 'pop3.client.t.ignored', meta: { rfc: '1939#3' } } },
  states: {
    greeting: waiting('greeting', '1939#4', { OK: go('greeted', '1939#4', 'user', 'sendUser') }),
    user: waiting('user', '1939#7', { OK: go('user-ok', '1939#7', 'pass', 'sendPass') }),
    pass: waiting('pass', '1939#7', { OK: go('pass-ok', '1939#7', 'uidl', 'sendUidl') }),
    uidl: waiting('uidl', '1939#7', { OK: go('uidl-ok', '1939#7', 'listing') }),
    listing: waiting('listing', '1939#7', { BODY: go('listed', '1939#7', 'choosing', 'choose') }, 'body'),
    choosing: deciding('choosing', '1939#5', {
      FETCH: go('fetch', '1939#5', 'retr', 'sendRetr'),
      DONE: go('done', '1939#6', 'quit', 'sendQuit'),
    }),
    retr: waiting('retr', '1939#5', { OK: go('retr-ok', '1939#5', 'message') }),
    message: waiting('message', '1939#5', { BODY: go('received', '1939#5', 'storing', 'store') }, 'body'),
    storing: deciding('storing', '1939#5', {
      REMOVE: go('remove', '1939#5', 'dele', 'sendDele'),
      FETCH: go('fetch', '1939#5', 'retr', 'sendRetr'),
      DONE: go('done', '1939#6', 'quit', 'sendQuit'),
    }),
    dele: waiting('dele', '1939#5', { OK: go('dele-ok', '1939#5', 'deciding', 'goOn') }),
    deciding: deciding('deciding', '1939#5', {
      FETCH: go('fetch', '1939#5', 'retr', 'sendRetr'),
      DONE: go('done', '1939#6', 'quit', 'sendQuit'),
    }),
    quit: waiting('quit', '1939#6', {
      OK: go('bye', '1939#6', 'closed', 'succeed'),
      ERR: go('not-updated', '1939#6', 'closed', 'fail'),
    }),
    /** After a refusal: a polite end. */
    leaving: waiting('leaving', '1939#6', {
      OK: go('bye', '1939#6', 'closed'),
      ERR: go('bye', '1939#6', 'closed'),
    }),
    closed: { type: 'final', description: 'pop3.client.s.closed', meta: { rfc: '1939#3' } },
  },
});

export const CLIENT_MACHINE = new CompiledMachine('pop3.client', definition);
