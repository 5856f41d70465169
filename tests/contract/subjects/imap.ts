/** IMAP's server. */
import { latin1 } from '../../../src/core/index.ts';
import { IMAP_SERVER, type ServerAnswer, type ServerAsk } from '../../../src/protocols/imap/index.ts';
import { lines, linesOf, type Subject, subject } from '../subject.ts';

const MESSAGE = 'From: ana@alba.example\r\nSubject: hola\r\n\r\n\xf1and\xfa\r\n.\r\n';
const INFO = { flags: ['\\Seen'], size: MESSAGE.length, internalDate: 0 };

function host() {
  return (ask: ServerAsk): ServerAnswer => {
    switch (ask.kind) {
      case 'authenticate':
        return ask.password === 'p' ? { kind: 'done' } : { kind: 'refused', problem: 'auth' };
      case 'select':
        if (ask.name !== 'INBOX') return { kind: 'refused', problem: 'missing' };
        return {
          kind: 'selected',
          selected: {
            name: 'INBOX',
            uidValidity: 1,
            uidNext: 9,
            messages: [7, 8].map((uid) => ({ uid, ...INFO })),
            recent: [8],
          },
        };
      case 'messages':
        return {
          kind: 'messages',
          messages: ask.uids.map((uid) => ({ uid, bytes: uid === 7 ? latin1(MESSAGE) : undefined })),
        };
      case 'list':
        return { kind: 'list', mailboxes: [{ name: 'INBOX', subscribed: true, hasChildren: false }] };
      case 'status':
        return { kind: 'status', status: { messages: 2, recent: 1, uidNext: 9, uidValidity: 1, unseen: 1, size: 9 } };
      case 'create':
        return { kind: 'refused', problem: 'exists' };
      default:
        return { kind: 'done' };
    }
  };
}

const COMMANDS = [
  ...[
    'a CAPABILITY',
    'a NOOP',
    'a LOGIN b p',
    'a LOGIN b x',
    'a LOGIN {1}\r\nb {1}\r\np',
    'a LOGIN {1+}\r\nb p',
    'a LOGIN {5000}',
  ],
  ...[
    'a AUTHENTICATE PLAIN',
    'a AUTHENTICATE PLAIN AGIAcA==',
    'AGIAcA==',
    'AGIAeA==',
    '*',
    'a SELECT INBOX',
    'a EXAMINE INBOX',
  ],
  ...[
    'a SELECT none',
    'a LIST "" *',
    'a LSUB "" %',
    'a STATUS INBOX (MESSAGES UNSEEN)',
    'a FETCH 1:* (FLAGS UID)',
    'a FETCH 1 BODY[]',
  ],
  ...[
    'a UID FETCH 7 BODY.PEEK[HEADER]<0.5>',
    'a FETCH 99 ALL',
    'a STORE 1 +FLAGS (\\Deleted)',
    'a UID STORE 7 FLAGS.SILENT ()',
  ],
  ...[
    'a SEARCH SUBJECT hola',
    'a UID SEARCH NOT (SEEN)',
    'a COPY 1 otro',
    'a EXPUNGE',
    'a CLOSE',
    'a UNSELECT',
    'a CHECK',
    'a IDLE',
  ],
  ...[
    'DONE',
    'a CREATE x',
    'a DELETE x',
    'a RENAME x y',
    'a SUBSCRIBE x',
    'a APPEND INBOX (\\Seen) {3}\r\nabc',
    'a LOGOUT',
  ],
  ...['a XYZZY', 'a', '', '* NOOP', 'a UID', 'a UID NOOP'],
];

export const IMAP_SUBJECTS: readonly Subject[] = [
  subject({
    role: IMAP_SERVER,
    config: () => ({ hostname: 'imap.brisa.example' }),
    host,
    dialogue: lines(
      ...[
        'a0 SELECT INBOX',
        'a1 LOGIN {1}',
        'b x',
        'a2 AUTHENTICATE PLAIN',
        'AGIAeA==',
        'a3 AUTHENTICATE PLAIN',
        '*',
        'a4 LOGIN b p',
      ],
      ...[
        'a5 LIST "" *',
        'a6 STATUS INBOX (MESSAGES)',
        'a7 CREATE x',
        'a8 IDLE',
        'DONE',
        'a9 SELECT none',
        'b0 SELECT INBOX',
      ],
      ...[
        'b1 FETCH 1 BODY[]',
        'b2 STORE 1 +FLAGS (\\Deleted)',
        'b3 SEARCH {4}',
        'SEEN',
        'b4 IDLE',
        'DONE',
        'b5 COPY 1 x',
        'b6 EXPUNGE',
      ],
      ...['b7 APPEND INBOX {3}', 'abc', 'b8 CLOSE', 'b9 EXAMINE INBOX', 'c0 FETCH {1}', '1 FLAGS', 'c1 LOGOUT'],
    ),
    input: linesOf(COMMANDS),
    probes: lines(...COMMANDS.filter((command) => !command.includes('{'))),
    // Garbage with a plus sign may open a literal.
    rebuke: (pdu) => pdu.negative === true || pdu.kind === 'continuation',
    memory: { reading: 400_000, asking: 80_000_000 },
  }),
];
