/**
 * Submission (RFC 6409): hands one message to the user's own server by SMTP with AUTH, over one connection.
 * Owns the session's outcome as a value; what to do about a refusal is the user's business.
 */
import type { CloseReason } from '../../net/socket.ts';
import {
  type ClientAnswer,
  type ClientAsk,
  type RecipientResult,
  SMTP_CLIENT,
  type Transaction,
} from '../../protocols/smtp/index.ts';
import { EndpointSocket } from '../endpoint-socket.ts';
import type { Host } from '../host.ts';
import type { LookupFailure } from '../resolver.ts';

export interface Server {
  readonly host: string;
  readonly port: number;
}

export type Submission =
  /** The server answered for every recipient. */
  | { readonly ok: true; readonly recipients: readonly RecipientResult[] }
  /** The session failed before the message could be offered. */
  | { readonly ok: false; readonly cause: 'lookup'; readonly failure: LookupFailure }
  | { readonly ok: false; readonly cause: 'connect'; readonly reason: CloseReason }
  | { readonly ok: false; readonly cause: 'session'; readonly code: number; readonly text: string };

export interface SubmitOptions {
  readonly server: Server;
  /** Absent: no AUTH, as on port 25. */
  readonly credentials?: { readonly user: string; readonly password: string };
  readonly transaction: Transaction;
}

/** Carries out one submission; `done` is called exactly once. */
export function submit(host: Host, options: SubmitOptions, done: (result: Submission) => void): void {
  const { server, credentials, transaction } = options;
  host.resolver?.addresses(server.host, (found) => {
    const ip = found.ok ? found.value[0] : undefined;
    if (ip === undefined) return done({ ok: false, cause: 'lookup', failure: found.ok ? 'nodata' : found.failure });
    const endpoint = SMTP_CLIENT.create({
      variant: 'smtp',
      hostname: host.hostname,
      // A person's program shows one command after another; a relay pipelines.
      pipelining: false,
      ...(credentials === undefined ? {} : { credentials }),
    });
    let given = false;
    let finished = false;
    const finish = (result: Submission): void => {
      if (finished) return;
      finished = true;
      done(result);
    };
    const ask = (what: ClientAsk, reply: (answer: ClientAnswer) => void): void => {
      if (what.kind === 'next') {
        reply(given ? { do: 'quit' } : { do: 'send', transaction });
        given = true;
      } else if (what.kind === 'outcome') {
        finish({ ok: true, recipients: what.recipients });
      } else {
        finish({ ok: false, cause: 'session', code: what.result.code, text: what.result.text });
      }
    };
    const connection = new EndpointSocket<ClientAsk, ClientAnswer>(host, endpoint, {
      machine: SMTP_CLIENT.id,
      protocol: 'smtp',
      service: 'mua/smtp',
      ask,
      ended: (reason) => finish({ ok: false, cause: 'connect', reason }),
    });
    connection.opening(host.net.connect({ ip, port: server.port }, connection));
  });
}
