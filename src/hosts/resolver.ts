/** What programs on a host need of DNS: look-ups whose outcome is a value, through the host's configured name server. */

export type LookupFailure = 'nxdomain' | 'nodata' | 'servfail' | 'timeout' | 'refused';

export interface MxRecord {
  readonly preference: number;
  readonly exchange: string;
}

export type Lookup<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: LookupFailure };

export interface Resolver {
  /** IPv4 addresses of a name (CNAMEs followed by the recursive server); a literal address gives itself at once. */
  addresses(name: string, done: (result: Lookup<readonly string[]>) => void): void;
  /** MX records in the order of the answer; `nodata` when the name exists without any. */
  mx(name: string, done: (result: Lookup<readonly MxRecord[]>) => void): void;
  txt(name: string, done: (result: Lookup<readonly string[]>) => void): void;
  /** The name of an address, by PTR. */
  reverse(ip: string, done: (result: Lookup<string>) => void): void;
}
