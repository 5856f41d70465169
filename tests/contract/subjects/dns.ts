/** DNS: authoritative and recursive servers over both transports, and the client that asks them. */
import fc from 'fast-check';
import { frame } from '../../../src/protocols/dns/codec/index.ts';
import {
  authoritativeRole,
  buildZone,
  Cache,
  emit,
  type Message,
  makeQuery,
  makeResponse,
  type RecursiveAnswer,
  type RecursiveAsk,
  recursiveRole,
  type StubAnswer,
  type StubAsk,
  type StubConfig,
  stubRole,
  ZoneSet,
} from '../../../src/protocols/dns/index.ts';
import { lookup } from '../../../src/protocols/dns/lookup.ts';
import { message } from '../../unit/protocols/dns/arbitrary.ts';
import { type Subject, subject } from '../subject.ts';

function zones(...sources: readonly Parameters<typeof buildZone>[0][]): ZoneSet {
  return new ZoneSet(
    sources.map((source) => {
      const built = buildZone(source);
      if (!built.ok) throw new Error(JSON.stringify(built.faults));
      return built.zone;
    }),
  );
}

const ROOT = zones({
  name: '.',
  ttl: 86_400,
  records: [
    { name: '.', type: 'NS', data: 'a.root.example' },
    { name: 'example', type: 'NS', data: 'a.nic.example' },
    { name: 'a.nic.example', type: 'A', data: '203.0.113.2' },
  ],
});
const TLD = zones({
  name: 'example',
  ttl: 86_400,
  records: [
    { name: 'example', type: 'SOA', data: 'a.nic.example hostmaster.nic.example 1 7200 900 1209600 300' },
    { name: 'brisa.example', type: 'NS', data: 'ns.brisa.example' },
    { name: 'ns.brisa.example', type: 'A', data: '198.51.100.53' },
  ],
});
const BRISA = zones({
  name: 'brisa.example',
  ttl: 3600,
  records: [
    { name: 'brisa.example', type: 'SOA', data: 'ns.brisa.example hostmaster.brisa.example 1 7200 900 1209600 300' },
    { name: 'brisa.example', type: 'NS', data: 'ns.brisa.example' },
    { name: 'ns.brisa.example', type: 'A', data: '198.51.100.53' },
    { name: 'brisa.example', type: 'MX', data: '10 mx1.brisa.example' },
    { name: 'mx1.brisa.example', type: 'A', data: '198.51.100.25' },
    { name: 'www.brisa.example', type: 'CNAME', data: 'mx1.brisa.example' },
    {
      name: 'largo.brisa.example',
      type: 'TXT',
      data: `"${'x'.repeat(250)}" "${'y'.repeat(250)}" "${'z'.repeat(250)}"`,
    },
    { name: 'sub.brisa.example', type: 'NS', data: 'ns.otra.example' },
  ],
});
const SERVERS: Readonly<Record<string, ZoneSet>> = { '203.0.113.1': ROOT, '203.0.113.2': TLD, '198.51.100.53': BRISA };

const QUESTIONS = [
  ['brisa.example', 15],
  ['mx1.brisa.example', 1],
  ['mx1.brisa.example', 1],
  ['www.brisa.example', 1],
  ['largo.brisa.example', 16],
  ['nada.brisa.example', 1],
  ['brisa.example', 28],
  ['a.sub.brisa.example', 1],
  ['no-existe.example', 1],
  ['brisa.example', 255],
  ['brisa.example', 252],
] as const;

const query = (name: string, type: number, id = 7): Message => makeQuery(id, { name, type, class: 1 });
const QUERIES = QUESTIONS.map(([name, type], i) => emit(query(name, type, i)));
const ODD = [
  emit({ ...query('brisa.example', 15), opcode: 4 }),
  emit({ ...query('brisa.example', 15), rd: false }),
  emit({ ...query('brisa.example', 15), edns: { udpSize: 4096, version: 7, dnssecOk: false, options: '' } }),
  emit(query('brisa.example', 15)).subarray(0, 20),
  emit({ ...query('brisa.example', 15), response: true }),
];

const datagram = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...QUERIES, ...ODD) },
  { weight: 2, arbitrary: message.map((value) => emit(value)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 600 }) },
);
const datagrams = fc.array(datagram, { maxLength: 15 });
const stream = fc.array(
  fc.oneof({ weight: 6, arbitrary: datagram.map(frame) }, { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }) }),
  { maxLength: 12 },
);

/** Over UDP each query is a datagram, over TCP a message of a stream; replies to garbage have an error code or are none. */
const overUdp = { datagram: true, dialogue: [...QUERIES, ...ODD], input: datagrams } as const;
const overTcp = {
  variant: 'over TCP',
  dialogue: [...QUERIES, ...ODD].map(frame),
  input: stream,
  // Sixteen bits of length: a message and what arrived behind it, each octet up to six characters in JSON.
  memory: { reading: 6 * 4 * 65_536, asking: 6 * 5 * 65_536 },
} as const;

const authoritative = (transport: 'udp' | 'tcp') => ({
  role: authoritativeRole,
  config: () => ({ zones: BRISA, transport }),
  host: () => () => undefined,
});

const recursive = (transport: 'udp' | 'tcp') => ({
  role: recursiveRole,
  config: () => ({
    transport,
    cache: new Cache({ now: 0 }),
    roots: [{ name: 'a.root.example', address: '203.0.113.1' }],
  }),
  host:
    () =>
    (ask: RecursiveAsk): RecursiveAnswer => {
      const there = SERVERS[ask.address];
      if (there === undefined) return { message: undefined };
      return { message: makeResponse(makeQuery(1, ask.question), lookup(there, ask.question)) };
    },
});

const answerTo = (id: number, tc = false): Message => ({
  ...makeResponse(query('brisa.example', 15, id), {
    rcode: 0,
    answers: [{ name: 'brisa.example', type: 'MX', class: 1, ttl: 60, preference: 10, exchange: 'mx1.brisa.example' }],
  }),
  tc,
});

const stub = (of: Partial<StubConfig>, connected: boolean) => ({
  role: stubRole,
  config: () => ({ question: { name: 'brisa.example', type: 15, class: 1 }, id: 7, ...of }),
  host:
    () =>
    (_: StubAsk): StubAnswer => ({ connected }),
  // A client says nothing to rubbish.
  rebuke: () => false,
});
const WRONG = [emit(answerTo(8)), emit(query('brisa.example', 15)), Uint8Array.of(1, 2, 3)];

export const DNS_SUBJECTS: readonly Subject[] = [
  subject({ ...authoritative('udp'), ...overUdp }),
  subject({ ...authoritative('tcp'), ...overTcp }),
  subject({ ...recursive('udp'), ...overUdp }),
  subject({ ...recursive('tcp'), ...overTcp }),
  subject({
    ...stub({}, true),
    variant: 'over UDP',
    datagram: true,
    dialogue: [...WRONG, emit(answerTo(7))],
    input: fc.array(fc.oneof(datagram, fc.constantFrom(...WRONG, emit(answerTo(7)))), { maxLength: 8 }),
    probes: [...WRONG, emit(answerTo(7, true))],
  }),
  subject({
    ...stub({}, false),
    variant: 'truncated, without TCP',
    datagram: true,
    dialogue: [emit(answerTo(7, true))],
    input: fc.array(fc.oneof(datagram, fc.constantFrom(...WRONG, emit(answerTo(7, true)))), { maxLength: 8 }),
  }),
  subject({
    ...stub({ tcp: true }, true),
    variant: 'over TCP',
    dialogue: [...WRONG, emit(answerTo(7))].map(frame),
    input: stream,
    probes: WRONG.map(frame),
    memory: overTcp.memory,
  }),
];
