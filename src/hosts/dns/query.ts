/** One question to any server, with everything that came back: what `dig` and `nslookup` are made of. */
import type { Duration, Micros, SocketAddress } from '../../core/index.ts';
import { CLASS_IN, type Edns, limits, type Question, type StubOutcome } from '../../protocols/dns/index.ts';
import type { Host } from '../host.ts';
import { drawId, Exchange } from './exchange.ts';

export interface DnsQueryOptions {
  readonly tcp?: boolean;
  readonly recursionDesired?: boolean;
  readonly ignoreTruncation?: boolean;
  /** Send an OPT record: we take 1232 octets. */
  readonly edns?: boolean;
  readonly attempts?: number;
  readonly timeout?: Duration;
  /** Name of the asking program in the trace: `dig`. */
  readonly program?: string;
}

export interface DnsQueryResult {
  readonly server: SocketAddress;
  readonly question: Question;
  readonly outcome: StubOutcome;
  /** From the first octet sent to the answer, virtual time. */
  readonly elapsed: Micros;
}

export const OWN_EDNS: Edns = { udpSize: limits.EDNS_PAYLOAD, version: 0, dnssecOk: false, options: '' };

/** Asks; `done` is called once from a later kernel event. `name` must be valid (parseName). Returns how to give up. */
export function query(
  host: Host,
  server: SocketAddress,
  name: string,
  type: number,
  options: DnsQueryOptions,
  done: (result: DnsQueryResult) => void,
): () => void {
  const question: Question = { name, type, class: CLASS_IN };
  const began = host.kernel.now;
  const exchange = Exchange.start(
    host,
    options.program ?? 'dig',
    server,
    {
      question,
      id: drawId(host),
      recursionDesired: options.recursionDesired ?? true,
      ...(options.edns === true ? { edns: OWN_EDNS } : {}),
      ...(options.tcp === undefined ? {} : { tcp: options.tcp }),
      ...(options.ignoreTruncation === undefined ? {} : { ignoreTruncation: options.ignoreTruncation }),
      ...(options.attempts === undefined ? {} : { attempts: options.attempts }),
      ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
    },
    (outcome) => done({ server, question, outcome, elapsed: host.kernel.now - began }),
  );
  return () => exchange.cancel();
}
