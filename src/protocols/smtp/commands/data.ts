/** DATA: the content and what becomes of it (RFC 5321 §4.1.1.4; RFC 2033 §4.2 for one reply a recipient). */
import { smtpError } from '../errors.ts';
import type { Verdict } from '../messages.ts';
import { refusalIn, type Session, textOf } from '../session.ts';
import { command } from './command.ts';

function refuseDelivery(session: Session): void {
  const refusal = refusalIn(session.verdict);
  if (refusal === undefined) return;
  // LMTP: as many replies as accepted recipients, also when they are all the same.
  const replies = session.settings.variant === 'lmtp' ? session.data.recipients.length : 1;
  for (let i = 0; i < replies; i++) session.reply(refusal);
}

function accepted(session: Session, verdict: Verdict | undefined): void {
  session.say(250, '2.0.0', textOf(verdict) ?? 'Message accepted for delivery');
}

export const data = command({
  verb: 'DATA',
  rfc: '5321#4.1.1.4',
  grammar: 'DATA CRLF',
  actions: {
    invite(session) {
      session.reply({ code: 354, lines: ['End data with <CR><LF>.<CR><LF>'] });
    },
    deliver(session) {
      const { message, envelope, client } = session;
      if (message !== undefined) session.ask({ kind: 'deliver', envelope, message, client });
      session.message = undefined;
    },
    refuseContent(session) {
      const replies = session.settings.variant === 'lmtp' ? session.data.recipients.length : 1;
      for (let i = 0; i < replies; i++) session.refuse(session.error ?? smtpError('syntax'));
    },
    refuseDelivery,
    queued(session) {
      const verdict = session.verdict as Verdict | undefined;
      const replies = session.settings.variant === 'lmtp' ? session.data.recipients.length : 1;
      for (let i = 0; i < replies; i++) accepted(session, verdict);
    },
    report(session) {
      const { verdict } = session;
      const each = verdict !== undefined && 'perRecipient' in verdict ? verdict.perRecipient : [];
      for (let i = 0; i < session.data.recipients.length; i++) {
        // A host that says nothing of a recipient has not taken it.
        const one: Verdict = each[i] ?? {
          ok: false,
          code: 451,
          enhanced: '4.3.0',
          text: 'No result for this recipient',
        };
        const refusal = refusalIn(one);
        if (refusal === undefined) accepted(session, one);
        else session.reply(refusal);
      }
    },
  },
});
