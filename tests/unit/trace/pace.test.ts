/** The dilated clock: frames stay visible, gaps are shortened, and it always moves, whatever the slices of time it is given. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TraceEntry } from '../../../src/core/index.ts';
import { PaceClock } from '../../../src/trace/index.ts';

const SLICE = 16_000;

function frame(id: number, departs: number, arrives: number, octets: number): TraceEntry {
  return {
    type: 'frame-sent',
    seq: id,
    at: departs,
    node: 'a',
    frame: id,
    link: 'a--b',
    to: 'b',
    departs,
    arrives,
    payload: 0,
    summary: {
      protocol: 'tcp',
      source: { ip: '192.0.2.10', port: 49152 },
      destination: { ip: '192.0.2.25', port: 25 },
      flags: octets > 0 ? 'PA' : 'A',
      ...(octets > 0 ? { range: { from: 0, to: octets } } : {}),
    },
  };
}

/** Presentation µs until `nextAt` is reached, in slices of `slice`. */
function shownFor(clock: PaceClock, from: number, nextAt: number, slice = SLICE, pace: 'lesson' | 'live' = 'lesson') {
  let at = from;
  let spent = 0;
  while (at < nextAt) {
    const reached = clock.fit(at, nextAt, slice, pace);
    spent += slice - reached.left;
    at = reached.virtual;
  }
  return spent;
}

describe('PaceClock', () => {
  test('shows a frame with octets for several hundred ms, a bare ACK for a quarter of that', () => {
    const data = new PaceClock();
    data.push(frame(1, 0, 10_000, 40));
    const bare = new PaceClock();
    bare.push(frame(1, 0, 10_000, 0));
    const long = shownFor(data, 0, 10_000);
    expect(long).toBeGreaterThan(450_000);
    expect(long).toBeLessThanOrEqual(900_000);
    expect(shownFor(bare, 0, 10_000)).toBeLessThan(long / 3);
  });

  test('frames that fly together share the time', () => {
    const clock = new PaceClock();
    clock.push(frame(1, 0, 10_000, 40));
    const alone = shownFor(clock, 0, 10_000);
    const both = new PaceClock();
    both.push(frame(1, 0, 10_000, 40));
    both.push(frame(2, 0, 10_000, 40));
    expect(shownFor(both, 0, 10_000)).toBe(alone);
  });

  test('half an hour without frames passes in 0.6 s, evenly; live keeps real time up to a second', () => {
    const halfHour = 1_800_000_000;
    expect(shownFor(new PaceClock(), 0, halfHour)).toBeCloseTo(600_000, -2);
    const clock = new PaceClock();
    const first = clock.fit(0, halfHour, 300_000, 'lesson').virtual;
    expect(first / halfHour).toBeCloseTo(0.5, 3);
    expect(shownFor(new PaceClock(), 0, halfHour, SLICE, 'live')).toBeCloseTo(1_000_000, -2);
    expect(shownFor(new PaceClock(), 0, 400_000, SLICE, 'live')).toBe(400_000);
  });

  test('live pace leaves frames at their own speed', () => {
    const clock = new PaceClock();
    clock.push(frame(1, 0, 50_000, 40));
    expect(shownFor(clock, 0, 50_000, SLICE, 'live')).toBe(50_000);
  });

  test('with nothing due, time stands still and nothing is left', () => {
    expect(new PaceClock().fit(7, undefined, 1_000, 'lesson')).toEqual({ virtual: 7, left: 0 });
  });

  const flights = fc.array(
    fc.record({ departs: fc.nat(50_000), span: fc.integer({ min: 1, max: 200_000 }), octets: fc.nat(2) }),
    { maxLength: 6 },
  );

  /** As links make them: the shortest delay of the practice world and up. */
  const realFlights = fc.array(
    fc.record({ departs: fc.nat(50_000), span: fc.integer({ min: 200, max: 200_000 }), octets: fc.nat(2) }),
    { maxLength: 6 },
  );

  test('any positive budget moves, never beyond the next event, never back, and spends no more than it has', () => {
    fc.assert(
      fc.property(
        flights,
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.double({ min: 0.001, max: 2_000_000, noNaN: true }),
        fc.constantFrom('lesson' as const, 'live' as const),
        (frames, nextAt, budget, pace) => {
          const clock = new PaceClock();
          for (const [i, { departs, span, octets }] of frames.entries())
            clock.push(frame(i, departs, departs + span, octets));
          const { virtual, left } = clock.fit(0, nextAt, budget, pace);
          expect(virtual).toBeGreaterThan(0);
          expect(virtual).toBeLessThanOrEqual(nextAt);
          expect(Number.isInteger(virtual)).toBe(true);
          expect(left).toBeGreaterThanOrEqual(0);
          expect(left).toBeLessThanOrEqual(budget);
          if (virtual < nextAt) expect(left).toBe(0);
        },
      ),
    );
  });

  test('the way to the next event takes as long in slices of any size', () => {
    fc.assert(
      fc.property(
        realFlights,
        fc.integer({ min: 1_000, max: 400_000 }),
        fc.integer({ min: 4_000, max: 40_000 }),
        (frames, nextAt, slice) => {
          const time = (size: number): number => {
            const clock = new PaceClock();
            for (const [i, { departs, span, octets }] of frames.entries()) {
              clock.push(frame(i, departs, departs + span, octets));
            }
            return shownFor(clock, 0, nextAt, size);
          };
          // A slice may end between two whole µs of virtual time, once for each stretch between departures and arrivals.
          const whole = time(100_000_000);
          expect(Math.abs(time(slice) - whole)).toBeLessThanOrEqual(whole * 0.02 + 13 * 4_000);
        },
      ),
    );
  });
});
