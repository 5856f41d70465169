/**
 * The answer of an authoritative server to one question: the algorithm of RFC 1034 §4.3.2 with the negative answers of
 * RFC 2308, wildcards of RFC 4592 and the additional data of RFC 1035 §3.3.9 and §3.3.11. Pure; knows no message.
 */
import { CNAME_CHAIN } from './limits.ts';
import { ANY, type Question, RCODE, type ResourceRecord, typeName } from './messages.ts';
import { isWithin, nameKey, parentName } from './name.ts';
import type { Zone, ZoneSet } from './zone.ts';

export type LookupOutcome = 'answer' | 'referral' | 'nodata' | 'nxdomain' | 'refused' | 'servfail' | 'silence';

export interface LookupResult {
  readonly outcome: LookupOutcome;
  readonly rcode: number;
  readonly aa: boolean;
  readonly answers: readonly ResourceRecord[];
  readonly authorities: readonly ResourceRecord[];
  readonly additionals: readonly ResourceRecord[];
}

const NOTHING = { aa: false, answers: [], authorities: [], additionals: [] } as const;
const REFUSED: LookupResult = { outcome: 'refused', rcode: RCODE.REFUSED, ...NOTHING };
const SERVFAIL: LookupResult = { outcome: 'servfail', rcode: RCODE.SERVFAIL, ...NOTHING };
const SILENCE: LookupResult = { outcome: 'silence', rcode: RCODE.NOERROR, ...NOTHING };

export function lookup(zones: ZoneSet, question: Question): LookupResult {
  const type = question.type === ANY ? undefined : typeName(question.type);
  const answers: ResourceRecord[] = [];
  let name = question.name;
  for (let links = 0; links <= CNAME_CHAIN; links++) {
    const key = nameKey(name);
    const zone = zones.nearest(key);
    // Step 2: no zone here. A CNAME may lead outside; then what was found is the answer (step 3a).
    if (zone === undefined) return links === 0 ? REFUSED : answered(zones, answers);
    const trouble = zones.trouble(zone);
    if (trouble !== undefined) {
      if (links > 0) return answered(zones, answers);
      // RFC 1912 §2.8: a lame server is delegated to, but does not have the zone.
      return trouble === 'servfail' ? SERVFAIL : trouble === 'timeout' ? SILENCE : REFUSED;
    }
    // Step 3b: a cut between the apex and the name.
    const cut = findCut(zone, key, type);
    if (cut !== undefined) {
      if (links > 0) return answered(zones, answers);
      const additionals = addressesOf(zones, cut, zone);
      return { outcome: 'referral', rcode: RCODE.NOERROR, aa: false, answers, authorities: cut, additionals };
    }
    const sets = zone.nodes.get(key);
    const wild = sets === undefined ? wildcard(zone, key) : undefined;
    const node = sets ?? wild;
    if (node === undefined) return negative('nxdomain', zone, answers);
    const owned = (records: readonly ResourceRecord[]): readonly ResourceRecord[] =>
      wild === undefined ? records : records.map((record) => ({ ...record, name }));
    // Step 3a.
    const cname = node.get('CNAME')?.[0];
    if (cname?.type === 'CNAME' && type !== 'CNAME' && type !== undefined) {
      answers.push(...owned([cname]));
      name = cname.target;
      continue;
    }
    const found = type === undefined ? [...node.values()].flat() : node.get(type);
    if (found === undefined || found.length === 0) return negative('nodata', zone, answers);
    answers.push(...owned(found));
    return answered(zones, answers);
  }
  // A loop of CNAMEs inside our own data.
  return SERVFAIL;
}

function answered(zones: ZoneSet, answers: readonly ResourceRecord[]): LookupResult {
  const additionals = addressesOf(zones, answers, undefined);
  return { outcome: 'answer', rcode: RCODE.NOERROR, aa: true, answers, authorities: [], additionals };
}

/** RFC 2308 §2.1 and §2.2: with the SOA, whose TTL says how long to believe it. RFC 6604 §3: NXDOMAIN is of the last name. */
function negative(outcome: 'nxdomain' | 'nodata', zone: Zone, answers: readonly ResourceRecord[]): LookupResult {
  return {
    outcome,
    rcode: outcome === 'nxdomain' ? RCODE.NXDOMAIN : RCODE.NOERROR,
    aa: true,
    answers,
    authorities: [zone.negativeSoa],
    additionals: [],
  };
}

/** The NS set of the highest cut at or above `key`, below the apex. */
function findCut(zone: Zone, key: string, type: string | undefined): readonly ResourceRecord[] | undefined {
  let cut: readonly ResourceRecord[] | undefined;
  for (let name: string | undefined = key; name !== undefined && name !== zone.origin; name = parentName(name)) {
    cut = zone.nodes.get(name)?.get('NS') ?? cut;
  }
  // RFC 4035 §3.1.4.1: DS is the parent's; such a question is not a referral. We hold none: NODATA.
  return type === 'TYPE43' ? undefined : cut;
}

/** RFC 4592 §3.3.1: the wildcard of the closest encloser, if there is one. */
function wildcard(zone: Zone, key: string): ReadonlyMap<string, readonly ResourceRecord[]> | undefined {
  if (!zone.hasWildcards) return undefined;
  for (let name = parentName(key); name !== undefined && isWithin(name, zone.origin); name = parentName(name)) {
    if (zone.nodes.has(name) || name === zone.origin) return zone.nodes.get(name === '.' ? '*' : `*.${name}`);
  }
  return undefined;
}

/** Addresses, from our own data, of the hosts that these records name. In a referral, from `glueOf` below its cuts too. */
function addressesOf(
  zones: ZoneSet,
  records: readonly ResourceRecord[],
  glueOf: Zone | undefined,
): readonly ResourceRecord[] {
  const out: ResourceRecord[] = [];
  const done = new Set<string>();
  for (const record of records) {
    const host = record.type === 'MX' ? record.exchange : record.type === 'NS' ? record.target : undefined;
    if (host === undefined) continue;
    const key = nameKey(host);
    if (done.has(key)) continue;
    done.add(key);
    const zone = glueOf !== undefined && isWithin(key, glueOf.origin) ? glueOf : zones.nearest(key);
    if (zone === undefined || zones.trouble(zone) !== undefined) continue;
    const node = zone.nodes.get(key);
    out.push(...(node?.get('A') ?? []), ...(node?.get('AAAA') ?? []));
  }
  return out;
}
