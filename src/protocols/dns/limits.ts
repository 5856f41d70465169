/** Every bound of this folder, each with the rule, threat or precedent that sets it. */
import { SECOND } from '../../core/index.ts';

/** RFC 1035 §2.3.4. */
export const LABEL_LIMIT = 63;
/** RFC 1035 §2.3.4: octets of a name on the wire, length octets and root included. */
export const NAME_LIMIT = 255;

/** RFC 1035 §4.2.1: UDP payload without EDNS. */
export const UDP_PAYLOAD = 512;
/** What we take and send with EDNS: fits one IPv6 minimum-MTU packet, so never fragments (DNS flag day 2020; BIND, Unbound). */
export const EDNS_PAYLOAD = 1232;
/** RFC 1035 §4.2.2: the length field of TCP has 16 bits. */
export const TCP_MESSAGE = 65_535;

/** A query over UDP is sent twice at most, five seconds apart: `attempts:2 timeout:5` of resolv.conf(5). */
export const STUB_ATTEMPTS = 2;
export const STUB_TIMEOUT = 5 * SECOND;
/** A recursive server is less patient with one server, for it has others: BIND starts at 800 ms, Unbound at 376 ms; 1.5 s can be seen. */
export const UPSTREAM_ATTEMPTS = 2;
export const UPSTREAM_TIMEOUT = 1.5 * SECOND;
/** A recursive server answers SERVFAIL before its client's second wait ends (2 × 5 s); BIND's `resolver-query-timeout` is 10 s. */
export const RESOLUTION_DEADLINE = 9 * SECOND;

/** RFC 7766 §6.2.3: an idle TCP connection costs the server; BIND's `tcp-idle-timeout` is 30 s, RFC 1035 §4.2.2 said two minutes. */
export const TCP_IDLE = 30 * SECOND;
/** Queries that wait on one TCP connection while one is being resolved; then it is closed. BIND's `tcp-clients` spirit. */
export const TCP_PIPELINE_OCTETS = 4 * TCP_MESSAGE;

/** Queries to other servers for one question, sub-queries included: amplification (NXNSAttack). BIND: 50 (`max-recursion-queries`). */
export const QUERIES_PER_RESOLUTION = 50;
/** Levels of "to find this server I need that address first". BIND: 7 (`max-recursion-depth`). */
export const RESOLUTION_DEPTH = 7;
/** CNAMEs followed for one question: loops. Unbound: 11, BIND: 16. */
export const CNAME_CHAIN = 11;
/** Servers of one zone that are tried: a referral to thousands. BIND caps NS look-ups at 20. */
export const SERVERS_PER_ZONE = 20;

/** Record sets kept; the oldest goes first. A lesson needs tens. */
export const CACHE_ENTRIES = 4_096;
/** RFC 1035 §7.3 and BIND's `max-cache-ttl`: nothing is believed for more than a week, in seconds. */
export const CACHE_TTL = 604_800;
/** RFC 2308 §5 and BIND's `max-ncache-ttl`: a negative answer is believed for three hours at most, in seconds. */
export const NEGATIVE_TTL = 10_800;
/** RFC 9520 §3.2: a failure to resolve is remembered at least one second; BIND's `servfail-ttl` is 1. */
export const FAILURE_TTL = 1;
/** Records of one set that are kept: BIND's `max-records-per-type`. */
export const RECORDS_PER_SET = 100;
/** Datagrams of one client that wait while its question is resolved; then they are dropped, as a full socket buffer would. */
export const UDP_QUEUE = 16;
