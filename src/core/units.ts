/**
 * Units that appear in signatures. All virtual time is whole microseconds; all sizes are octets.
 */

/** Virtual time in µs since the simulation began. An integer ≥ 0, exact up to 2^53 (285 years). */
export type Micros = number;
/** A span of virtual time in µs. */
export type Duration = Micros;
/** A count of octets (8-bit bytes). */
export type Octets = number;

export const MILLISECOND: Duration = 1_000;
export const SECOND: Duration = 1_000_000;
export const MINUTE: Duration = 60 * SECOND;
export const HOUR: Duration = 60 * MINUTE;
export const DAY: Duration = 24 * HOUR;
