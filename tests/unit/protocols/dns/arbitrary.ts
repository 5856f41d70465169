/** Random valid messages for properties. */
import fc from 'fast-check';
import type { Message, Question, ResourceRecord } from '../../../../src/protocols/dns/index.ts';
import { octetText } from '../../../../src/protocols/dns/name.ts';

const label = fc
  .array(fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0x61, max: 0x66 }) }, fc.integer({ min: 0, max: 255 })), {
    minLength: 1,
    maxLength: 12,
  })
  .map((octets) => octets.map(octetText).join(''));

/** Few distinct labels, so that suffixes repeat and are compressed. */
export const name = fc.oneof(
  fc.constant('.'),
  fc
    .array(fc.oneof(fc.constantFrom('brisa', 'example', 'mx', 'Alba', 'a'), label), { minLength: 1, maxLength: 5 })
    .map((l) => l.join('.')),
);

const uint16 = fc.integer({ min: 0, max: 0xffff });
const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });
const ttl = fc.integer({ min: 0, max: 0x7fff_ffff });
const latin1 = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((c) => String.fromCharCode(c)), maxLength: 255 });
const hex = fc.uint8Array({ maxLength: 20 }).map((b) => Buffer.from(b).toString('hex'));
const common = { name, class: fc.constant(1), ttl };

export const record: fc.Arbitrary<ResourceRecord> = fc.oneof(
  fc.record({ ...common, type: fc.constant('A' as const), address: fc.ipV4() }),
  fc.record({
    ...common,
    type: fc.constant('AAAA' as const),
    address: fc.constantFrom('::', '::1', '2001:db8::1', '2001:db8:0:1:1:1:1:1', '1:0:0:2::3', 'fe80::a:b:c:d'),
  }),
  fc.record({ ...common, type: fc.constantFrom('NS' as const, 'CNAME' as const, 'PTR' as const), target: name }),
  fc.record({ ...common, type: fc.constant('MX' as const), preference: uint16, exchange: name }),
  fc.record({
    ...common,
    type: fc.constant('TXT' as const),
    strings: fc.array(latin1, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    ...common,
    type: fc.constant('SOA' as const),
    mname: name,
    rname: name,
    serial: uint32,
    refresh: uint32,
    retry: uint32,
    expire: uint32,
    minimum: uint32,
  }),
  fc.record({
    ...common,
    type: fc.constant('OPAQUE' as const),
    number: fc.integer({ min: 256, max: 60_000 }),
    data: hex,
  }),
);

const question: fc.Arbitrary<Question> = fc.record({ name, type: uint16, class: uint16 });
const section = fc.array(record, { maxLength: 4 });
const flag = fc.boolean();

const plain = fc.record({
  id: uint16,
  response: flag,
  opcode: fc.integer({ min: 0, max: 15 }),
  aa: flag,
  tc: flag,
  rd: flag,
  ra: flag,
  ad: flag,
  cd: flag,
  rcode: fc.integer({ min: 0, max: 15 }),
  questions: fc.array(question, { maxLength: 2 }),
  answers: section,
  authorities: section,
  additionals: section,
});

export const message: fc.Arbitrary<Message> = fc.oneof(
  plain.map((m) => (m.tc ? { ...m, answers: [], authorities: [], additionals: [] } : m)),
  fc
    .tuple(
      plain,
      fc.record({ udpSize: uint16, version: fc.integer({ min: 0, max: 255 }), dnssecOk: flag, options: hex }),
      fc.integer({ min: 0, max: 4095 }),
    )
    .map(([m, edns, rcode]) => ({ ...m, tc: false, edns, rcode })),
);
