/**
 * The recursive name server as a service of a host: one cache, and the questions it puts to other servers. A crash
 * empties the cache, as in life.
 */
import type { SocketAddress } from '../../core/index.ts';
import {
  Cache,
  type CacheLine,
  limits,
  type RecursiveAnswer,
  type RecursiveAsk,
  RecursiveServer,
  rdataBrief,
  typeName,
} from '../../protocols/dns/index.ts';
import type { Host, Service } from '../host.ts';
import { drawId, Exchange } from './exchange.ts';
import { DNS_PORT, NameServer } from './name-server.ts';
import { OWN_EDNS } from './query.ts';

export interface RecursiveService extends Service {
  /** What it remembers now: for views and `rndc dumpdb`. */
  cacheLines(): readonly CacheLine[];
  /** `rndc flush`. */
  flush(): void;
}

export interface RecursiveOptions {
  /** Root hints: the root servers' names and addresses. */
  readonly roots: readonly { readonly name: string; readonly address: string }[];
}

class Recursive extends NameServer<RecursiveAsk, RecursiveAnswer> implements RecursiveService {
  constructor(
    host: Host,
    options: RecursiveOptions,
    private readonly cache: Cache,
  ) {
    super(host, {
      machine: 'dns.recursive',
      create: (transport) => new RecursiveServer({ cache, roots: options.roots, transport }),
      ask: (what, reply) => askServer(host, what, reply),
      crashed: () => cache.clear(),
    });
  }

  cacheLines(): readonly CacheLine[] {
    return this.cache.lines();
  }

  flush(): void {
    this.cache.clear();
  }
}

/** Makes the service; the caller adds it to the host. */
export function recursiveService(host: Host, options: RecursiveOptions): RecursiveService {
  const cache = new Cache(host.kernel, {
    stored: (name, type, kind, ttl, records) =>
      host.trace({
        type: 'dns',
        what: 'cache-store',
        name,
        rrtype: type === undefined ? 'ANY' : typeName(type),
        rcode: RCODE_OF[kind],
        answers: records.map(rdataBrief),
        ttl,
      }),
    hit: (name, type, kind, ttl, records) =>
      host.trace({
        type: 'dns',
        what: 'cache-hit',
        name,
        rrtype: typeName(type ?? 0),
        rcode: RCODE_OF[kind],
        answers: records.map(rdataBrief),
        ttl,
      }),
  });
  return new Recursive(host, options, cache);
}

const RCODE_OF = { records: 'NOERROR', nodata: 'NOERROR', nxdomain: 'NXDOMAIN', failure: 'SERVFAIL' } as const;

function askServer(host: Host, ask: RecursiveAsk, reply: (result: RecursiveAnswer) => void): void {
  const server: SocketAddress = { ip: ask.address, port: DNS_PORT };
  const config = {
    question: ask.question,
    id: drawId(host),
    recursionDesired: false,
    edns: OWN_EDNS,
    attempts: limits.UPSTREAM_ATTEMPTS,
    timeout: limits.UPSTREAM_TIMEOUT,
  };
  Exchange.start(host, 'named', server, config, (outcome) => {
    if (outcome.kind !== 'response') {
      host.trace({
        type: 'dns',
        what: 'failure',
        name: ask.question.name,
        rrtype: typeName(ask.question.type),
        rcode: outcome.kind === 'timeout' ? 'TIMEOUT' : 'UNREACHABLE',
        answers: [],
      });
    }
    reply({ message: outcome.kind === 'response' ? outcome.message : undefined });
  });
}
