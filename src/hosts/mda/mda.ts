/**
 * The mail delivery agent: takes messages by LMTP (RFC 2033) and stores them in its users' mailboxes. It answers for each
 * recipient apart, so that one full mailbox does not hold up the others.
 */
import { concat, latin1 } from '../../core/index.ts';
import { field, receivedField, returnPathField } from '../../mail/index.ts';
import type { TcpEvents, TcpSocket } from '../../net/socket.ts';
import { LMTP_SERVER, type ServerAnswer, type ServerAsk, type Verdict } from '../../protocols/smtp/index.ts';
import { EndpointSocket } from '../endpoint-socket.ts';
import type { Host, Service } from '../host.ts';
import { MAIL_LOG } from '../mta/index.ts';

export const LMTP_PORT = 24;

/** The result of storing one message for one user. */
export type Stored = { readonly ok: true } | { readonly ok: false; readonly cause: 'unknown' | 'blocked' | 'full' };

/** What the agent needs of the mailboxes: whether it may deliver, and to deliver. */
export interface DeliveryStore {
  accepts(address: string): 'ok' | 'unknown' | 'blocked' | 'full';
  deliver(address: string, message: Uint8Array, internalDate: number): Stored;
}

export function mdaService(host: Host, store: DeliveryStore): Service {
  return {
    name: 'lmtpd',
    start() {
      host.net.listen(LMTP_PORT, (socket) => lmtpConnection(host, store, socket));
    },
  };
}

function lmtpConnection(host: Host, store: DeliveryStore, socket: TcpSocket): TcpEvents {
  const ask = (what: ServerAsk, reply: (answer: ServerAnswer) => void): void => {
    switch (what.kind) {
      case 'authenticate':
        return reply({ ok: 'wrong' });
      case 'sender':
        return reply({ ok: true });
      case 'recipient':
        return reply(verdict(store.accepts(what.mailbox.address), what.mailbox.address));
      case 'deliver':
        return reply({ perRecipient: deliver(host, store, socket.remote.ip, what) });
    }
  };
  return new EndpointSocket<ServerAsk, ServerAnswer>(
    host,
    LMTP_SERVER.create({ mode: 'lmtp', hostname: host.hostname }),
    {
      machine: LMTP_SERVER.id,
      protocol: 'lmtp',
      service: 'lmtpd',
      ask,
    },
  ).attach(socket);
}

function deliver(
  host: Host,
  store: DeliveryStore,
  clientIp: string,
  what: Extract<ServerAsk, { kind: 'deliver' }>,
): readonly Verdict[] {
  const { envelope, message, client } = what;
  const id = `L${host.random.integer(0x10_0000, 0xff_ffff).toString(16).toUpperCase()}`;
  const reversePath = envelope.reversePath?.address ?? '';
  return envelope.recipients.map(({ mailbox: { address } }) => {
    // RFC 5321 §4.4: final delivery adds Return-Path, on top, once.
    const head =
      returnPathField(reversePath) +
      receivedField({
        helo: client.hello,
        clientAddress: clientIp,
        by: host.hostname,
        protocol: client.protocol,
        id,
        recipient: address,
        date: host.wallClock,
        utcOffset: host.utcOffset,
      });
    const stored = store.deliver(address, concat([latin1(head), message]), host.wallClock);
    const messageId = field(message, 'message-id') ?? '<>';
    host.log(
      MAIL_LOG,
      `lmtpd(${address}): msgid=${messageId}: ${stored.ok ? "saved mail to mailbox 'INBOX'" : `not saved: ${stored.cause}`}`,
    );
    return stored.ok ? { ok: true, text: `<${address}> Saved` } : verdict(stored.cause, address);
  });
}

function verdict(state: 'ok' | 'unknown' | 'blocked' | 'full', address: string): Verdict {
  switch (state) {
    case 'ok':
      return { ok: true };
    case 'unknown':
      return { ok: false, code: 550, enhanced: '5.1.1', text: `<${address}> User unknown` };
    case 'blocked':
      return { ok: false, code: 550, enhanced: '5.2.1', text: `<${address}> Mailbox disabled` };
    case 'full':
      return { ok: false, code: 452, enhanced: '4.2.2', text: `<${address}> Mailbox full` };
  }
}
