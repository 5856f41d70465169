/**
 * One attempt to hand a message for one destination to the first of its hosts that will take it, by SMTP or LMTP.
 * Owns the walk over hosts and addresses (RFC 5321 §5.1) and the client endpoint; what the outcome means for the queue is
 * decided by the queue.
 */
import type { RecipientOutcome } from '../../mail/index.ts';
import type { CloseReason } from '../../net/socket.ts';
import {
  type ClientAnswer,
  type ClientAsk,
  LMTP_CLIENT,
  type RecipientResult,
  SMTP_CLIENT,
  type Variant,
} from '../../protocols/smtp/index.ts';
import { EndpointSocket } from '../endpoint-socket.ts';
import type { Host } from '../host.ts';
import type { LookupFailure } from '../resolver.ts';
import { CONNECT_TIMEOUT, MAX_HOSTS } from './limits.ts';

export interface Destination {
  readonly variant: Variant;
  /** Host names or literal addresses, best first. */
  readonly hosts: readonly string[];
  readonly port: number;
}

export interface Letter {
  readonly reversePath: string;
  readonly recipients: readonly string[];
  readonly message: Uint8Array;
}

export interface Attempt {
  readonly outcomes: readonly RecipientOutcome[];
  /** The host that gave the last word: `mx1.brisa.example[198.51.100.25]:25`, or `none`. */
  readonly relay: string;
}

/** Carries out one attempt; `done` is called exactly once, always from a later event. */
export function attempt(host: Host, destination: Destination, letter: Letter, done: (result: Attempt) => void): void {
  const hosts = destination.hosts.slice(0, MAX_HOSTS);
  let last: Attempt = { outcomes: all(letter.recipients, 'deferred', 'no host to try', '4.4.4'), relay: 'none' };

  const tryHost = (index: number): void => {
    const name = hosts[index];
    if (name === undefined) return done(last);
    host.resolver?.addresses(name, (result) => {
      if (!result.ok) {
        last = { outcomes: lookupFailed(letter.recipients, name, result.failure), relay: 'none' };
        return tryHost(index + 1);
      }
      tryAddress(name, result.value, 0, () => tryHost(index + 1));
    });
  };

  const tryAddress = (name: string, addresses: readonly string[], index: number, exhausted: () => void): void => {
    const ip = addresses[index];
    if (ip === undefined) return exhausted();
    const relay = `${name}[${ip}]:${destination.port}`;
    session(host, destination, ip, letter, (end) => {
      last = { outcomes: end.outcomes, relay };
      // Another exchanger is tried only when this one said nothing of the message itself.
      if (end.tryAnother) tryAddress(name, addresses, index + 1, exhausted);
      else done(last);
    });
  };

  tryHost(0);
}

interface SessionEnd {
  readonly outcomes: readonly RecipientOutcome[];
  readonly tryAnother: boolean;
}

function session(
  host: Host,
  destination: Destination,
  ip: string,
  letter: Letter,
  done: (end: SessionEnd) => void,
): void {
  const role = destination.variant === 'lmtp' ? LMTP_CLIENT : SMTP_CLIENT;
  const endpoint = role.create({ variant: destination.variant, hostname: host.hostname });
  let given = false;
  let settled = false;
  let finished = false;
  const finish = (end: SessionEnd): void => {
    if (finished) return;
    finished = true;
    timer.cancel();
    done(end);
  };

  const ask = (what: ClientAsk, reply: (answer: ClientAnswer) => void): void => {
    switch (what.kind) {
      case 'next':
        reply(given ? { do: 'quit' } : { do: 'send', transaction: letter });
        given = true;
        return;
      case 'outcome':
        settled = true;
        // The reply to the message is what counts; QUIT may take its time.
        finish({ outcomes: what.recipients.map(outcomeOf), tryAnother: false });
        return;
      case 'ended': {
        const { result } = what;
        if (settled) return;
        finish({
          outcomes: all(
            letter.recipients,
            result.status === 'failed' ? 'failed' : 'deferred',
            replyText(result.code, result.enhanced, result.text, result.cause),
            result.enhanced ?? '4.4.2',
          ),
          tryAnother: result.status === 'deferred',
        });
        return;
      }
    }
  };

  const connection = new EndpointSocket<ClientAsk, ClientAnswer>(host, endpoint, {
    machine: role.id,
    protocol: destination.variant,
    service: destination.variant === 'lmtp' ? 'lmtp' : 'smtp',
    ask,
    ended: (reason) =>
      finish({ outcomes: all(letter.recipients, 'deferred', closeText(reason, ip), '4.4.1'), tryAnother: true }),
  });
  const timer = host.kernel.after(CONNECT_TIMEOUT, () => {
    if (connection.begun || finished) return;
    finish({ outcomes: all(letter.recipients, 'deferred', closeText('timeout', ip), '4.4.1'), tryAnother: true });
    connection.abort();
  });
  connection.opening(host.net.connect({ ip, port: destination.port }, connection));
}

function outcomeOf(result: RecipientResult): RecipientOutcome {
  return {
    address: result.recipient,
    result: result.status,
    reply: replyText(result.code, result.enhanced, result.text, result.cause),
    status: result.enhanced ?? (result.status === 'failed' ? '5.0.0' : result.status === 'done' ? '2.0.0' : '4.0.0'),
  };
}

function all(
  recipients: readonly string[],
  result: 'deferred' | 'failed',
  reply: string,
  status: string,
): readonly RecipientOutcome[] {
  return recipients.map((address) => ({ address, result, reply, status }));
}

function replyText(code: number, enhanced: string | undefined, text: string, cause: string): string {
  if (code === 0) return text === '' ? `conversation failed: ${cause}` : text;
  return [code, enhanced, text].filter((part) => part !== undefined && part !== '').join(' ');
}

function closeText(reason: CloseReason, ip: string): string {
  switch (reason) {
    case 'refused':
      return `connect to ${ip}: Connection refused`;
    case 'timeout':
      return `connect to ${ip}: Connection timed out`;
    default:
      return `lost connection with ${ip}`;
  }
}

/** RFC 3463: 5.1.2 bad destination system, 4.4.3 directory server failure. */
export function lookupFailed(
  recipients: readonly string[],
  name: string,
  failure: LookupFailure,
): readonly RecipientOutcome[] {
  if (failure === 'nxdomain') return all(recipients, 'failed', `Host or domain name not found: ${name}`, '5.1.2');
  if (failure === 'nodata') return all(recipients, 'failed', `Host has no address: ${name}`, '5.1.2');
  return all(recipients, 'deferred', `Name service error for ${name}: ${failure}`, '4.4.3');
}
