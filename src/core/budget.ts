/**
 * What a simulation may spend before it is stopped: the guard against scenarios that loop. The numbers are far
 * above any lesson (a full journey takes about 600 events and 60 kB on the wire) and far below what would freeze a tab.
 */
import { DAY, type Micros, type Octets } from './units.ts';

export interface Budget {
  /** Kernel events that may run. */
  readonly events: number;
  /** Octets that may be put on links. */
  readonly octets: Octets;
  /** Virtual time that may pass. */
  readonly time: Micros;
  /** Events that may run without virtual time advancing: a loop of zero-delay events. */
  readonly eventsAtOneInstant: number;
}

/** Ten days of virtual time: an SMTP queue gives up after five (RFC 5321 §4.5.4.1), and its bounce may do so too. */
export const DEFAULT_BUDGET: Budget = {
  events: 5_000_000,
  octets: 1_000_000_000,
  time: 10 * DAY,
  eventsAtOneInstant: 100_000,
};

/** No bound: for benchmarks and the bridge, whose run is ended by a person. */
export const UNLIMITED: Budget = {
  events: Number.POSITIVE_INFINITY,
  octets: Number.POSITIVE_INFINITY,
  time: Number.POSITIVE_INFINITY,
  eventsAtOneInstant: 100_000,
};

export type BudgetKind = keyof Budget;

/** Why a run was stopped: which allowance, and how much it was. */
export interface BudgetExceeded {
  readonly kind: BudgetKind;
  readonly limit: number;
}
