/** What a DNS message means, as catalogue keys (src/i18n/<language>/dns.json). */
import type { Pdu } from '../../core/index.ts';
import { RCODE, RR_TYPES, rcodeName } from './messages.ts';

/** Queries and answers of these types have a sentence of their own. */
function typeKey(type: string): string {
  return type in RR_TYPES || type === 'ANY' ? type : 'other';
}

export function explain(pdu: Pdu): string | undefined {
  if (pdu.protocol !== 'dns') return undefined;
  if (pdu.verb === '?') return 'dns.malformed';
  if (pdu.kind === 'query') return `dns.query.${typeKey(pdu.verb.slice(0, -1))}`;
  if (pdu.kind !== 'response') return undefined;
  if (pdu.code !== undefined && pdu.code !== RCODE.NOERROR) {
    const name = rcodeName(pdu.code);
    return `dns.rcode.${name in RCODE ? name : 'other'}`;
  }
  if (pdu.verb === 'TC' || pdu.verb === 'referral' || pdu.verb === 'NODATA') return `dns.response.${pdu.verb}`;
  return `dns.response.${typeKey(pdu.verb)}`;
}

/** What a person may type to make the event happen: people speak DNS through `dig`. */
export function example(event: string): string | undefined {
  return event === 'SEND' || event === 'QUERY'
    ? 'dig brisa.example MX'
    : event === 'CONNECT'
      ? 'dig +tcp brisa.example MX'
      : undefined;
}
