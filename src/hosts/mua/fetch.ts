/**
 * Fetching mail by POP3: what is new on the server comes here; leaving a copy there is the user's choice. Owns one session's
 * outcome as a value; where messages are kept is the caller's business.
 */
import type { CloseReason } from '../../net/socket.ts';
import { type ClientAnswer, type ClientAsk, type Listed, POP3_CLIENT } from '../../protocols/pop3/index.ts';
import { EndpointSocket } from '../endpoint-socket.ts';
import type { Host } from '../host.ts';
import type { LookupFailure } from '../resolver.ts';
import type { Server } from './submit.ts';

export type Fetched =
  /** `count`: messages that came and are stored; `onServer`: messages that the server had when it was asked. */
  | { readonly ok: true; readonly count: number; readonly onServer: number }
  | { readonly ok: false; readonly cause: 'lookup'; readonly failure: LookupFailure }
  | { readonly ok: false; readonly cause: 'connect'; readonly reason: CloseReason }
  /**
   * The session failed at `stage` (a state of the client's machine); `text` is what the server said, or the cause. What came
   * before is stored all the same: `count`.
   */
  | {
      readonly ok: false;
      readonly cause: 'session';
      readonly stage: string;
      readonly text: string;
      readonly count: number;
    };

export interface FetchOptions {
  readonly server: Server;
  readonly credentials: { readonly user: string; readonly password: string };
  /** Whether messages stay on the server. */
  readonly leave: boolean;
  /** Unique-ids of messages that are here already. */
  readonly seen: ReadonlySet<string>;
  /** A message has come. True when it is stored safely: only then may it be deleted on the server. */
  readonly store: (uidl: string, message: Uint8Array) => boolean;
}

/** Carries out one session; `done` is called exactly once. */
export function fetchByPop3(host: Host, options: FetchOptions, done: (result: Fetched) => void): void {
  const { server, credentials } = options;
  const { resolver } = host;
  if (resolver === undefined) return done({ ok: false, cause: 'lookup', failure: 'servfail' });
  resolver.addresses(server.host, (found) => {
    const ip = found.ok ? found.value[0] : undefined;
    if (ip === undefined) return done({ ok: false, cause: 'lookup', failure: found.ok ? 'nodata' : found.failure });
    const session = new FetchSession(options, done);
    const connection = new EndpointSocket<ClientAsk, ClientAnswer>(host, POP3_CLIENT.create(credentials), {
      machine: POP3_CLIENT.id,
      protocol: 'pop3',
      service: 'mua/pop3',
      ask: (what, reply) => session.answer(what, reply),
      ended: (reason) => session.finish({ ok: false, cause: 'connect', reason }),
    });
    connection.opening(host.net.connect({ ip, port: server.port }, connection));
  });
}

class FetchSession {
  private listed: readonly Listed[] = [];
  private count = 0;
  private finished = false;

  constructor(
    private readonly options: FetchOptions,
    private readonly done: (result: Fetched) => void,
  ) {}

  answer(what: ClientAsk, reply: (answer: ClientAnswer) => void): void {
    const { seen, store, leave } = this.options;
    switch (what.kind) {
      case 'choose':
        this.listed = what.messages;
        return reply({ fetch: what.messages.flatMap(({ number, uidl }) => (seen.has(uidl) ? [] : [number])) });
      case 'fetched': {
        const stored = store(what.uidl, what.message);
        if (stored) this.count++;
        return reply({ stored, remove: stored && !leave });
      }
      case 'ended': {
        const { count } = this;
        if (what.ok) return this.finish({ ok: true, count, onServer: this.listed.length });
        const text = what.reason === '' ? what.cause : what.reason;
        return this.finish({ ok: false, cause: 'session', stage: what.stage, text, count });
      }
    }
  }

  finish(result: Fetched): void {
    if (this.finished) return;
    this.finished = true;
    this.done(result);
  }
}
