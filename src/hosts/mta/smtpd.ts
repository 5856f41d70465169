/**
 * The receiving side of the MTA: SMTP server endpoints on ports 25 and 587, whose questions it answers by policy, and which
 * hand accepted messages to the queue. "Store first, answer then" (RFC 5321 §4.2.5): the reply 250 follows the queue entry.
 */
import { concat, latin1 } from '../../core/index.ts';
import { countReceived, field, formatDate, headerText, receivedField } from '../../mail/index.ts';
import type { TcpEvents, TcpSocket } from '../../net/socket.ts';
import { type ServerAnswer, type ServerAsk, type ServerMode, serverRole } from '../../protocols/smtp/index.ts';
import { EndpointSocket } from '../endpoint-socket.ts';
import type { Host } from '../host.ts';
import { type MtaConfig, queueId } from './config.ts';
import { MAX_HOPS } from './limits.ts';
import { judgeRecipient } from './policy.ts';

export const MAIL_LOG = '/var/log/mail.log';

/** What the queue runner must know of an accepted message. */
export type Accepted = (id: string) => void;

/** Makes the handlers of one incoming connection. */
export function smtpConnection(
  host: Host,
  config: MtaConfig,
  mode: ServerMode,
  socket: TcpSocket,
  accepted: Accepted,
): TcpEvents {
  const clientIp = socket.remote.ip;
  const service = mode === 'submission' ? 'submission/smtpd' : 'smtpd';
  const role = serverRole(mode);
  // Many programs send 8-bit text after EHLO without BODY=8BITMIME; like most servers in the field, these take it.
  const endpoint = role.create({ mode, hostname: host.hostname, maxSize: config.maxSize, undeclaredEightBit: true });
  host.log(MAIL_LOG, `${service}: connect from unknown[${clientIp}]`);

  const ask = (what: ServerAsk, reply: (answer: ServerAnswer) => void): void => {
    switch (what.kind) {
      case 'authenticate': {
        const user = config.accounts.authenticate(what.user, what.password);
        host.trace({
          type: 'auth',
          endpoint: connection.endpointId,
          conn: socket.id,
          user: what.user,
          mechanism: what.mechanism,
          ok: user !== undefined,
        });
        if (user === undefined) {
          host.log(MAIL_LOG, `${service}: warning: unknown[${clientIp}]: SASL ${what.mechanism} authentication failed`);
        }
        reply(user === undefined ? { ok: 'wrong' } : { ok: true, user });
        return;
      }
      case 'sender':
        reply({ ok: true });
        return;
      case 'recipient': {
        const verdict = judgeRecipient(config, {
          mode,
          clientIp,
          authenticated: what.client.user !== undefined,
          reversePath: what.envelope.reversePath?.address ?? '',
          address: what.mailbox.address,
          domain: what.mailbox.domain,
          now: host.kernel.now,
        });
        if (verdict.ok === false) {
          host.log(
            MAIL_LOG,
            `${service}: NOQUEUE: reject: RCPT from unknown[${clientIp}]: ${verdict.code} ${verdict.enhanced} ${verdict.text}`,
          );
        }
        reply(verdict);
        return;
      }
      case 'deliver':
        reply(accept(what));
        return;
    }
  };

  const accept = ({ envelope, message, client }: Extract<ServerAsk, { kind: 'deliver' }>): ServerAnswer => {
    if (countReceived(headerText(message)) >= MAX_HOPS) {
      return { ok: false, code: 554, enhanced: '5.4.6', text: 'Too many hops' };
    }
    const id = queueId(config.durable, host.random);
    // A bare "Postmaster" (RFC 5321 §4.5.1) is the one of this server's first domain.
    const home = config.domains[0] ?? host.hostname;
    const recipients = envelope.recipients.map(({ mailbox: { address } }) => ({
      address: address.includes('@') ? address : `${address}@${home}`,
    }));
    const only = recipients.length === 1 ? recipients[0]?.address : undefined;
    const received = receivedField({
      helo: client.hello,
      clientAddress: clientIp,
      by: host.hostname,
      protocol: client.protocol,
      id,
      ...(only === undefined ? {} : { recipient: only }),
      date: host.wallClock,
      utcOffset: host.utcOffset,
    });
    const missing = mode === 'submission' ? submissionFields(host, id, message) : '';
    const whole = concat([latin1(received), latin1(missing), message]);
    const reversePath = envelope.reversePath?.address ?? '';
    config.durable.queue.add({
      id,
      reversePath,
      recipients,
      message: whole,
      arrived: host.kernel.now,
      eightBit: message.some((octet) => octet > 127),
    });
    host.log(
      MAIL_LOG,
      `${service}: ${id}: client=unknown[${clientIp}]${client.user === undefined ? '' : `, sasl_username=${client.user}`}`,
    );
    host.log(
      MAIL_LOG,
      `qmgr: ${id}: from=<${reversePath}>, size=${whole.length}, nrcpt=${recipients.length} (queue active)`,
    );
    host.trace({
      type: 'queue',
      what: 'accepted',
      id,
      sender: reversePath,
      recipients: recipients.map((r) => r.address),
      size: whole.length,
      detail: field(message, 'subject') ?? '',
      length: config.durable.queue.length,
    });
    accepted(id);
    return { ok: true, text: `queued as ${id}` };
  };

  const connection = new EndpointSocket<ServerAsk, ServerAnswer>(host, endpoint, {
    machine: role.id,
    protocol: 'smtp',
    service,
    ask,
    ended: () => host.log(MAIL_LOG, `${service}: disconnect from unknown[${clientIp}]`),
  });
  return connection.attach(socket);
}

/** RFC 6409 §8: a submission server adds Date and Message-ID when they are missing. */
function submissionFields(host: Host, id: string, message: Uint8Array): string {
  const date = field(message, 'date') === undefined ? `Date: ${formatDate(host.wallClock, host.utcOffset)}\r\n` : '';
  const messageId = field(message, 'message-id') === undefined ? `Message-ID: <${id}@${host.hostname}>\r\n` : '';
  return date + messageId;
}
