/**
 * Where the pills of frames in flight stand: beside their cable, on the side of their direction, and on a line of their own where two
 * would cover each other. Pure geometry.
 */
import type { PillNow } from './stage-model.ts';
import { along, type Route } from './stage-routes.ts';

export interface PlacedPill {
  readonly pill: PillNow;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const ENVELOPE_WIDTH = 22;
/** Distance of a pill's middle from its cable, and the room between two lines of pills. */
const SIDE = { control: 7, data: 12 };
const GAP = 3;
/** More lines than this would leave the stage: what is left may overlap. */
const LINES = 6;

export function placePills(
  pills: readonly PillNow[],
  routes: ReadonlyMap<string, Route>,
  stepping: boolean,
): readonly PlacedPill[] {
  const placed: PlacedPill[] = [];
  for (const pill of pills) {
    const way = routes.get(`${pill.from}--${pill.to}`);
    if (way === undefined) continue;
    const { width, height } = sizeOf(pill);
    // Without gliding a frame leaves, is halfway, and is there.
    const { at, heading } = along(way, stepping ? Math.round(pill.progress * 2) / 2 : pill.progress);
    let best: PlacedPill | undefined;
    for (let line = 0; line < LINES; line++) {
      // Right of its way, so that what comes from the other end has its own side; then left, then farther out.
      const out =
        (pill.kind === 'tcp' ? SIDE.control : SIDE.data) +
        Math.floor(line / 2) * ((Math.abs(heading.x) > 0.5 ? height : width) + GAP);
      const away = line % 2 === 0 ? out : -out - (Math.abs(heading.x) > 0.5 ? GAP + 6 : width / 2);
      const place = { pill, width, height, x: at.x - heading.y * away, y: at.y + heading.x * away };
      best ??= place;
      if (placed.some((other) => covers(other, place))) continue;
      best = place;
      break;
    }
    if (best !== undefined) placed.push(best);
  }
  return placed;
}

function sizeOf({ kind, label, message }: PillNow): { readonly width: number; readonly height: number } {
  const control = kind === 'tcp';
  const text = label.length * (control ? 6.6 : 8.6);
  return { width: text + (control ? 14 : 24) + (message ? ENVELOPE_WIDTH : 0), height: control ? 20 : 30 };
}

function covers(a: PlacedPill, b: PlacedPill): boolean {
  return (
    Math.abs(a.x - b.x) < (a.width + b.width) / 2 + GAP - 1 && Math.abs(a.y - b.y) < (a.height + b.height) / 2 + GAP - 1
  );
}
