/** Fetching mail by POP3: what is new on the server comes here; leaving a copy there is the user's choice. */
import type { CloseReason } from '../../net/socket.ts';
import { type ClientAnswer, type ClientAsk, POP3_CLIENT } from '../../protocols/pop3/index.ts';
import { EndpointSocket } from '../endpoint-socket.ts';
import type { Host } from '../host.ts';
import type { LookupFailure } from '../resolver.ts';
import type { Server } from './submit.ts';

export type Fetched =
  | { readonly ok: true; readonly count: number }
  | { readonly ok: false; readonly cause: 'lookup'; readonly failure: LookupFailure }
  | { readonly ok: false; readonly cause: 'connect'; readonly reason: CloseReason }
  | { readonly ok: false; readonly cause: 'session'; readonly text: string };

export interface FetchOptions {
  readonly server: Server;
  readonly credentials: { readonly user: string; readonly password: string };
  /** Whether messages stay on the server. */
  readonly leave: boolean;
  /** Unique-ids of messages that are here already. */
  readonly seen: ReadonlySet<string>;
  /** A message has come. True when it is stored safely. */
  readonly store: (uidl: string, message: Uint8Array) => boolean;
}

/** Carries out one session; `done` is called exactly once. */
export function fetchByPop3(host: Host, options: FetchOptions, done: (result: Fetched) => void): void {
  const { server, credentials, leave, seen, store } = options;
  host.resolver?.addresses(server.host, (found) => {
    const ip = found.ok ? found.value[0] : undefined;
    if (ip === undefined) return done({ ok: false, cause: 'lookup', failure: found.ok ? 'nodata' : found.failure });
    let count = 0;
    let finished = false;
    const finish = (result: Fetched): void => {
      if (finished) return;
      finished = true;
      done(result);
    };
    const ask = (what: ClientAsk, reply: (answer: ClientAnswer) => void): void => {
      switch (what.kind) {
        case 'choose':
          return reply({ fetch: what.messages.flatMap(({ number, uidl }) => (seen.has(uidl) ? [] : [number])) });
        case 'fetched': {
          const stored = store(what.uidl, what.message);
          if (stored) count++;
          return reply({ stored: true, remove: stored && !leave });
        }
        case 'ended':
          return finish(what.ok ? { ok: true, count } : { ok: false, cause: 'session', text: what.reason });
      }
    };
    const connection = new EndpointSocket<ClientAsk, ClientAnswer>(host, POP3_CLIENT.create(credentials), {
      machine: POP3_CLIENT.id,
      protocol: 'pop3',
      service: 'mua/pop3',
      ask,
      ended: (reason) => finish({ ok: false, cause: 'connect', reason }),
    });
    connection.opening(host.net.connect({ ip, port: server.port }, connection));
  });
}
