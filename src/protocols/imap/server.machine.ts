/**
 * The server's states (RFC 3501 §3): which command is in order when, and nothing else. Events are commands by name (`UID
 * FETCH` is FETCH); ACCEPT and REFUSE are the host's answers, NEXT an answer after which the same command asks again;
 * LITERAL and CONTINUED enclose a literal; RESPONSE, CANCEL and DONE are lines of SASL and IDLE. Tags say what may be read.
 */
import { createMachine } from 'xstate';
import { CompiledMachine } from '../../core/index.ts';
import { IDLE, LOGIN_TIME } from './limits.ts';
import type { Transition, Transitions } from './transition.ts';

function go(key: string, rfc: string, target: string, ...actions: readonly string[]): Transition {
  return { target, actions, description: `imap.server.t.${key}`, meta: { rfc } };
}

function stay(key: string, rfc: string, ...actions: readonly string[]): Transition {
  return { actions, description: `imap.server.t.${key}`, meta: { rfc } };
}

const state = (name: string, rfc: string) => ({ description: `imap.server.s.${name}`, meta: { rfc } });

const leaving: Transitions = {
  ERRORS: go('errors', '3501#7.1.5', '#closed', 'bye', 'hangUp'),
  EOF: go('eof', '3501#3.4', '#closed', 'hangUp'),
};

/** Where the host decides; input waits. */
function asking(name: string, rfc: string, accept: string, refuse: string) {
  return {
    ...state(name, rfc),
    tags: ['asking'],
    on: {
      ACCEPT: go('accepted', rfc, accept, 'report'),
      NEXT: stay('next', rfc, 'report'),
      REFUSE: go('refused', rfc, refuse, 'refuseByHost'),
      SHUT: go('shut', '3501#7.1.5', '#closed', 'refuseByHost', 'bye', 'hangUp'),
      FLOOD: go('flood', '3501#7.1.5', '#closed', 'bye', 'hangUp'),
    },
  };
}

/** One of the three states with its inner ones: ready for a command, in the middle of a literal. */
function family(name: string, rfc: string, time: number, own: Transitions, inner: Readonly<Record<string, object>>) {
  return {
    id: name,
    ...state(name, rfc),
    initial: 'ready',
    states: {
      ready: {
        ...state(`${name}.ready`, rfc),
        tags: ['command'],
        after: { [time]: go('autologout', '3501#5.4', '#closed', 'tooIdle', 'hangUp') },
        on: {
          CAPABILITY: stay('capability', '3501#6.1.1', 'run'),
          NOOP: stay('noop', '3501#6.1.2', 'run'),
          LOGOUT: go('logout', '3501#6.1.3', '#closed', 'run', 'hangUp'),
          LITERAL: go('literal', '3501#7.5', 'literal', 'goAhead'),
          INVALID: stay('invalid', '3501#7.1.3', 'bad'),
          UNKNOWN: stay('unknown', '3501#7.1.3', 'bad'),
          ...leaving,
          ...own,
          '*': stay('order', '3501#3', 'bad'),
        },
      },
      literal: {
        ...state('literal', '3501#7.5'),
        tags: ['literal'],
        after: { [time]: go('autologout', '3501#5.4', '#closed', 'tooIdle', 'hangUp') },
        on: {
          LITERAL: stay('literal', '3501#7.5', 'goAhead'),
          CONTINUED: go('continued', '3501#7.5', 'ready'),
          ...leaving,
        },
      },
      ...inner,
    },
  };
}

const work = (name: string, rfc: string): Transition => go(name, rfc, 'working', 'run');

const select: Transitions = {
  SELECT: go('select', '3501#6.3.1', 'selecting', 'run'),
  EXAMINE: go('examine', '3501#6.3.2', 'selecting', 'run'),
};

/** In order as soon as someone is logged in (§6.3). */
const authenticated: Transitions = {
  ...select,
  CREATE: work('create', '3501#6.3.3'),
  DELETE: work('delete', '3501#6.3.4'),
  RENAME: work('rename', '3501#6.3.5'),
  SUBSCRIBE: work('subscribe', '3501#6.3.6'),
  UNSUBSCRIBE: work('unsubscribe', '3501#6.3.7'),
  LIST: work('list', '3501#6.3.8'),
  LSUB: work('lsub', '3501#6.3.9'),
  STATUS: work('status', '3501#6.3.10'),
  APPEND: work('append', '3501#6.3.11'),
  IDLE: go('idle', '2177#3', 'idle', 'goAhead', 'tell'),
};

const idle = {
  ...state('idle', '2177#3'),
  tags: ['line', 'idle'],
  after: { [IDLE]: go('autologout', '2177#3', '#closed', 'tooIdle', 'hangUp') },
  on: {
    DONE: go('done', '2177#3', 'ready', 'run'),
    INVALID: go('not-done', '2177#3', 'ready', 'bad'),
    CHANGED: stay('changed', '2177#3', 'tell'),
    ...leaving,
  },
};

const selecting = asking('selecting', '3501#6.3.1', '#selected', '#authenticated');

const definition = createMachine({
  id: 'imap.server',
  initial: 'greeting',
  on: { '*': { actions: 'bad', description: 'imap.server.t.order', meta: { rfc: '3501#3' } } },
  states: {
    greeting: {
      ...state('greeting', '3501#7.1'),
      on: { OPEN: go('open', '3501#7.1', 'notAuthenticated', 'greet') },
    },
    notAuthenticated: family(
      'notAuthenticated',
      '3501#3.1',
      LOGIN_TIME,
      {
        LOGIN: go('login', '3501#6.2.3', 'checking', 'run'),
        AUTHENTICATE: go('authenticate', '3501#6.2.2', 'sasl', 'goAhead'),
        'AUTHENTICATE-IR': go('initial-response', '4959#3', 'checking', 'run'),
      },
      {
        sasl: {
          ...state('sasl', '3501#6.2.2'),
          tags: ['line'],
          after: { [LOGIN_TIME]: go('autologout', '3501#5.4', '#closed', 'tooIdle', 'hangUp') },
          on: {
            RESPONSE: go('response', '3501#6.2.2', 'checking', 'run'),
            CANCEL: go('cancel', '3501#6.2.2', 'ready', 'bad'),
            INVALID: go('invalid', '3501#6.2.2', 'ready', 'bad'),
            ...leaving,
          },
        },
        checking: asking('checking', '3501#6.2', '#authenticated', 'ready'),
      },
    ),
    authenticated: family('authenticated', '3501#3.2', IDLE, authenticated, {
      working: asking('working', '3501#5.5', 'ready', 'ready'),
      selecting,
      idle,
    }),
    selected: family(
      'selected',
      '3501#3.3',
      IDLE,
      {
        ...authenticated,
        CHECK: stay('check', '3501#6.4.1', 'run'),
        CLOSE: go('close', '3501#6.4.2', 'closing', 'run'),
        UNSELECT: go('unselect', '3691#2', 'closing', 'run'),
        EXPUNGE: work('expunge', '3501#6.4.3'),
        SEARCH: work('search', '3501#6.4.4'),
        FETCH: work('fetch', '3501#6.4.5'),
        STORE: work('store', '3501#6.4.6'),
        COPY: work('copy', '3501#6.4.7'),
      },
      {
        working: asking('working', '3501#5.5', 'ready', 'ready'),
        selecting,
        closing: {
          ...asking('closing', '3501#6.4.2', '#authenticated', '#authenticated'),
        },
        idle,
      },
    ),
    closed: { id: 'closed', type: 'final', ...state('closed', '3501#3.4') },
  },
});

export const SERVER_MACHINE = new CompiledMachine('imap.server', definition);
