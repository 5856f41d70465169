/**
 * The data of one zone (RFC 1034 §4.2): its records by owner and type, its cuts, and the SOA for negative answers. Building
 * one checks what would make it unservable. A zone may be put at fault by a scenario. Look-up rules: lookup.ts.
 */
import type { ZoneFault } from './errors.ts';
import { CLASS_IN, type ResourceRecord, type RrType, type SoaRecord } from './messages.ts';
import { isWithin, nameKey, parentName, parseName } from './name.ts';
import { parseRecord } from './presentation.ts';

/** What a scenario may do to a zone on one server: answer SERVFAIL, keep silent, or not know it although it is delegated here. */
export type ZoneTrouble = 'servfail' | 'timeout' | 'lame';

type RecordSets = ReadonlyMap<string, readonly ResourceRecord[]>;

export interface Zone {
  /** The apex, as a name key. */
  readonly origin: string;
  /** With the TTL that negative answers carry: min(its own, MINIMUM), RFC 2308 §3. */
  readonly negativeSoa: SoaRecord;
  /** Record sets by owner key, then type mnemonic. Empty non-terminals are present with no sets (RFC 4592 §2.2.2). */
  readonly nodes: ReadonlyMap<string, RecordSets>;
  /** Some owner begins with `*`: look-ups of other zones need not search wildcards. */
  readonly hasWildcards: boolean;
}

/** One line of zone data, as a world file has it. */
export interface ZoneLine {
  readonly name: string;
  readonly type: RrType;
  readonly ttl?: number;
  readonly data: string;
}

export interface ZoneSource {
  readonly name: string;
  /** TTL of records that have none, seconds. */
  readonly ttl: number;
  readonly records: readonly ZoneLine[];
}

export type ZoneResult =
  | { readonly ok: true; readonly zone: Zone }
  | { readonly ok: false; readonly faults: readonly ZoneFault[] };

/** Builds a zone from text. A zone without SOA or apex NS gets plain ones: lessons often do not care. */
export function buildZone(source: ZoneSource): ZoneResult {
  const faults: ZoneFault[] = [];
  const apex = parseName(source.name);
  const fault = (kind: ZoneFault['kind'], name: string, expected: string, got: string, rfc: string): void => {
    faults.push({ kind, zone: source.name, name, expected, got, rfc });
  };
  if (apex === undefined) {
    fault('bad-name', source.name, 'domain-name', source.name, '1035#2.3.1');
    return { ok: false, faults };
  }
  const records: ResourceRecord[] = [];
  for (const line of source.records) {
    const parsed = parseRecord(line.name, line.type, line.ttl ?? source.ttl, line.data);
    if ('expected' in parsed) fault('bad-data', line.name, parsed.expected, `${line.type} ${line.data}`, '1035#5.1');
    else if (!isWithin(nameKey(parsed.record.name), nameKey(apex))) {
      fault('out-of-zone', line.name, apex, line.name, '1035#5.2');
    } else records.push(parsed.record);
  }
  const soas = records.filter((record) => record.type === 'SOA');
  if (soas.length > 1) fault('two-soas', apex, '1', `${soas.length}`, '1035#5.2');
  if (soas.length === 0) records.unshift(plainSoa(apex, source.ttl, records));
  const zone = indexZone(apex, records);
  for (const [owner, sets] of zone.nodes) {
    const cname = sets.get('CNAME');
    // RFC 2181 §10.1: a CNAME stands alone, and there is one.
    if (cname !== undefined && (sets.size > 1 || cname.length > 1)) {
      fault('cname-and-other', owner, 'CNAME', [...sets.keys()].join(' '), '2181#10.1');
    }
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, zone };
}

function indexZone(apex: string, records: readonly ResourceRecord[]): Zone {
  const origin = nameKey(apex);
  const nodes = new Map<string, Map<string, ResourceRecord[]>>();
  let hasWildcards = false;
  let soa = plainSoa(apex, 0, records);
  for (const record of records) {
    const owner = nameKey(record.name);
    if (owner.startsWith('*')) hasWildcards = true;
    if (record.type === 'SOA') soa = record;
    let sets = nodes.get(owner);
    if (sets === undefined) {
      sets = new Map();
      nodes.set(owner, sets);
    }
    const set = sets.get(record.type);
    if (set === undefined) sets.set(record.type, [record]);
    else set.push(record);
    for (let up: string | undefined = owner; up !== undefined && up !== origin; up = parentName(up)) {
      if (!nodes.has(up)) nodes.set(up, new Map());
    }
  }
  return { origin, nodes, hasWildcards, negativeSoa: { ...soa, ttl: Math.min(soa.ttl, soa.minimum) } };
}

/** Serial 1 and the intervals that RIPE-203 recommends for small zones. */
function plainSoa(apex: string, ttl: number, records: readonly ResourceRecord[]): SoaRecord {
  const ns = records.find((record) => record.type === 'NS' && nameKey(record.name) === nameKey(apex));
  const within = apex === '.' ? '' : `.${apex}`;
  return {
    name: apex,
    type: 'SOA',
    class: CLASS_IN,
    ttl,
    mname: ns?.type === 'NS' ? ns.target : `ns${within}`,
    rname: `hostmaster${within}`,
    serial: 1,
    refresh: 86_400,
    retry: 7_200,
    expire: 3_600_000,
    minimum: 300,
  };
}

/** The zones that one server serves, by origin. */
export class ZoneSet {
  private readonly zones = new Map<string, Zone>();
  private readonly troubles = new Map<string, ZoneTrouble>();

  constructor(zones: readonly Zone[]) {
    for (const zone of zones) this.zones.set(zone.origin, zone);
  }

  get all(): readonly Zone[] {
    return [...this.zones.values()];
  }

  /** The zone nearest above `key` (RFC 1034 §4.3.2 step 2). */
  nearest(key: string): Zone | undefined {
    for (let name: string | undefined = key; name !== undefined; name = parentName(name)) {
      const zone = this.zones.get(name);
      if (zone !== undefined) return zone;
    }
    return undefined;
  }

  trouble(zone: Zone): ZoneTrouble | undefined {
    return this.troubles.get(zone.origin);
  }

  /** Puts a zone at fault, or right again. False when it is not served here. */
  setTrouble(origin: string, trouble: ZoneTrouble | undefined): boolean {
    const key = nameKey(parseName(origin) ?? origin);
    if (!this.zones.has(key)) return false;
    if (trouble === undefined) this.troubles.delete(key);
    else this.troubles.set(key, trouble);
    return true;
  }
}
