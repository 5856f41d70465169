/**
 * Where mail for a domain goes (RFC 5321 §5.1, RFC 7505): MX hosts in order of preference, equal ones in random order,
 * never back to ourselves. Pure: the caller looks names up.
 */
import type { Random } from '../core/index.ts';

export interface Exchange {
  readonly preference: number;
  readonly exchange: string;
}

export type Route =
  /** Host names to try, best first. */
  | { readonly kind: 'hosts'; readonly hosts: readonly string[] }
  /** "MX 0 .": the domain accepts no mail (RFC 7505). */
  | { readonly kind: 'null-mx' }
  /** We are ourselves the best exchange, yet do not serve the domain: mail would loop. */
  | { readonly kind: 'loop' };

export function route(
  domain: string,
  exchanges: readonly Exchange[],
  ownNames: readonly string[],
  random: Random,
): Route {
  // "If no MX records are found … the host is treated as if it was associated with an implicit MX RR" (§5.1).
  if (exchanges.length === 0) return { kind: 'hosts', hosts: [domain] };
  if (exchanges.every((mx) => name(mx.exchange) === '')) return { kind: 'null-mx' };
  const own = new Set(ownNames.map(name));
  const ownPreference = Math.min(...exchanges.filter((mx) => own.has(name(mx.exchange))).map((mx) => mx.preference));
  // §5.1: discard ourselves and every exchange of the same or a higher preference value.
  const usable = exchanges.filter((mx) => mx.preference < ownPreference && name(mx.exchange) !== '');
  if (usable.length === 0) return { kind: 'loop' };
  const shuffled = usable.map((mx) => ({ mx, draw: usable.length > 1 ? random.integer(0, 0x7fff_ffff) : 0 }));
  shuffled.sort((a, b) => a.mx.preference - b.mx.preference || a.draw - b.draw);
  return { kind: 'hosts', hosts: shuffled.map(({ mx }) => name(mx.exchange)) };
}

function name(host: string): string {
  return host.toLowerCase().replace(/\.$/, '');
}
