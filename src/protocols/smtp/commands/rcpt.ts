/** RCPT: one recipient (RFC 5321 §4.1.1.3). Counts them; whether one is welcome is the host's say. */
import { smtpError } from '../errors.ts';
import { checkParams } from '../extensions/index.ts';
import { textOf } from '../session.ts';
import { command } from './command.ts';
import { readPath } from './path.ts';

export const rcpt = command({
  verb: 'RCPT',
  rfc: '5321#4.1.1.3',
  grammar: 'RCPT TO:( "<Postmaster@" Domain ">" / "<Postmaster>" / Forward-path ) [SP Rcpt-parameters] CRLF',
  example: 'RCPT TO:<bruno@brisa.example>',
  prepare(argument, session) {
    const read = readPath('TO:', argument, session);
    if (!read.ok) return read.error;
    const { path: mailbox, params } = read.value;
    // Only a reverse-path may be empty.
    if (mailbox === null) return smtpError('recipient-syntax', { expected: 'mailbox', got: '<>' });
    const error = checkParams('rcpt', params, session);
    if (error !== undefined) return error;
    if (session.data.recipients.length >= session.settings.maxRecipients) return smtpError('too-many-recipients');
    session.data.proposedRecipient = { mailbox, params };
    return undefined;
  },
  actions: {
    checkRecipient(session) {
      const proposed = session.data.proposedRecipient;
      if (proposed === undefined) return;
      const { mailbox, params } = proposed;
      session.ask({ kind: 'recipient', mailbox, params, envelope: session.envelope, client: session.client });
    },
    acceptRecipient(session) {
      const { data } = session;
      if (data.proposedRecipient !== undefined) data.recipients.push(data.proposedRecipient);
      session.say(250, '2.1.5', textOf(session.verdict) ?? 'Recipient ok');
    },
  },
});
