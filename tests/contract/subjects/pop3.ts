/** POP3's server and client. */
import { latin1 } from '../../../src/core/index.ts';
import {
  type ClientAnswer,
  type ClientAsk,
  POP3_CLIENT,
  POP3_SERVER,
  type ServerAnswer,
  type ServerAsk,
} from '../../../src/protocols/pop3/index.ts';
import { lines, linesOf, type Subject, subject } from '../subject.ts';

const MESSAGE = 'Subject: uno\r\n\r\nHola.\r\n.punto\r\n.\r\nfin\r\n';

const COMMANDS = [
  ...['USER bruno', 'PASS secret', 'PASS wrong', 'APOP bruno 0123456789abcdef0123456789abcdef', 'CAPA', 'STAT', 'LIST'],
  ...[
    'LIST 1',
    'UIDL',
    'UIDL 2',
    'RETR 1',
    'RETR 2',
    'RETR 99',
    'TOP 1 1',
    'TOP 1',
    'DELE 1',
    'DELE 2',
    'DELE x',
    'RSET',
  ],
  ...['NOOP', 'QUIT', 'XYZZY', ''],
];

function serverHost() {
  return (ask: ServerAsk): ServerAnswer => {
    switch (ask.kind) {
      case 'authenticate':
        if (ask.password !== 'secret') return { ok: false, cause: 'auth' };
        return { ok: true, drop: [10, 11].map((uid) => ({ uid, uidl: `id-${uid}`, size: MESSAGE.length })) };
      case 'digest':
        return { ok: false, cause: 'in-use' };
      case 'message':
        return { message: ask.uid === 10 ? latin1(MESSAGE) : undefined };
      case 'update':
        return { updated: ask.remove.length < 2 };
    }
  };
}

function clientHost() {
  return (ask: ClientAsk): ClientAnswer | undefined => {
    if (ask.kind === 'choose') return { fetch: ask.messages.map(({ number }) => number) };
    return ask.kind === 'fetched' ? { stored: true, remove: ask.number === 1 } : undefined;
  };
}

const RESPONSES = [
  ...[
    '+OK',
    '+OK hello',
    '+OK 2 80',
    '+OK 0 0',
    '+OK many',
    '-ERR [AUTH] no',
    '-ERR [IN-USE] busy',
    '.',
    '1 40',
    '2 40',
  ],
  ...['1 id-1', '2 id-2', 'Subject: uno', '', '..', '.x', '250 ok', '+ok'],
];

export const POP3_SUBJECTS: readonly Subject[] = [
  subject({
    role: POP3_SERVER,
    config: () => ({ hostname: 'pop.brisa.example', timestamp: '<1.2@pop.brisa.example>' }),
    host: serverHost,
    dialogue: lines(
      ...[
        'CAPA',
        'STAT',
        'USER bruno',
        'PASS wrong',
        'APOP bruno 0123456789abcdef0123456789abcdef',
        'USER x',
        'USER bruno',
      ],
      ...[
        'PASS secret',
        'STAT',
        'LIST',
        'UIDL 1',
        'RETR 1',
        'RETR 2',
        'TOP 1 1',
        'DELE 2',
        'RSET',
        'NOOP',
        'XYZZY',
        'DELE 1',
        'QUIT',
      ],
    ),
    input: linesOf(COMMANDS),
    probes: lines(...COMMANDS),
  }),
  subject({
    role: POP3_CLIENT,
    config: () => ({ user: 'bruno', password: 'secret' }),
    host: clientHost,
    dialogue: lines(
      ...['+OK hello', '+OK', '+OK in', '+OK 2 80', '+OK', '1 40', '2 40', '.', '+OK', '1 id-1', '2 id-2', '.', '+OK'],
      ...['Subject: uno', '', '..punto', '.', '+OK gone', '-ERR no such message', '+OK bye'],
    ),
    input: linesOf(RESPONSES),
    probes: lines(...RESPONSES),
    rebuke: (pdu) => pdu.verb === 'QUIT',
  }),
];
