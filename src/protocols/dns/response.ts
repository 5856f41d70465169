/**
 * What a response means to the resolver that asked (RFC 1034 §5.3.3 step 4, RFC 2308 §2, RFC 2181 §5.4.1): answer, alias,
 * negative, referral or useless, and which of its records may be believed. Only data at or below the zone whose server
 * answered is taken ("bailiwick"): the defence against a server that speaks for others. Pure.
 */
import { RANK, type Rank } from './cache.ts';
import { CNAME_CHAIN } from './limits.ts';
import { type Message, RCODE, type ResourceRecord, RR_TYPES, recordType, type SoaRecord } from './messages.ts';
import { isWithin, nameKey } from './name.ts';

/** What was asked, and the apex (key) of the zone whose server was asked. */
export interface Asked {
  readonly name: string;
  readonly type: number;
  readonly zone: string;
}

interface Learnt {
  readonly records: readonly ResourceRecord[];
  readonly rank: Rank;
}

export type Reading = { readonly learnt: readonly Learnt[] } & (
  | { readonly kind: 'answer'; readonly chain: readonly ResourceRecord[]; readonly records: readonly ResourceRecord[] }
  | { readonly kind: 'alias'; readonly chain: readonly ResourceRecord[]; readonly target: string }
  | {
      readonly kind: 'negative';
      readonly chain: readonly ResourceRecord[];
      /** The name that does not exist, or lacks the type: the end of the chain. */
      readonly name: string;
      readonly rcode: number;
      readonly soa: SoaRecord | undefined;
    }
  | { readonly kind: 'referral'; readonly zone: string; readonly servers: readonly string[] }
  /** SERVFAIL, REFUSED, upward referral, nonsense: another server may know. */
  | { readonly kind: 'lame' }
);

export function readResponse(message: Message, asked: Asked): Reading {
  const { rcode } = message;
  if (rcode !== RCODE.NOERROR && rcode !== RCODE.NXDOMAIN) return { kind: 'lame', learnt: [] };
  const chain: ResourceRecord[] = [];
  const learnt: Learnt[] = [];
  let name = asked.name;
  for (;;) {
    const key = nameKey(name);
    if (!isWithin(key, asked.zone)) break;
    const records = message.answers.filter((r) => recordType(r) === asked.type && nameKey(r.name) === key);
    if (records.length > 0) {
      learnt.push({ records, rank: RANK.answer }, ...addresses(message, asked.zone));
      return { kind: 'answer', chain, records, learnt };
    }
    const cname = message.answers.find((r) => r.type === 'CNAME' && nameKey(r.name) === key);
    if (cname?.type !== 'CNAME' || chain.length > CNAME_CHAIN) break;
    learnt.push({ records: [cname], rank: RANK.answer });
    chain.push(cname);
    name = cname.target;
  }
  const key = nameKey(name);
  const soa = message.authorities.find(
    (r): r is SoaRecord => r.type === 'SOA' && isWithin(key, nameKey(r.name)) && isWithin(nameKey(r.name), asked.zone),
  );
  const within = isWithin(key, asked.zone);
  // RFC 6604 §3: the RCODE is about the last name of the chain, if this server can speak for that.
  if (within && rcode === RCODE.NXDOMAIN) return { kind: 'negative', chain, name, rcode, soa, learnt };
  if (within && soa !== undefined) return { kind: 'negative', chain, name, rcode, soa, learnt };
  if (chain.length > 0) return { kind: 'alias', chain, target: name, learnt };
  const referral = readReferral(message, asked, key);
  if (referral !== undefined) return referral;
  // RFC 2308 §2.2: NODATA without SOA is for now only.
  if (message.aa) return { kind: 'negative', chain, name, rcode, soa: undefined, learnt };
  return { kind: 'lame', learnt };
}

/** NS records of a zone strictly below the one asked and at or above the name; anything else leads nowhere. */
function readReferral(message: Message, asked: Asked, key: string): Reading | undefined {
  const first = message.authorities.find((r) => r.type === 'NS');
  if (first === undefined || message.answers.length > 0) return undefined;
  const cut = nameKey(first.name);
  if (cut === asked.zone || !isWithin(cut, asked.zone) || !isWithin(key, cut)) return undefined;
  const records = message.authorities.filter((r) => r.type === 'NS' && nameKey(r.name) === cut);
  const servers = records.flatMap((r) => (r.type === 'NS' ? [r.target] : []));
  const learnt = [{ records, rank: RANK.referral }, ...addresses(message, asked.zone)];
  return { kind: 'referral', zone: cut, servers, learnt };
}

/** Address sets of the additional section that are within the zone. */
function addresses(message: Message, zone: string): readonly Learnt[] {
  const sets = new Map<string, ResourceRecord[]>();
  for (const record of message.additionals) {
    if (record.type !== 'A' && record.type !== 'AAAA') continue;
    const owner = nameKey(record.name);
    if (!isWithin(owner, zone)) continue;
    const key = `${RR_TYPES[record.type]}/${owner}`;
    const set = sets.get(key);
    if (set === undefined) sets.set(key, [record]);
    else set.push(record);
  }
  return [...sets.values()].map((records) => ({ records, rank: RANK.glue }));
}
