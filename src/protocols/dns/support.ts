/** What of DNS is here and what is not: the support table of README.md is generated from this. */
import type { Support } from '../contract.ts';

const yes = (feature: string, rfc: string, remark?: string): Support => ({
  feature,
  rfc,
  supported: true,
  ...(remark === undefined ? {} : { remark }),
});
const no = (feature: string, rfc: string, remark: string): Support => ({ feature, rfc, supported: false, remark });

export const support: readonly Support[] = [
  yes('A', '1035#3.4.1'),
  yes('AAAA', '3596#2.2'),
  yes('CNAME', '1035#3.3.1'),
  yes('MX', '1035#3.3.9', 'with the addresses of the exchanges as additional data'),
  yes('NS', '1035#3.3.11'),
  yes('PTR', '1035#3.3.12', 'in-addr.arpa'),
  yes('SOA', '1035#3.3.13'),
  yes('TXT', '1035#3.3.14'),
  yes('Unknown types', '3597#3', 'carried as they are; not in zone data'),
  yes('Name compression', '1035#4.1.4', 'emitted; pointers must lead backwards'),
  yes('UDP', '1035#4.2.1', '512 octets without EDNS, TC beyond'),
  yes('TCP', '7766#5', 'retry when truncated; pipelined queries answered in order'),
  yes('EDNS(0)', '6891#6', 'payload size 1232, extended RCODE, BADVERS; options carried'),
  yes('Authoritative answers', '1034#4.3.2', 'cuts, glue, CNAME chains across its zones'),
  yes('Wildcards', '4592#3.3.1'),
  yes('Negative answers', '2308#2', 'NXDOMAIN and NODATA with SOA'),
  yes('Recursion', '1034#5.3.3', 'iteration from root hints, bailiwick rule, bounded'),
  yes('Cache', '2181#5.4.1', 'ranked data, TTL in virtual time, negative and failure entries'),
  yes('RD off at a resolver', '1034#4.3.1', 'cache or best referral'),
  yes('Unpredictable id and port', '5452#9.2'),
  yes('ANY', '8482#4', 'authoritative: every set; recursive: refused'),
  no('Zone transfer (AXFR, IXFR)', '5936#2', 'answered with REFUSED'),
  no('Dynamic update', '2136#2', 'answered with NOTIMP'),
  no('NOTIFY', '1996#3', 'answered with NOTIMP'),
  no('DNSSEC validation', '4035#5', 'DO, AD and CD are carried; signatures are opaque records'),
  no('QNAME minimisation', '9156#2', 'the whole name is sent to every server: a lesson sees it travel'),
  no('DNS over TLS or HTTPS', '7858#3', 'not yet'),
  no('IPv6 transport', '3596#2.2', 'the simulated network is IPv4; AAAA records are data'),
];
