import { expect, test } from 'vitest';
import { type DnsQueryResult, query, stubResolver } from '../../../../src/hosts/dns/index.ts';
import type { Lookup } from '../../../../src/hosts/resolver.ts';
import { isReferral, RR_TYPES, rdataBrief } from '../../../../src/protocols/dns/index.ts';
import { authoritativeWorld, settle } from './world.ts';

function asked(name: string, type: keyof typeof RR_TYPES, server = '198.51.100.53', options = {}) {
  const world = authoritativeWorld();
  const client = world.network.host('pc-ana', '192.0.2.10');
  let result: DnsQueryResult | undefined;
  query(client, { ip: server, port: 53 }, name, RR_TYPES[type], options, (r) => {
    result = r;
  });
  settle(world.kernel);
  if (result?.outcome.kind !== 'response') throw new Error('no response');
  return { ...world, result, message: result.outcome.message, outcome: result.outcome };
}

test('an authoritative server answers over UDP with AA and the addresses of the exchanges', () => {
  const { message, kernel } = asked('brisa.example', 'MX');
  expect(message.aa).toBe(true);
  expect(message.answers.map(rdataBrief)).toEqual(['10 mx1.brisa.example', '20 mx2.brisa.example']);
  expect(message.additionals.map(rdataBrief)).toEqual(['198.51.100.25', '198.51.100.26']);
  const pdus = kernel.trace.entries.filter((e) => e.type === 'pdu-sent' || e.type === 'pdu-received');
  expect(pdus.map((e) => [e.node, e.type, 'pdu' in e ? `${e.pdu.verb} ${e.pdu.args}` : ''])).toEqual([
    ['pc-ana', 'pdu-sent', 'MX? brisa.example'],
    ['ns-brisa', 'pdu-received', 'MX? brisa.example'],
    ['ns-brisa', 'pdu-sent', 'MX 10 mx1.brisa.example, 20 mx2.brisa.example'],
    ['pc-ana', 'pdu-received', 'MX 10 mx1.brisa.example, 20 mx2.brisa.example'],
  ]);
});

test('the top-level server refers with glue', () => {
  const { message } = asked('brisa.example', 'MX', '203.0.113.2');
  expect(isReferral(message)).toBe(true);
  expect(message.additionals.map(rdataBrief)).toEqual(['198.51.100.53']);
});

test('a truncated answer is asked for again over TCP', () => {
  const { outcome, message, kernel } = asked('largo.brisa.example', 'TXT');
  expect(outcome.transport).toBe('tcp');
  expect(message.answers[0]?.type === 'TXT' && message.answers[0].strings.join('').length).toBe(2000);
  expect(
    kernel.trace.entries.flatMap((e) => (e.type === 'transition' && e.machine === 'dns.stub' ? [e.event] : [])),
  ).toEqual(['start', 'SEND', 'TRUNCATED', 'CONNECTED', 'RESPONSE']);
});

test('the query log has one line a question', () => {
  const { brisa } = asked('brisa.example', 'MX');
  expect(brisa.host.disk.readText('/var/log/named.log')).toMatch(
    /^2026-01-15T10:00:00 ns-brisa named: client 192\.0\.2\.10#\d+ \(brisa\.example\): query: brisa\.example IN MX\n$/,
  );
});

test('a stub resolver gives MX records, and REFUSED as such', () => {
  const { kernel, network } = authoritativeWorld();
  const client = network.host('pc-ana', '192.0.2.10', '198.51.100.53');
  const results: Lookup<unknown>[] = [];
  const resolver = stubResolver(client);
  resolver.mx('brisa.example', (r) => results.push(r));
  resolver.addresses('alba.example', (r) => results.push(r));
  resolver.addresses('no.brisa.example', (r) => results.push(r));
  resolver.addresses('brisa.example', (r) => results.push(r));
  settle(kernel);
  expect(results).toEqual([
    {
      ok: true,
      value: [
        { preference: 10, exchange: 'mx1.brisa.example' },
        { preference: 20, exchange: 'mx2.brisa.example' },
      ],
    },
    { ok: false, failure: 'refused' },
    { ok: false, failure: 'nxdomain' },
    { ok: false, failure: 'nodata' },
  ]);
});
