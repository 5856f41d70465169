/** Where the stage's places are on the screen: columns and rows that are used get even space, whatever the world's coordinates. */
import type { Place } from './stage-model.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Geometry {
  readonly tile: Size;
  at(place: { readonly x: number; readonly y: number }): Point;
}

const MARGIN = { x: 14, top: 30, bottom: 12 };
const TILE: Size = { width: 132, height: 76 };
/** Cables run between the columns. */
const CORRIDOR = 30;
const MIN_TILE: Size = { width: 84, height: 56 };

export function geometry(places: readonly Place[], size: Size): Geometry {
  const tiles = places.filter(({ kind }) => kind === 'tile');
  const columns = distinct(tiles.map(({ x }) => x));
  const rows = distinct(tiles.map(({ y }) => y));
  const width = Math.max(0, size.width - 2 * MARGIN.x);
  const height = Math.max(0, size.height - MARGIN.top - MARGIN.bottom);
  const tile = {
    width: Math.max(MIN_TILE.width, Math.min(TILE.width, width / Math.max(1, columns.length) - CORRIDOR)),
    height: Math.max(MIN_TILE.height, Math.min(TILE.height, height / Math.max(1, rows.length) - 18)),
  };
  const x = scale(columns, MARGIN.x + tile.width / 2 + 8, size.width - MARGIN.x - tile.width / 2 - 8);
  const y = scale(rows, MARGIN.top + tile.height / 2 + 6, size.height - MARGIN.bottom - tile.height / 2 - 6);
  return { tile, at: (place) => ({ x: x(place.x), y: y(place.y) }) };
}

/** The smallest rectangle around the tiles of a network. */
export function region(places: readonly Place[], network: string, shape: Geometry): (Point & Size) | undefined {
  const own = places.filter((place) => place.network === network && place.kind === 'tile');
  if (own.length === 0) return undefined;
  const points = own.map((place) => shape.at(place));
  const pad = 12;
  const left = Math.min(...points.map(({ x }) => x)) - shape.tile.width / 2 - pad;
  const top = Math.min(...points.map(({ y }) => y)) - shape.tile.height / 2 - pad - 18;
  const right = Math.max(...points.map(({ x }) => x)) + shape.tile.width / 2 + pad;
  const bottom = Math.max(...points.map(({ y }) => y)) + shape.tile.height / 2 + pad;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function distinct(values: readonly number[]): readonly number[] {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  // Places a fraction of a tile apart share a column.
  return sorted.filter((value, i) => i === 0 || value - (sorted[i - 1] as number) > 0.4);
}

/** Piecewise linear through evenly spaced knots. */
function scale(knots: readonly number[], from: number, to: number): (value: number) => number {
  const [first = 0] = knots;
  if (knots.length < 2) return () => (from + to) / 2;
  const step = (to - from) / (knots.length - 1);
  return (value) => {
    let i = 0;
    while (i < knots.length - 2 && value > (knots[i + 1] as number)) i++;
    const low = knots[i] as number;
    const high = knots[i + 1] as number;
    const place = from + step * (i + (value - low) / (high - low));
    return value < first ? Math.max(0, place) : place;
  };
}
