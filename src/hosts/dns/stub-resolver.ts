/**
 * The resolver library of a host (RFC 1034 §5.3.1): asks the one recursive server of its /etc/resolv.conf and reduces the
 * answer to what programs want. Keeps nothing: every look-up is on the wire, so that it can be seen.
 */
import type { SocketAddress } from '../../core/index.ts';
import {
  isIpv4,
  type Message,
  nameKey,
  parseName,
  RCODE,
  type ResourceRecord,
  RR_TYPES,
  type RrType,
  rcodeName,
  rdataBrief,
  reverseName,
} from '../../protocols/dns/index.ts';
import type { Host } from '../host.ts';
import type { Lookup, LookupFailure, MxRecord, Resolver } from '../resolver.ts';
import { type DnsQueryResult, query } from './query.ts';

/** Makes the resolver of `host`, which asks `host.nameserver`. */
export function stubResolver(host: Host): Resolver {
  return {
    addresses(name, done) {
      if (isIpv4(name)) {
        host.kernel.after(0, () => done({ ok: true, value: [name] }));
        return;
      }
      resolve(host, name, 'A', done, (record) => (record.type === 'A' ? record.address : undefined));
    },
    mx(name, done) {
      resolve(host, name, 'MX', done, (record): MxRecord | undefined =>
        record.type === 'MX' ? { preference: record.preference, exchange: record.exchange } : undefined,
      );
    },
    txt(name, done) {
      resolve(host, name, 'TXT', done, (record) => (record.type === 'TXT' ? record.strings.join('') : undefined));
    },
    reverse(ip, done) {
      const name = reverseName(ip) ?? '';
      resolve<string>(
        host,
        name,
        'PTR',
        (found) => done(found.ok ? { ok: true, value: found.value[0] ?? '' } : found),
        (record) => (record.type === 'PTR' ? record.target : undefined),
      );
    },
  };
}

function resolve<T>(
  host: Host,
  text: string,
  type: RrType,
  done: (result: Lookup<readonly T[]>) => void,
  pick: (record: ResourceRecord) => T | undefined,
): void {
  const server: SocketAddress | undefined = host.nameserver;
  const name = parseName(text);
  const fail = (failure: LookupFailure): void => {
    host.trace({ type: 'dns', what: 'failure', name: text, rrtype: type, rcode: failure.toUpperCase(), answers: [] });
    done({ ok: false, failure });
  };
  if (name === undefined || server === undefined) {
    // No such name can exist; a host without name server fails as one whose server never answers, but at once.
    host.kernel.after(0, () => fail(name === undefined ? 'nxdomain' : 'timeout'));
    return;
  }
  query(host, server, name, RR_TYPES[type], { program: 'resolver' }, ({ outcome }: DnsQueryResult) => {
    if (outcome.kind !== 'response') {
      fail('timeout');
      return;
    }
    const { message } = outcome;
    const failure = failureOf(message.rcode);
    if (failure !== undefined) {
      fail(failure);
      return;
    }
    const records = finalRecords(message, name, type);
    const values = records.map(pick).filter((value): value is T => value !== undefined);
    if (values.length === 0) {
      fail('nodata');
      return;
    }
    host.trace({
      type: 'dns',
      what: 'answer',
      name,
      rrtype: type,
      rcode: rcodeName(message.rcode),
      answers: records.map(rdataBrief),
      ttl: Math.min(...records.map((record) => record.ttl)),
    });
    done({ ok: true, value: values });
  });
}

function failureOf(rcode: number): LookupFailure | undefined {
  if (rcode === RCODE.NOERROR) return undefined;
  if (rcode === RCODE.NXDOMAIN) return 'nxdomain';
  return rcode === RCODE.REFUSED ? 'refused' : 'servfail';
}

/** The records of `type` at the end of the CNAME chain that starts at `name` (RFC 1034 §3.6.2). */
function finalRecords(message: Message, name: string, type: RrType): readonly ResourceRecord[] {
  let key = nameKey(name);
  for (let links = 0; links <= message.answers.length; links++) {
    const found = message.answers.filter((record) => record.type === type && nameKey(record.name) === key);
    if (found.length > 0) return found;
    const cname = message.answers.find((record) => record.type === 'CNAME' && nameKey(record.name) === key);
    if (cname?.type !== 'CNAME') return [];
    key = nameKey(cname.target);
  }
  return [];
}
