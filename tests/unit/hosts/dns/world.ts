/** The name servers of the practice world (design §4) on the fake network: root, .example, two zones, resolver, client. */
import { Kernel } from '../../../../src/core/index.ts';
import { authoritativeService, recursiveService } from '../../../../src/hosts/dns/index.ts';
import { buildZone, type Zone, type ZoneSource } from '../../../../src/protocols/dns/index.ts';
import { FakeNetwork } from './fake-net.ts';

export function zone(source: ZoneSource): Zone {
  const built = buildZone(source);
  if (!built.ok) throw new Error(JSON.stringify(built.faults));
  return built.zone;
}

export const ROOT_ZONE: ZoneSource = {
  name: '.',
  ttl: 86_400,
  records: [
    { name: '.', type: 'NS', data: 'a.root.example.' },
    { name: 'example', type: 'NS', data: 'a.nic.example' },
    { name: 'a.nic.example', type: 'A', data: '203.0.113.2' },
    { name: 'a.root.example', type: 'A', data: '203.0.113.1' },
    { name: 'in-addr.arpa', type: 'NS', data: 'a.nic.example' },
  ],
};
export const TLD_ZONE: ZoneSource = {
  name: 'example',
  ttl: 86_400,
  records: [
    { name: 'example', type: 'SOA', data: 'a.nic.example hostmaster.nic.example 1 7200 900 1209600 300' },
    { name: 'example', type: 'NS', data: 'a.nic.example' },
    { name: 'a.nic.example', type: 'A', data: '203.0.113.2' },
    { name: 'alba.example', type: 'NS', data: 'ns.alba.example' },
    { name: 'ns.alba.example', type: 'A', data: '192.0.2.53' },
    { name: 'brisa.example', type: 'NS', data: 'ns.brisa.example' },
    { name: 'ns.brisa.example', type: 'A', data: '198.51.100.53' },
    { name: 'coja.example', type: 'NS', data: 'ns.brisa.example' },
    { name: 'lejos.example', type: 'NS', data: 'ns.alba.example' },
  ],
};
export const ALBA_ZONE: ZoneSource = {
  name: 'alba.example',
  ttl: 3600,
  records: [
    { name: 'alba.example', type: 'NS', data: 'ns.alba.example' },
    { name: 'ns.alba.example', type: 'A', data: '192.0.2.53' },
    { name: 'smtp.alba.example', type: 'A', data: '192.0.2.25' },
  ],
};
export const LEJOS_ZONE: ZoneSource = {
  name: 'lejos.example',
  ttl: 3600,
  records: [
    { name: 'lejos.example', type: 'NS', data: 'ns.alba.example' },
    { name: 'www.lejos.example', type: 'CNAME', data: 'web.brisa.example' },
    { name: 'vuelta.lejos.example', type: 'CNAME', data: 'vuelta.brisa.example' },
    { name: 'hueco.lejos.example', type: 'CNAME', data: 'nada.brisa.example' },
  ],
};
export const BRISA_ZONE: ZoneSource = {
  name: 'brisa.example',
  ttl: 3600,
  records: [
    {
      name: 'brisa.example',
      type: 'SOA',
      data: 'ns.brisa.example hostmaster.brisa.example 2026011501 7200 900 1209600 60',
    },
    { name: 'brisa.example', type: 'NS', data: 'ns.brisa.example' },
    { name: 'brisa.example', type: 'MX', data: '10 mx1.brisa.example' },
    { name: 'brisa.example', type: 'MX', data: '20 mx2.brisa.example' },
    { name: 'brisa.example', type: 'TXT', ttl: 30, data: '"v=spf1 mx -all"' },
    { name: 'ns.brisa.example', type: 'A', data: '198.51.100.53' },
    { name: 'mx1.brisa.example', type: 'A', data: '198.51.100.25' },
    { name: 'mx2.brisa.example', type: 'A', data: '198.51.100.26' },
    { name: 'web.brisa.example', type: 'CNAME', data: 'srv.brisa.example' },
    { name: 'srv.brisa.example', type: 'A', data: '198.51.100.22' },
    { name: 'vuelta.brisa.example', type: 'CNAME', data: 'vuelta.lejos.example' },
    { name: 'largo.brisa.example', type: 'TXT', data: 'x'.repeat(2000) },
  ],
};

export function authoritativeWorld(seed = 1) {
  const kernel = new Kernel({ seed });
  const network = new FakeNetwork(kernel);
  const serve = (id: string, ip: string, zones: readonly ZoneSource[]) => {
    const host = network.host(id, ip);
    const service = authoritativeService(host, { zones: zones.map(zone) });
    host.add(service);
    return { host, service };
  };
  const root = serve('root', '203.0.113.1', [ROOT_ZONE]);
  const tld = serve('tld', '203.0.113.2', [TLD_ZONE]);
  const alba = serve('ns-alba', '192.0.2.53', [ALBA_ZONE, LEJOS_ZONE]);
  const brisa = serve('ns-brisa', '198.51.100.53', [BRISA_ZONE]);
  return { kernel, network, root, tld, alba, brisa };
}

/** Runs until nothing is due. */
export function settle(kernel: Kernel): void {
  while (kernel.run() === 'stepped');
}

/** The same with a recursive resolver and a client that uses it. */
export function recursiveWorld(seed = 1) {
  const world = authoritativeWorld(seed);
  const resolverHost = world.network.host('resolver', '203.0.113.53');
  const recursive = recursiveService(resolverHost, { roots: [{ name: 'a.root.example', address: '203.0.113.1' }] });
  resolverHost.add(recursive);
  const client = world.network.host('pc-ana', '192.0.2.10', '203.0.113.53');
  return { ...world, resolverHost, recursive, client };
}
