import packet, { type DecodedPacket } from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../../../../src/core/index.ts';
import { frame, TcpFraming } from '../../../../src/protocols/dns/codec/index.ts';
import { readName, writeName } from '../../../../src/protocols/dns/codec/names.ts';
import {
  annotate,
  emit,
  type Message,
  makeQuery,
  makeResponse,
  parse,
  type ResourceRecord,
} from '../../../../src/protocols/dns/index.ts';
import { ByteWriter, type Span } from '../../../../src/wire/index.ts';
import { message } from './arbitrary.ts';

function parsed(bytes: Uint8Array): Message {
  const result = parse(bytes);
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.message;
}

function fault(bytes: Uint8Array): string {
  const result = parse(bytes);
  return result.ok ? 'none' : `${result.fault.kind}@${result.fault.offset}`;
}

const header = (counts: string): string => `0001 0000 ${counts}`;
const octets = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array();

describe('names (RFC 1035 §4.1.4)', () => {
  test('the example of §4.1.4: F.ISI.ARPA, FOO.F.ISI.ARPA, ARPA and the root', () => {
    // The RFC's own layout: names at offsets 20, 40, 64 and 92.
    const writer = new ByteWriter();
    const table = new Map<string, number>();
    const at = (offset: number): void => {
      while (writer.length < offset) writer.uint8(0);
    };
    at(20);
    writeName(writer, 'F.ISI.ARPA', table);
    at(40);
    writeName(writer, 'FOO.F.ISI.ARPA', table);
    at(64);
    writeName(writer, 'ARPA', table);
    at(92);
    writeName(writer, '.', table);
    const bytes = writer.bytes();
    expect(toHex(bytes.subarray(20, 32))).toBe('0146 03495349 0441525041 00'.replaceAll(' ', ''));
    expect(toHex(bytes.subarray(40, 46))).toBe('03464f4f c014'.replaceAll(' ', ''));
    expect(toHex(bytes.subarray(64, 66))).toBe('c01a');
    expect(toHex(bytes.subarray(92, 93))).toBe('00');
    expect([20, 40, 64, 92].map((offset) => readName(bytes, offset, bytes.length))).toEqual([
      { name: 'F.ISI.ARPA', end: 32 },
      { name: 'FOO.F.ISI.ARPA', end: 46 },
      { name: 'ARPA', end: 66 },
      { name: '.', end: 93 },
    ]);
  });

  test('a pointer to itself, forwards, or in a circle is refused where it stands', () => {
    expect(fault(octets(`${header('0001 0000 0000 0000')} c00c 0001 0001`))).toBe('forward-pointer@12');
    expect(fault(octets(`${header('0001 0000 0000 0000')} c010 0001 0001 00`))).toBe('forward-pointer@12');
    expect(fault(octets(`${header('0002 0000 0000 0000')} 0161 c00c 0001 0001 c00c 0001 0001`))).toBe(
      'forward-pointer@14',
    );
  });

  test('reserved label types and names over 255 octets are refused', () => {
    expect(fault(octets(`${header('0001 0000 0000 0000')} 4161 00 0001 0001`))).toBe('reserved-label@12');
    const long = `${'3f'.padEnd(2)}${'61'.repeat(63)}`.repeat(4);
    expect(fault(octets(`${header('0001 0000 0000 0000')} ${long} 00 0001 0001`))).toBe('name-too-long@12');
  });

  test('octets that are not printable are escaped and come back', () => {
    const bytes = octets(`${header('0001 0000 0000 0000')} 05 2e5c00 ff20 00 0001 0001`);
    expect(parsed(bytes).questions[0]?.name).toBe('\\.\\\\\\000\\255\\032');
    expect(toHex(emit(parsed(bytes)))).toBe(toHex(bytes));
  });
});

describe('messages', () => {
  test('emit then parse is the identity', () => {
    fc.assert(
      fc.property(message, (m) => {
        expect(parsed(emit(m))).toEqual(m);
      }),
      { numRuns: 400 },
    );
  });

  test('parse then emit then parse is the identity on what dns-packet writes', () => {
    const bytes = packet.encode({
      id: 4242,
      type: 'response',
      flags: packet.AUTHORITATIVE_ANSWER | packet.RECURSION_DESIRED,
      questions: [{ name: 'brisa.example', type: 'MX', class: 'IN' }],
      answers: [
        { name: 'brisa.example', type: 'MX', ttl: 3600, data: { preference: 10, exchange: 'mx1.brisa.example' } },
        { name: 'brisa.example', type: 'TXT', ttl: 60, data: [Buffer.from('v=spf1 mx -all')] },
        { name: 'www.brisa.example', type: 'CNAME', ttl: 60, data: 'srv.brisa.example' },
        { name: '10.100.51.198.in-addr.arpa', type: 'PTR', ttl: 60, data: 'pc-bruno.brisa.example' },
      ],
      authorities: [
        { name: 'brisa.example', type: 'NS', ttl: 5, data: 'ns.brisa.example' },
        {
          name: 'brisa.example',
          type: 'SOA',
          ttl: 9,
          data: {
            mname: 'ns.brisa.example',
            rname: 'hostmaster.brisa.example',
            serial: 1,
            refresh: 2,
            retry: 3,
            expire: 4,
            minimum: 5,
          },
        },
      ],
      additionals: [
        { name: 'mx1.brisa.example', type: 'A', ttl: 60, data: '198.51.100.25' },
        { name: 'mx1.brisa.example', type: 'AAAA', ttl: 60, data: '2001:db8::25' },
        {
          type: 'OPT',
          name: '.',
          udpPayloadSize: 1232,
          extendedRcode: 0,
          ednsVersion: 0,
          flags: 0,
          flag_do: false,
          options: [],
        },
      ],
    });
    const ours = parsed(bytes);
    expect(ours.answers.map((r) => r.type)).toEqual(['MX', 'TXT', 'CNAME', 'PTR']);
    expect(ours.edns).toEqual({ udpSize: 1232, version: 0, dnssecOk: false, options: '' });
    expect(parsed(emit(ours))).toEqual(ours);
    expect(emit(ours).length).toBeLessThan(bytes.length);
  });

  test('dns-packet reads what we write', () => {
    const query = makeQuery(77, { name: 'brisa.example', type: 15, class: 1 });
    const answers: ResourceRecord[] = [
      { name: 'brisa.example', type: 'MX', class: 1, ttl: 60, preference: 10, exchange: 'mx1.brisa.example' },
      { name: 'mx1.brisa.example', type: 'A', class: 1, ttl: 60, address: '198.51.100.25' },
      { name: 'mx1.brisa.example', type: 'AAAA', class: 1, ttl: 60, address: '2001:db8::25' },
      { name: 'brisa.example', type: 'TXT', class: 1, ttl: 60, strings: ['v=spf1 mx -all'] },
    ];
    // dns-packet names the response code, which its types leave out.
    const theirs: DecodedPacket & { readonly rcode?: string } = packet.decode(
      Buffer.from(emit(makeResponse(query, { rcode: 0, aa: true, answers }))),
    );
    expect([theirs.id, theirs.type, theirs.rcode, theirs.flag_aa]).toEqual([77, 'response', 'NOERROR', true]);
    expect(theirs.answers?.map((a) => ('data' in a ? a.data : undefined))).toEqual([
      { preference: 10, exchange: 'mx1.brisa.example' },
      '198.51.100.25',
      '2001:db8::25',
      [Buffer.from('v=spf1 mx -all')],
    ]);
  });

  test('random octets, and valid messages with octets changed, never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        parse(bytes);
        annotate(bytes);
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(message, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 5 }), fc.nat(), (m, edits, cut) => {
        const bytes = emit(m);
        for (const [at, value] of edits) bytes[at % bytes.length] = value;
        const result = parse(bytes.subarray(0, bytes.length - (cut % 3)));
        if (result.ok) emit(result.message);
      }),
      { numRuns: 500 },
    );
  });

  test('what is cut short, padded or inconsistent is named with its offset', () => {
    const good = toHex(emit(makeQuery(1, { name: 'a', type: 1, class: 1 })));
    expect(fault(octets(good.slice(0, 20)))).toBe('short-header@10');
    expect(fault(octets(good.slice(0, -2)))).toBe('short-record@17');
    expect(fault(octets(`${good}00`))).toBe('trailing-octets@19');
    const answer = (rdata: string): string => `${header('0000 0001 0000 0000')} 00 ${rdata}`;
    expect(fault(octets(answer('0001 0001 00000000 0003 010203')))).toBe('rdata-length@23');
    expect(fault(octets(answer('0010 0001 00000000 0002 0561')))).toBe('bad-rdata@23');
    expect(fault(octets(answer('000f 0001 00000000 0004 0001 00 00')))).toBe('rdata-length@26');
    expect(fault(octets(answer('0029 0001 00000000 0000')))).toBe('opt-misplaced@12');
  });

  test('over the limit whole records are left out and TC is set; the OPT stays', () => {
    const query = makeQuery(1, { name: 'brisa.example', type: 16, class: 1 });
    const answers: ResourceRecord[] = Array.from({ length: 20 }, (_, i) => ({
      name: 'brisa.example',
      type: 'TXT',
      class: 1,
      ttl: 60,
      strings: [`${i}${'x'.repeat(60)}`],
    }));
    const edns = { udpSize: 1232, version: 0, dnssecOk: false, options: '' };
    const bytes = emit(makeResponse(query, { rcode: 0, answers, edns }), 512);
    const back = parsed(bytes);
    expect(bytes.length).toBeLessThanOrEqual(512);
    expect([back.tc, back.edns, back.answers.length]).toEqual([true, edns, 6]);
  });

  test('additional records that do not fit go without TC; glue of a referral does not', () => {
    const query = makeQuery(1, { name: 'a.example', type: 1, class: 1 });
    const glue: ResourceRecord[] = Array.from({ length: 40 }, (_, i) => ({
      name: `ns${i}.example`,
      type: 'A',
      class: 1,
      ttl: 60,
      address: '192.0.2.1',
    }));
    const ns: ResourceRecord = { name: 'example', type: 'NS', class: 1, ttl: 60, target: 'ns1.example' };
    const a: ResourceRecord = { name: 'a.example', type: 'A', class: 1, ttl: 60, address: '192.0.2.9' };
    const answer = parsed(emit(makeResponse(query, { rcode: 0, aa: true, answers: [a], additionals: glue }), 512));
    expect([answer.tc, answer.additionals.length > 10]).toEqual([false, true]);
    expect(parsed(emit(makeResponse(query, { rcode: 0, authorities: [ns], additionals: glue }), 512)).tc).toBe(true);
  });
});

describe('annotation', () => {
  test('every octet of a message is under a span, and children lie within their parents', () => {
    fc.assert(
      fc.property(message, (m) => {
        const bytes = emit(m);
        const { spans, fault: none } = annotate(bytes);
        expect(none).toBeUndefined();
        let at = 0;
        for (const span of spans) {
          expect(span.start).toBe(at);
          at = span.end;
          within(span);
        }
        expect(at).toBe(bytes.length);
      }),
      { numRuns: 100 },
    );
  });

  function within(span: Span): void {
    for (const child of span.children ?? []) {
      expect(child.start).toBeGreaterThanOrEqual(span.start);
      expect(child.end).toBeLessThanOrEqual(span.end);
      within(child);
    }
  }

  test('an MX answer reads as people would tell it', () => {
    const query = makeQuery(4242, { name: 'brisa.example', type: 15, class: 1 });
    const mx: ResourceRecord = {
      name: 'brisa.example',
      type: 'MX',
      class: 1,
      ttl: 60,
      preference: 10,
      exchange: 'mx1.brisa.example',
    };
    const { spans } = annotate(emit(makeResponse(query, { rcode: 0, answers: [mx] })));
    expect(spans.map((s) => `${s.label} ${s.value}`)).toEqual([
      'dns.field.header 4242',
      'dns.field.question brisa.example MX',
      'dns.field.answer brisa.example MX',
    ]);
    expect(spans[2]?.children?.map((s) => `${s.start}-${s.end} ${s.label.slice(10)} ${s.value}`)).toEqual([
      '31-33 name brisa.example',
      '33-35 type MX',
      '35-37 class IN',
      '37-41 ttl 60',
      '41-43 rdlength 8',
      '43-45 preference 10',
      '45-51 exchange mx1.brisa.example',
    ]);
  });
});

test('TCP framing: any chunking gives the same messages and offsets', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 30 })),
      (messages, cuts) => {
        const stream = Buffer.concat(messages.map(frame));
        const framing = new TcpFraming();
        const out: string[] = [];
        let at = 0;
        const drain = (): void => {
          for (let next = framing.next(); next !== undefined; next = framing.next()) out.push(toHex(next));
        };
        for (const cut of [...cuts, stream.length]) {
          framing.push(new Uint8Array(stream.subarray(at, at + cut)));
          at = Math.min(stream.length, at + cut);
          drain();
        }
        expect(out).toEqual(messages.map((m) => toHex(m)));
        expect(framing.offset).toBe(stream.length);
      },
    ),
  );
});
