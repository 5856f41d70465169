/** Name servers, the stub resolver and the look-up programs of hosts: the folder's public face. */
export { type AuthoritativeOptions, type AuthoritativeService, authoritativeService } from './authoritative.ts';
export { DNS_PORT, QUERY_LOG } from './name-server.ts';
export { type DnsQueryOptions, type DnsQueryResult, query } from './query.ts';
export { type RecursiveOptions, type RecursiveService, recursiveService } from './recursive.ts';
export { stubResolver } from './stub-resolver.ts';
