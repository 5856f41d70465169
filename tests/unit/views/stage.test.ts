/** The stage's geometry, without a document: cables go round tiles, frames stay on their cable, pills do not cover each other. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Recording } from '../../../src/trace/index.ts';
import { stageLayout, stageModel } from '../../../src/views/index.ts';
import { geometry } from '../../../src/views/stage-geometry.ts';
import type { PillNow } from '../../../src/views/stage-model.ts';
import { placePills } from '../../../src/views/stage-pills.ts';
import { along, type End, lengthOf, pathOf, route } from '../../../src/views/stage-routes.ts';

const half = { width: 60, height: 35 };
const end = (id: string, x: number, y: number, size = half): End => ({ id, at: { x, y }, half: size });

describe('route', () => {
  test('is straight between ends on one line, from edge to edge', () => {
    expect(route(end('a', 0, 0), end('b', 400, 0), [])).toEqual([
      { x: 60, y: 0 },
      { x: 340, y: 0 },
    ]);
  });

  test('leaves a tile in the middle of a side and turns once', () => {
    const hub = end('hub', 200, 300, { width: 0, height: 0 });
    expect(route(end('a', 0, 0), hub, [])).toEqual([
      { x: 60, y: 0 },
      { x: 200, y: 0 },
      { x: 200, y: 300 },
    ]);
  });

  test('goes round a tile that is in the way', () => {
    const [a, b, between] = [end('a', 0, 0), end('b', 300, 300), end('c', 300, 0)];
    const way = route(a, b, [a, b, between]);
    for (const { x, y } of way) {
      expect(Math.abs(x - 300) < half.width && Math.abs(y) < half.height).toBe(false);
    }
  });

  const place = fc.record({ x: fc.integer({ min: 0, max: 900 }), y: fc.integer({ min: 0, max: 600 }) });
  test('is the same way back, runs at right angles, and a frame on it is never beside it', () => {
    fc.assert(
      fc.property(place, place, fc.double({ min: 0, max: 1, noNaN: true }), (from, to, share) => {
        fc.pre(Math.abs(from.x - to.x) > 130 || Math.abs(from.y - to.y) > 80);
        const [a, b] = [end('a', from.x, from.y), end('b', to.x, to.y)];
        const way = route(a, b, [a, b]);
        for (let i = 1; i < way.length; i++) {
          const [p, q] = [way[i - 1], way[i]];
          if (p === undefined || q === undefined) throw new Error('a corner is missing');
          expect(Math.min(Math.abs(p.x - q.x), Math.abs(p.y - q.y))).toBeLessThanOrEqual(1);
        }
        const forth = along(way, share).at;
        const back = along(way.toReversed(), 1 - share).at;
        expect(Math.hypot(forth.x - back.x, forth.y - back.y)).toBeLessThan(0.01);
        expect(pathOf(way)).toMatch(/^M[\d.-]+ [\d.-]+(L[\d.-]+ [\d.-]+|Q[\d. -]+)+$/);
        expect(lengthOf(way)).toBeGreaterThan(0);
      }),
    );
  });
});

describe('pills', () => {
  const pill = (key: string, progress: number, label = '250'): PillNow => ({
    key,
    seq: 0,
    from: 'a',
    to: 'b',
    progress,
    label,
    kind: 'smtp',
    negative: false,
    message: false,
    lost: false,
    retransmission: false,
  });
  const routes = new Map([
    [
      'a--b',
      [
        { x: 0, y: 100 },
        { x: 600, y: 100 },
      ],
    ],
  ]);

  test('that travel together do not cover each other', () => {
    const [first, second] = placePills([pill('1', 0.5), pill('2', 0.505)], routes, false);
    if (first === undefined || second === undefined) throw new Error('a pill is missing');
    expect(Math.abs(first.y - second.y)).toBeGreaterThanOrEqual(first.height);
  });

  test('step instead of gliding when less motion is wanted', () => {
    expect(placePills([pill('1', 0.1)], routes, true)[0]?.x).toBe(0);
    expect(placePills([pill('1', 0.4)], routes, true)[0]?.x).toBe(300);
    expect(placePills([pill('1', 0.9)], routes, true)[0]?.x).toBe(600);
  });
});

describe('stageLayout', () => {
  const node = (id: string, role: string, network: string, x: number, y: number) => ({
    id,
    role,
    hostname: id,
    addresses: [],
    network,
    x,
    y,
  });
  const link = (a: string, b: string) => ({ id: `${a}--${b}`, a, b, loss: 0, down: false, delay: 200 });
  const world = {
    networks: [{ id: 'alba', cidr: '192.0.2.0/24' }],
    nodes: [
      node('pc-ana', 'workstation', 'alba', 1, 5),
      node('ns-alba', 'nameserver', 'alba', 3, 1),
      node('resolver', 'resolver', 'internet', 5, 1),
      node('alba', 'switch', 'alba', 2, 4),
    ],
    links: [link('pc-ana', 'alba'), link('ns-alba', 'alba'), link('resolver', 'alba')],
    folds: [{ id: 'dns', members: ['ns-alba', 'resolver'], x: 4, y: 1 }],
  };

  test('nodes of a shown group stand in one place and share its cable', () => {
    const layout = stageLayout(world, ['pc-ana', 'dns']);
    expect(layout.places.map(({ id }) => id)).toEqual(['dns', 'pc-ana', 'alba']);
    expect(layout.cables.map(({ links }) => links.length)).toEqual([1, 2]);
    expect(layout.placeOf.get('resolver')).toBe('dns');
  });

  test('every tile is inside the stage, at any size', () => {
    const layout = stageLayout(world, []);
    fc.assert(
      fc.property(fc.integer({ min: 600, max: 2000 }), fc.integer({ min: 320, max: 1200 }), (width, height) => {
        const shape = geometry(layout.places, { width, height });
        for (const place of layout.places.filter(({ kind }) => kind === 'tile')) {
          const { x, y } = shape.at(place);
          expect(x - shape.tile.width / 2).toBeGreaterThanOrEqual(0);
          expect(x + shape.tile.width / 2).toBeLessThanOrEqual(width);
          expect(y - shape.tile.height / 2).toBeGreaterThanOrEqual(0);
          expect(y + shape.tile.height / 2).toBeLessThanOrEqual(height);
        }
      }),
    );
  });

  test('a link that a fault took down is drawn as down, from that moment on', () => {
    const layout = stageLayout(world, ['pc-ana', 'dns']);
    const recording = new Recording();
    recording.append([
      { type: 'fault', seq: 0, at: 5, node: '', fault: { kind: 'link', link: 'pc-ana--alba', down: true } },
    ]);
    const down = (length: number) =>
      stageModel(world, layout, recording, { length, at: 5 }, []).cables.map((c) => c.down);
    expect(down(0)).toEqual([false, false]);
    expect(down(1)).toEqual([true, false]);
  });
});
