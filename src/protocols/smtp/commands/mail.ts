/** MAIL: begins a transaction with its reverse-path (RFC 5321 §4.1.1.2). Whether the sender is welcome is the host's say. */
import { smtpError } from '../errors.ts';
import { checkParams, MAIL_LINE_ADDS } from '../extensions/index.ts';
import { COMMAND_LINE } from '../limits.ts';
import { textOf } from '../session.ts';
import { command } from './command.ts';
import { readPath } from './path.ts';

export const mail = command({
  verb: 'MAIL',
  rfc: '5321#4.1.1.2',
  grammar: 'MAIL FROM:Reverse-path [SP Mail-parameters] CRLF',
  example: 'MAIL FROM:<ana@alba.example>',
  longest: COMMAND_LINE + MAIL_LINE_ADDS,
  prepare(argument, session) {
    const read = readPath('FROM:', argument, session);
    if (!read.ok) return read.error;
    const { path, params } = read.value;
    if (path?.domain === '') return smtpError('sender-syntax', { expected: '@', got: path.address });
    const error = checkParams('mail', params, session);
    if (error !== undefined) return error;
    session.data.proposedSender = { path, params };
    return undefined;
  },
  actions: {
    requireAuth(session) {
      session.refuse(smtpError('auth-required'));
    },
    checkSender(session) {
      const proposed = session.data.proposedSender;
      if (proposed === undefined) return;
      session.ask({ kind: 'sender', reversePath: proposed.path, params: proposed.params, client: session.client });
    },
    acceptSender(session) {
      const { data } = session;
      data.reversePath = data.proposedSender?.path ?? null;
      data.params = data.proposedSender?.params ?? {};
      data.recipients = [];
      session.say(250, '2.1.0', textOf(session.verdict) ?? 'Sender ok');
    },
  },
});
