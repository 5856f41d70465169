/** Reads the units that scenario files are written in: durations and rates. The schema has checked their form. */
import { DAY, type Duration, HOUR, MILLISECOND, MINUTE, SECOND } from '../core/index.ts';

const SPANS: Readonly<Record<string, Duration>> = {
  us: 1,
  ms: MILLISECOND,
  s: SECOND,
  min: MINUTE,
  h: HOUR,
  d: DAY,
};

const RATES: Readonly<Record<string, number>> = { bps: 1, kbps: 1_000, Mbps: 1_000_000, Gbps: 1_000_000_000 };

/** `20ms` → 20 000 µs; `undefined` when it is no duration. */
export function parseDuration(text: string): Duration | undefined {
  return scaled(text, SPANS);
}

/** `100Mbps` → 100 000 000 bits per second; `undefined` when it is no rate. */
export function parseRate(text: string): number | undefined {
  return scaled(text, RATES);
}

function scaled(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const parts = /^(\d+(?:\.\d+)?)([A-Za-z]+)$/.exec(text);
  const factor = units[parts?.[2] ?? ''];
  return parts === null || factor === undefined ? undefined : Math.round(Number(parts[1]) * factor);
}
