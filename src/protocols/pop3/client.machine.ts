/**
 * The client's states: log in, list, fetch one message after another, leave. Events are what the server says (OK, ERR; EMPTY:
 * OK to STAT with no message; BODY: the content of a multi-line response is complete; NONSENSE), what the host decides (FETCH,
 * REMOVE, DONE) and EOF. Tags say what the endpoint reads: a response `line`, a `body`, nothing while it is `asking`;
 * in a `deciding` state it goes on with its list.
 */
import { createMachine } from 'xstate';
import { CompiledMachine } from '../../core/index.ts';
import { RESPONSE } from './limits.ts';
import type { Transition, Transitions } from './transition.ts';

function go(key: string, rfc: string, target: string, ...actions: readonly string[]): Transition {
  return { target, actions, description: `pop3.client.t.${key}`, meta: { rfc } };
}

const END = ['finish', 'hangUp'] as const;
const lost = go('lost', '1939#3', 'closed', ...END);
const nonsense = go('nonsense', '1939#3', 'closed', ...END);

/** A state that waits for the server. */
function waiting(name: string, rfc: string, on: Transitions, tag: 'line' | 'body' = 'line') {
  return {
    description: `pop3.client.s.${name}`,
    meta: { rfc },
    tags: [tag],
    after: { [RESPONSE]: go('silent', '1939#3', 'closed', ...END) },
    on: { ERR: go('refused', '1939#3', 'leaving', 'sendQuit'), NONSENSE: nonsense, EOF: lost, ...on },
  };
}

/** A state in which it is not the server's turn. */
function thinking(name: string, tag: 'asking' | 'deciding', on: Transitions) {
  return {
    description: `pop3.client.s.${name}`,
    meta: { rfc: '1939#5' },
    tags: [tag],
    on: {
      FETCH: go('fetch', '1939#5', 'retr', 'sendRetr'),
      DONE: go('done', '1939#6', 'quit', 'sendQuit'),
      NONSENSE: nonsense,
      EOF: lost,
      ...on,
    },
  };
}

const definition = createMachine({
  id: 'pop3.client',
  initial: 'greeting',
  on: { '*': { actions: 'ignore', description: 'pop3.client.t.ignored', meta: { rfc: '1939#3' } } },
  states: {
    greeting: waiting('greeting', '1939#4', { OK: go('greeted', '1939#4', 'user', 'sendUser') }),
    user: waiting('user', '1939#7', { OK: go('user-ok', '1939#7', 'pass', 'sendPass') }),
    pass: waiting('pass', '1939#7', { OK: go('pass-ok', '1939#7', 'stat', 'sendStat') }),
    stat: waiting('stat', '1939#5', {
      OK: go('stat-ok', '1939#5', 'list', 'sendList'),
      EMPTY: go('empty', '1939#6', 'quit', 'sendQuit'),
    }),
    list: waiting('list', '1939#5', { OK: go('list-ok', '1939#5', 'listing') }),
    listing: waiting('listing', '1939#5', { BODY: go('listed', '1939#5', 'uidl', 'sendUidl') }, 'body'),
    uidl: waiting('uidl', '1939#7', {
      OK: go('uidl-ok', '1939#7', 'identifying'),
      // UIDL is optional: without it every message is new.
      ERR: go('no-uidl', '1939#7', 'choosing', 'choose'),
    }),
    identifying: waiting('identifying', '1939#7', { BODY: go('identified', '1939#7', 'choosing', 'choose') }, 'body'),
    choosing: thinking('choosing', 'asking', {}),
    retr: waiting('retr', '1939#5', {
      OK: go('retr-ok', '1939#5', 'message'),
      // Another session may have removed it: the others are still wanted.
      ERR: go('not-fetched', '1939#5', 'deciding'),
    }),
    message: waiting('message', '1939#5', { BODY: go('received', '1939#5', 'storing', 'store') }, 'body'),
    storing: thinking('storing', 'asking', { REMOVE: go('remove', '1939#5', 'dele', 'sendDele') }),
    dele: waiting('dele', '1939#5', {
      OK: go('dele-ok', '1939#5', 'deciding'),
      ERR: go('not-deleted', '1939#5', 'deciding'),
    }),
    deciding: thinking('deciding', 'deciding', {}),
    quit: waiting('quit', '1939#6', {
      OK: go('bye', '1939#6', 'closed', ...END),
      ERR: go('not-updated', '1939#6', 'closed', ...END),
    }),
    /** After a refusal: a polite end. */
    leaving: waiting('leaving', '1939#6', {
      OK: go('bye', '1939#6', 'closed', ...END),
      ERR: go('bye', '1939#6', 'closed', ...END),
    }),
    closed: { type: 'final', description: 'pop3.client.s.closed', meta: { rfc: '1939#3' } },
  },
});

export const CLIENT_MACHINE = new CompiledMachine('pop3.client', definition);
