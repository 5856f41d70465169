/** The contract's laws on TCP, which is no endpoint of a protocol but has a machine, a codec and hostile peers all the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { showIp } from '../../src/net/address.ts';
import { TCP_MACHINE } from '../../src/net/index.ts';
import { emitSegment, parseSegment, type SegmentOut } from '../../src/net/tcp/segment.ts';
import { CLIENT, Collector, drain, pair, SERVER } from '../unit/net/world.ts';
import { eventsOf, nodesOf, reachable } from './machine-states.ts';

const uint16 = fc.integer({ min: 0, max: 0xffff });
const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });
const segment: fc.Arbitrary<SegmentOut> = fc
  .record({
    source: uint32,
    destination: uint32,
    sourcePort: uint16,
    destinationPort: uint16,
    seq: uint32,
    ack: uint32,
    flags: fc.integer({ min: 0, max: 0x1f }),
    window: uint16,
    id: uint16,
    payload: fc.uint8Array({ maxLength: 1460 }),
    mss: fc.option(uint16),
  })
  .map(({ mss, ...rest }) => (mss === null ? rest : { ...rest, mss }));

describe('the codec', () => {
  it('parses what it emits', () => {
    fc.assert(
      fc.property(segment, ({ id: _, ...sent }) => {
        expect(parseSegment(emitSegment({ ...sent, id: 1 }))).toEqual({ mss: undefined, ...sent });
      }),
    );
  });

  it('reports every changed octet by the checksum, and never throws', () => {
    fc.assert(
      fc.property(segment, fc.nat(), fc.integer({ min: 1, max: 255 }), (sent, at, change) => {
        const frame = emitSegment(sent);
        const header = 34;
        const where = header + (at % (frame.length - header));
        frame[where] = (frame[where] as number) ^ change;
        expect(['malformed', 'bad-checksum']).toContain(parseSegment(frame));
        parseSegment(frame.subarray(0, where));
      }),
    );
  });
});

describe('a stack', () => {
  /** A session with a hostile segment between any two of its own. */
  it('survives any segment from its peer at any time, and keeps to its states', () => {
    const names = new Set(reachable(TCP_MACHINE).map(({ path }) => path));
    const forgery = fc.record({
      of: fc.nat(),
      wait: fc.integer({ min: 0, max: 6 }),
      flags: fc.integer({ min: 0, max: 0x1f }),
      seq: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -70_000, max: 70_000 })),
      ack: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer()),
      window: uint16,
      payload: fc.uint8Array({ maxLength: 30 }),
    });
    fc.assert(
      fc.property(fc.array(forgery, { maxLength: 40 }), (forgeries) => {
        const { kernel, network, client, server } = pair(1);
        server.listen(25, (socket) => {
          const accepted = new Collector({ data: () => socket.write(Uint8Array.of(1, 2, 3)) });
          accepted.socket = socket;
          return accepted;
        });
        const caller = new Collector({ connected: () => caller.socket?.write(Uint8Array.of(7)) });
        caller.socket = client.connect({ ip: SERVER, port: 25 }, caller);
        for (const { of, wait, payload, window, ...change } of forgeries) {
          for (let i = 0; i < wait; i++) kernel.run();
          const seen = kernel.trace.payloads.filter((frame) => typeof parseSegment(frame) !== 'string');
          const real = seen.length === 0 ? undefined : parseSegment(seen[of % seen.length] as Uint8Array);
          if (real === undefined || typeof real === 'string') continue;
          const { mss: _, ...rest } = real;
          const seq = (real.seq + change.seq) >>> 0;
          const ack = (real.ack + change.ack) >>> 0;
          const frame = emitSegment({ ...rest, seq, ack, flags: change.flags, window, payload, id: 1 });
          const to = showIp(real.destination) === CLIENT ? 'client' : 'server';
          const summary = { protocol: 'tcp', source: { ip: '', port: 0 }, destination: { ip: '', port: 0 } } as const;
          network.stack(to)?.arrived({ frame, conn: 'tcp:1', summary, payload: undefined });
        }
        caller.socket?.close();
        for (let i = 0; i < 20_000 && kernel.run() === 'stepped'; i++);
        for (const entry of kernel.trace.entries) {
          if (entry.type !== 'tcp-state') continue;
          expect(names).toContain(entry.to);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('delivers the same octets however they are written', () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 9000 }), cuts, (bytes, sizes) => {
        const { kernel, client, server } = pair(1);
        const accepted = new Collector({ peerClosed: () => accepted.socket?.close() });
        server.listen(25, (socket) => {
          accepted.socket = socket;
          return accepted;
        });
        const caller = new Collector({
          connected: () => {
            let at = 0;
            for (let i = 0; at < bytes.length; i++) {
              const size = sizes[i % sizes.length] ?? 1;
              caller.socket?.write(bytes.subarray(at, at + size));
              at += size;
            }
            caller.socket?.close();
          },
        });
        caller.socket = client.connect({ ip: SERVER, port: 25 }, caller);
        drain(kernel);
        expect(accepted.octets).toEqual(bytes);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the machine', () => {
  const states = reachable(TCP_MACHINE);

  it('has the eleven states of RFC 9293 and takes every event in each', () => {
    expect(states).toHaveLength(11);
    for (const state of states)
      for (const event of [...eventsOf(TCP_MACHINE), 'NO-SUCH-EVENT'])
        expect(TCP_MACHINE.next(state, event).taken, `${event} in ${state.path}`).toBe(true);
  });

  it('names the clause of RFC 9293 and a sentence for every transition', () => {
    for (const node of nodesOf(TCP_MACHINE)) {
      for (const [event, list] of node.transitions) {
        for (const { meta, description } of list) {
          expect(meta?.rfc, `${node.id} on ${event}`).toMatch(/^9293#/);
          expect(description, `${node.id} on ${event}`).toMatch(/^tcp\.t\./);
        }
      }
    }
  });
});
