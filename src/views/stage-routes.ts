/**
 * How cables run on the stage: in right angles, round the tiles that are not theirs, and where along them a frame is. Pure geometry.
 */
import type { Point, Size } from './stage-geometry.ts';

/** An end of a cable: its middle and half of its size. */
export interface End {
  readonly id: string;
  readonly at: Point;
  readonly half: Size;
}

/** The corners of a cable, from the edge of one end to the edge of the other. */
export type Route = readonly Point[];

const CORNER = 12;
/** A bend costs as much as this many pixels; crossing a tile that is not an end, more than any way round. */
const BEND = 40;
const CROSSING = 10_000;
/** Cables keep this far from tiles. */
const CLEAR = 2;
/** Leaving a tile beside the middle of its side looks like a mistake: the cost of each pixel. */
const OFF_CENTRE = 4;

/** The best of the simple ways from `a` to `b`: straight, one corner, or two. */
export function route(a: End, b: End, tiles: readonly End[]): Route {
  const others = tiles.filter(({ id }) => id !== a.id && id !== b.id);
  let best: Route = [a.at, b.at];
  let least = Number.POSITIVE_INFINITY;
  for (const way of ways(a.at, b.at)) {
    const trimmed = trim(way, a, b);
    const cost = costOf(way, trimmed, others);
    if (cost < least) [best, least] = [trimmed, cost];
  }
  return best;
}

function ways(a: Point, b: Point): readonly Route[] {
  const [middleX, middleY] = [(a.x + b.x) / 2, (a.y + b.y) / 2];
  if (Math.abs(a.x - b.x) < 1 || Math.abs(a.y - b.y) < 1) return [[a, b]];
  return [
    [a, { x: b.x, y: a.y }, b],
    [a, { x: a.x, y: b.y }, b],
    [a, { x: middleX, y: a.y }, { x: middleX, y: b.y }, b],
    [a, { x: a.x, y: middleY }, { x: b.x, y: middleY }, b],
  ];
}

/** Cuts off what lies inside the two ends. */
function trim(way: Route, a: End, b: End): Route {
  const forward = leaveBox(way, a);
  return leaveBox(forward.toReversed(), b).toReversed();
}

function leaveBox(way: Route, { at, half }: End): Route {
  const inside = (p: Point): boolean => Math.abs(p.x - at.x) <= half.width && Math.abs(p.y - at.y) <= half.height;
  let first = 0;
  while (first < way.length - 2 && inside(way[first + 1] as Point)) first++;
  const [from, to] = [way[first] as Point, way[first + 1] as Point];
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const edge: Point =
    Math.abs(dx) > Math.abs(dy)
      ? { x: at.x + Math.sign(dx) * half.width, y: from.y }
      : { x: from.x, y: at.y + Math.sign(dy) * half.height };
  return [edge, ...way.slice(first + 1)];
}

/** What a way costs by its whole shape, and by what it crosses where it can be seen. */
function costOf(way: Route, seen: Route, others: readonly End[]): number {
  let cost =
    (way.length - 2) * BEND +
    lengthOf(way) +
    OFF_CENTRE * (offCentre(way, seen) + offCentre(way.toReversed(), seen.toReversed()));
  for (let i = 1; i < seen.length; i++) {
    const [from, to] = [seen[i - 1] as Point, seen[i] as Point];
    for (const other of others) if (crosses(from, to, other)) cost += CROSSING;
  }
  return cost;
}

/** How far from the middle of a side a way leaves its end. */
function offCentre(way: Route, seen: Route): number {
  const [middle, edge] = [way[0] as Point, seen[0] as Point];
  return Math.min(Math.abs(edge.x - middle.x), Math.abs(edge.y - middle.y));
}

function crosses(from: Point, to: Point, { at, half }: End): boolean {
  return (
    Math.max(from.x, to.x) > at.x - half.width - CLEAR &&
    Math.min(from.x, to.x) < at.x + half.width + CLEAR &&
    Math.max(from.y, to.y) > at.y - half.height - CLEAR &&
    Math.min(from.y, to.y) < at.y + half.height + CLEAR
  );
}

/** The route as an SVG path with rounded corners. */
export function pathOf(way: Route): string {
  const [first, ...rest] = way;
  if (first === undefined) return '';
  let d = `M${first.x} ${first.y}`;
  for (let i = 0; i < rest.length; i++) {
    const [before, corner, after] = [way[i] as Point, rest[i] as Point, rest[i + 1]];
    if (after === undefined) {
      d += `L${corner.x} ${corner.y}`;
      continue;
    }
    const radius = Math.min(CORNER, distance(before, corner) / 2, distance(corner, after) / 2);
    const [start, end] = [towards(corner, before, radius), towards(corner, after, radius)];
    d += `L${start.x} ${start.y}Q${corner.x} ${corner.y} ${end.x} ${end.y}`;
  }
  return d;
}

/** The point at a share of the way (0…1), and the direction there as a unit vector. */
export function along(way: Route, share: number): { readonly at: Point; readonly heading: Point } {
  let left = lengthOf(way) * Math.min(1, Math.max(0, share));
  for (let i = 1; i < way.length; i++) {
    const [from, to] = [way[i - 1] as Point, way[i] as Point];
    const length = distance(from, to);
    if (left <= length || i === way.length - 1) {
      const at = towards(from, to, Math.min(left, length));
      const unit = length === 0 ? 1 : length;
      return { at, heading: { x: (to.x - from.x) / unit, y: (to.y - from.y) / unit } };
    }
    left -= length;
  }
  return { at: way[0] ?? { x: 0, y: 0 }, heading: { x: 1, y: 0 } };
}

export function lengthOf(way: Route): number {
  let length = 0;
  for (let i = 1; i < way.length; i++) length += distance(way[i - 1] as Point, way[i] as Point);
  return length;
}

/** The middle of the longest straight part: where a note beside the cable has room. */
export function noteAt(way: Route): Point {
  let best: Point = way[0] ?? { x: 0, y: 0 };
  let longest = -1;
  for (let i = 1; i < way.length; i++) {
    const [from, to] = [way[i - 1] as Point, way[i] as Point];
    const length = distance(from, to);
    if (length > longest) [best, longest] = [{ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }, length];
  }
  return best;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

function towards(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to);
  if (whole === 0) return from;
  return { x: from.x + ((to.x - from.x) * length) / whole, y: from.y + ((to.y - from.y) * length) / whole };
}
