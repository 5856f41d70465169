/**
 * The zone data of a world: what its file lists, and what follows from its hosts. Each name of a host gets an A record in the
 * zone that it belongs to, and the host's first name a PTR record for each address where a reverse zone exists.
 */
import type { WorldFile } from '../world-schema.ts';

export interface ZoneData {
  readonly name: string;
  readonly ttl: number;
  readonly records: readonly {
    readonly name: string;
    readonly type: RecordType;
    readonly ttl?: number;
    readonly data: string;
  }[];
}

type RecordType = WorldFile['zones'][number]['records'][number]['type'];

export function zoneData(world: WorldFile): readonly ZoneData[] {
  const zones = world.zones.map((zone) => ({
    name: bare(zone.name),
    ttl: zone.ttl,
    records: zone.records.map(({ name, type, ttl, data }) => ({
      name: bare(name),
      type,
      data,
      ...(ttl === undefined ? {} : { ttl }),
    })),
  }));
  const add = (name: string, type: RecordType, data: string): void => {
    const zone = zoneOf(zones, name);
    if (zone === undefined) return;
    const exists = zone.records.some(
      (record) => record.name === name && (record.type === type || record.type === 'CNAME'),
    );
    if (!exists) zone.records.push({ name, type, data });
  };
  for (const node of world.nodes) {
    for (const address of node.addresses) {
      for (const name of node.names) add(bare(name), 'A', address);
      add(reverseName(address), 'PTR', `${bare(node.names[0] ?? '')}.`);
    }
  }
  return zones;
}

/** The zone with the longest name that `name` lies in, if it is more than the root or a top-level domain. */
function zoneOf<Z extends { readonly name: string }>(zones: readonly Z[], name: string): Z | undefined {
  let best: Z | undefined;
  for (const zone of zones) {
    if (!zone.name.includes('.') || !(name === zone.name || name.endsWith(`.${zone.name}`))) continue;
    if (best === undefined || zone.name.length > best.name.length) best = zone;
  }
  return best;
}

/** `192.0.2.25` → `25.2.0.192.in-addr.arpa` (RFC 1035 §3.5). */
function reverseName(address: string): string {
  return `${address.split('.').reverse().join('.')}.in-addr.arpa`;
}

function bare(name: string): string {
  return name === '.' ? '.' : name.toLowerCase().replace(/\.$/, '');
}
