import { expect, test } from 'vitest';
import { type DnsQueryResult, query, stubResolver } from '../../../../src/hosts/dns/index.ts';
import type { Lookup } from '../../../../src/hosts/resolver.ts';
import { type Message, RR_TYPES, rcodeName, rdataBrief } from '../../../../src/protocols/dns/index.ts';
import { recursiveWorld, settle } from './world.ts';

type World = ReturnType<typeof recursiveWorld>;

/** Asks the resolver from the client and runs until all is quiet. */
function ask(world: World, name: string, type: keyof typeof RR_TYPES, options = {}): DnsQueryResult {
  let result: DnsQueryResult | undefined;
  query(world.client, { ip: '203.0.113.53', port: 53 }, name, RR_TYPES[type], options, (r) => {
    result = r;
  });
  settle(world.kernel);
  if (result === undefined) throw new Error('the query never ended');
  return result;
}

function answer(result: DnsQueryResult): Message {
  if (result.outcome.kind !== 'response') throw new Error(result.outcome.kind);
  return result.outcome.message;
}

/** What the resolver asked of whom since entry `from`: "MX? brisa.example @198.51.100.53". */
function upstream(world: World, from = 0): string[] {
  const out: string[] = [];
  for (const e of world.kernel.trace.entries.slice(from)) {
    if (e.type === 'pdu-received' && e.pdu.kind === 'query' && e.node !== 'resolver') {
      out.push(`${e.node}: ${e.pdu.verb} ${e.pdu.args}`);
    }
  }
  return out;
}

test('MX of brisa.example is found from the root through two delegations', () => {
  const world = recursiveWorld();
  const message = answer(ask(world, 'brisa.example', 'MX'));
  expect(message.answers.map(rdataBrief)).toEqual(['10 mx1.brisa.example', '20 mx2.brisa.example']);
  expect([message.ra, message.aa, message.rcode]).toEqual([true, false, 0]);
  expect(upstream(world)).toEqual(['root: MX? brisa.example', 'tld: MX? brisa.example', 'ns-brisa: MX? brisa.example']);
  expect(
    world.kernel.trace.entries.flatMap((e) =>
      e.type === 'transition' && e.machine === 'dns.recursive' ? [`${e.event} ${e.to}`] : [],
    ),
  ).toEqual([
    'start waiting',
    'QUERY searching',
    'ASK_ROOT askingRoot',
    'ASK_TLD askingTld',
    'ASK_ZONE askingZone',
    'ANSWER waiting',
  ]);
});

test('a second question is answered from the cache with what is left of the TTL, and asked again when it is over', () => {
  const world = recursiveWorld();
  ask(world, 'brisa.example', 'TXT');
  let mark = world.kernel.trace.length;
  world.kernel.after(10_000_000, () => undefined);
  settle(world.kernel);
  const cached = answer(ask(world, 'BRISA.example', 'TXT'));
  expect(cached.answers[0]?.ttl).toBe(19);
  expect(cached.questions[0]?.name).toBe('BRISA.example');
  expect(upstream(world, mark)).toEqual([]);
  mark = world.kernel.trace.length;
  world.kernel.after(30_000_000, () => undefined);
  settle(world.kernel);
  answer(ask(world, 'brisa.example', 'TXT'));
  expect(upstream(world, mark)).toEqual(['ns-brisa: TXT? brisa.example']);
});

test('NXDOMAIN, NODATA and SERVFAIL are three different outcomes', () => {
  const world = recursiveWorld();
  const none = answer(ask(world, 'no-existe.example', 'A'));
  expect([rcodeName(none.rcode), none.authorities[0]?.type]).toEqual(['NXDOMAIN', 'SOA']);
  const nodata = answer(ask(world, 'mx1.brisa.example', 'MX'));
  expect([rcodeName(nodata.rcode), nodata.answers, nodata.authorities[0]?.type]).toEqual(['NOERROR', [], 'SOA']);
  world.alba.service.setTrouble('alba.example', 'servfail');
  expect(rcodeName(answer(ask(world, 'alba.example', 'MX')).rcode)).toBe('SERVFAIL');
});

test('a negative answer is cached for the SOA minimum', () => {
  const world = recursiveWorld();
  ask(world, 'nada.brisa.example', 'A');
  let mark = world.kernel.trace.length;
  expect(rcodeName(answer(ask(world, 'nada.brisa.example', 'MX')).rcode)).toBe('NXDOMAIN');
  expect(upstream(world, mark)).toEqual([]);
  mark = world.kernel.trace.length;
  world.kernel.after(61_000_000, () => undefined);
  settle(world.kernel);
  ask(world, 'nada.brisa.example', 'MX');
  expect(upstream(world, mark)).toEqual(['ns-brisa: MX? nada.brisa.example']);
});

test('a CNAME into another zone is chased, and the glueless delegation before it resolved', () => {
  const world = recursiveWorld();
  const message = answer(ask(world, 'www.lejos.example', 'A'));
  expect(message.answers.map((r) => `${r.name} ${rdataBrief(r)}`)).toEqual([
    'www.lejos.example web.brisa.example',
    'web.brisa.example srv.brisa.example',
    'srv.brisa.example 198.51.100.22',
  ]);
});

test('a CNAME to a name that does not exist gives NXDOMAIN with the CNAME', () => {
  const message = answer(ask(recursiveWorld(), 'hueco.lejos.example', 'A'));
  expect([rcodeName(message.rcode), message.answers.map(rdataBrief)]).toEqual(['NXDOMAIN', ['nada.brisa.example']]);
});

test('a loop of CNAMEs ends in SERVFAIL after a bounded number of questions', () => {
  const world = recursiveWorld();
  expect(rcodeName(answer(ask(world, 'vuelta.lejos.example', 'A')).rcode)).toBe('SERVFAIL');
  expect(upstream(world).length).toBeLessThan(10);
});

test('a lame delegation gives SERVFAIL', () => {
  const world = recursiveWorld();
  world.brisa.service.setTrouble('brisa.example', 'lame');
  expect(rcodeName(answer(ask(world, 'brisa.example', 'MX')).rcode)).toBe('SERVFAIL');
  expect(rcodeName(answer(ask(world, 'coja.example', 'MX')).rcode)).toBe('SERVFAIL');
});

test('a silent authoritative server gives SERVFAIL before the client loses patience, and works again after', () => {
  const world = recursiveWorld();
  world.brisa.service.setTrouble('brisa.example', 'timeout');
  const result = ask(world, 'brisa.example', 'MX');
  expect(rcodeName(answer(result).rcode)).toBe('SERVFAIL');
  expect(result.elapsed).toBeLessThan(5_000_000);
  world.brisa.service.setTrouble('brisa.example', undefined);
  world.kernel.after(2_000_000, () => undefined);
  settle(world.kernel);
  expect(answer(ask(world, 'brisa.example', 'MX')).answers.length).toBe(2);
});

test('a silent resolver is asked twice, five seconds apart, then the look-up times out', () => {
  const world = recursiveWorld();
  world.network.silent.add('203.0.113.53');
  const results: Lookup<unknown>[] = [];
  stubResolver(world.client).mx('brisa.example', (r) => results.push(r));
  settle(world.kernel);
  expect(results).toEqual([{ ok: false, failure: 'timeout' }]);
  const sent = world.kernel.trace.entries.filter((e) => e.type === 'pdu-sent');
  expect(sent.map((e) => e.at)).toEqual([0, 5_000_000]);
  expect(world.kernel.now).toBe(10_000_000);
});

test('a long answer reaches the client over TCP, fetched over TCP', () => {
  const result = ask(recursiveWorld(), 'largo.brisa.example', 'TXT');
  expect(result.outcome.kind === 'response' && result.outcome.transport).toBe('tcp');
  expect(answer(result).answers.length).toBe(1);
});

test('without RD the resolver gives only what it has: a referral to the roots, later the cached answer', () => {
  const world = recursiveWorld();
  const cold = answer(ask(world, 'brisa.example', 'MX', { recursionDesired: false }));
  expect([cold.answers, cold.authorities.map(rdataBrief)]).toEqual([[], ['a.root.example']]);
  ask(world, 'brisa.example', 'MX');
  expect(answer(ask(world, 'brisa.example', 'MX', { recursionDesired: false })).answers.length).toBe(2);
});

test('many questions at once are answered each', () => {
  const world = recursiveWorld();
  const resolver = stubResolver(world.client);
  const results: boolean[] = [];
  for (let i = 0; i < 50; i++) resolver.addresses(`mx${(i % 2) + 1}.brisa.example`, (r) => results.push(r.ok));
  settle(world.kernel);
  expect(results).toEqual(Array.from({ length: 50 }, () => true));
});

test('the same seed gives the same trace', () => {
  const run = (seed: number): string => {
    const world = recursiveWorld(seed);
    ask(world, 'www.lejos.example', 'A');
    return world.kernel.trace.digest();
  };
  expect(run(7)).toBe(run(7));
  expect(run(7)).not.toBe(run(8));
});
