/** SMTP's and LMTP's servers and clients. */
import { latin1 } from '../../../src/core/index.ts';
import {
  type ClientAnswer,
  type ClientAsk,
  LMTP_CLIENT,
  LMTP_SERVER,
  type ServerAnswer,
  type ServerAsk,
  SMTP_CLIENT,
  SMTP_SERVER,
  SMTP_SUBMISSION,
  type Transaction,
} from '../../../src/protocols/smtp/index.ts';
import { lines, linesOf, type Subject, subject } from '../subject.ts';

const COMMANDS = [
  'EHLO pc-ana.alba.example',
  'HELO pc',
  'LHLO smtp.brisa.example',
  'MAIL FROM:<ana@alba.example>',
  'MAIL FROM:<> SIZE=100 BODY=8BITMIME',
  'MAIL FROM:<ana@alba.example> SIZE=99999999',
  'MAIL FROM: ana',
  'RCPT TO:<bruno@brisa.example>',
  'RCPT TO:<nadie@brisa.example>',
  'RCPT TO:<"b c"@[192.0.2.1]>',
  'RCPT TO:<>',
  'DATA',
  'DATA now',
  '.',
  '..',
  'Subject: hola\r\n\r\n.hola\r\n..\r\nadi\xf3s',
  'RSET',
  'NOOP',
  'VRFY ana',
  'EXPN todos',
  'HELP',
  'STARTTLS',
  'AUTH PLAIN AGFuYQBzZWNyZXQ=',
  'AUTH PLAIN AGFuYQB3cm9uZw==',
  'AUTH LOGIN',
  'AUTH CRAM-MD5',
  'YW5h',
  'c2VjcmV0',
  '*',
  'QUIT',
  'XYZZY',
  '',
];

/** ana's password is `secret`; nadie does not exist; the third message finds no room. */
function serverHost() {
  let delivered = 0;
  return (ask: ServerAsk): ServerAnswer => {
    switch (ask.kind) {
      case 'authenticate':
        return ask.password === 'secret' ? { ok: true, user: ask.user } : { ok: 'wrong' };
      case 'sender':
        return { ok: true };
      case 'recipient':
        return ask.mailbox.local === 'nadie'
          ? { ok: false, code: 550, enhanced: '5.1.1', text: 'No such user' }
          : { ok: true };
      case 'deliver': {
        if (++delivered % 3 === 0) return { ok: false, code: 452, enhanced: '4.2.2', text: 'Full' };
        if (delivered % 3 === 1) return { ok: true, text: `queued as ${delivered}` };
        return { perRecipient: ask.envelope.recipients.map((_, i) => ({ ok: true, text: `${i}` })) };
      }
    }
  };
}

const MESSAGE = ['Subject: hola', '', '..punto', 'x'.repeat(900), '.'];

function session(hello: string, ...login: readonly string[]): readonly Uint8Array[] {
  const mail = ['MAIL FROM:<ana@alba.example>', 'RCPT TO:<nadie@brisa.example>', 'RCPT TO:<bruno@brisa.example>'];
  const message = [...mail, 'RCPT TO:<carla@brisa.example>', 'NOOP', 'DATA', ...MESSAGE];
  return lines(
    'XYZZY',
    'NOOP',
    ...hello.split('|'),
    ...login,
    ...message,
    ...mail,
    'RSET',
    ...message,
    ...message,
    'QUIT',
  );
}

const server = (role: typeof SMTP_SERVER, mode: 'relay' | 'submission' | 'lmtp', dialogue: readonly Uint8Array[]) =>
  subject({
    role,
    config: () => ({ mode, hostname: 'mx1.brisa.example', maxSize: 100_000 }),
    host: serverHost,
    dialogue,
    input: linesOf(COMMANDS),
    probes: lines(...COMMANDS, '.'),
    memory: { reading: 600_000, asking: 3_000_000 },
  });

const transaction = (...recipients: readonly string[]): Transaction => ({
  reversePath: 'ana@alba.example',
  recipients,
  message: latin1('Subject: hola\r\n\r\n.hola\r\n'),
});

/** Three messages, then QUIT. */
function clientHost() {
  const queue = [
    transaction('bruno@brisa.example', 'nadie@brisa.example'),
    transaction('nadie@brisa.example'),
    transaction('x'),
  ];
  return (ask: ClientAsk): ClientAnswer | undefined => {
    if (ask.kind !== 'next') return undefined;
    const next = queue.shift();
    return next === undefined ? { do: 'quit' } : { do: 'send', transaction: next };
  };
}

const REPLIES = [
  '220 mx1.brisa.example ESMTP',
  '250-mx1.brisa.example\r\n250-PIPELINING\r\n250-SIZE 100000\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME',
  '250 2.1.0 ok',
  '250-a\r\n251 b',
  '334 VXNlcm5hbWU6',
  '235 in',
  '354 go',
  '421 4.3.2 going down',
  '450 4.2.0 later',
  '500 what?',
  '550 5.1.1 no such user',
  '552 too much',
  '221 bye',
  '999 no code',
  'hello',
];

const EHLO = ['250-mx1.brisa.example', '250-8BITMIME', '250 SIZE 100000'];
const PIPELINED = ['250-mx1.brisa.example', '250-PIPELINING', '250 AUTH LOGIN'];
/** To both recipients of the first message, to the second one's, goodbye; the third is impossible. */
const ONE_BY_ONE = ['250 ok', '250 ok', '550 no', '354 go', '250 queued', '250 ok', '550 no', '250 reset', '221 bye'];
const AHEAD = [
  '250 ok',
  '250 ok',
  '550 no',
  '354 go',
  '250 queued',
  '250 ok',
  '550 no',
  '354 go',
  '554 no recipients',
  '221 bye',
];

const client = (
  role: typeof SMTP_CLIENT,
  dialogue: readonly Uint8Array[],
  variant?: string,
  credentials?: { readonly user: string; readonly password: string },
) =>
  subject({
    role,
    ...(variant === undefined ? {} : { variant }),
    config: () => ({
      variant: role === LMTP_CLIENT ? 'lmtp' : 'smtp',
      hostname: 'smtp.alba.example',
      ...(credentials === undefined ? {} : { credentials }),
    }),
    host: clientHost,
    dialogue,
    input: linesOf(REPLIES),
    probes: lines(...REPLIES),
    // A client says nothing to rubbish but goodbye.
    rebuke: (pdu) => pdu.verb === 'QUIT',
  });

export const SMTP_SUBJECTS: readonly Subject[] = [
  server(SMTP_SERVER, 'relay', session('EHLO pc-ana.alba.example|HELO pc', 'AUTH LOGIN')),
  server(
    SMTP_SUBMISSION,
    'submission',
    session(
      'EHLO pc',
      'MAIL FROM:<a@b.example>',
      'AUTH LOGIN',
      '*',
      'AUTH LOGIN',
      'YW5h',
      'eA==',
      'AUTH LOGIN',
      'YW5h',
      'c2VjcmV0',
    ),
  ),
  server(LMTP_SERVER, 'lmtp', session('LHLO smtp.brisa.example')),
  client(SMTP_CLIENT, lines('220 hello', ...EHLO, ...ONE_BY_ONE)),
  client(
    SMTP_CLIENT,
    lines('220 hello', ...PIPELINED, '334 VXNlcm5hbWU6', '334 UGFzc3dvcmQ6', '235 in', ...AHEAD),
    'logged in, pipelining',
    { user: 'ana', password: 'secret' },
  ),
  client(SMTP_CLIENT, lines('220 hello', '502 what?', '250 hello', ...ONE_BY_ONE), 'with an old server'),
  client(LMTP_CLIENT, lines('220 hello', ...EHLO, ...ONE_BY_ONE)),
];
