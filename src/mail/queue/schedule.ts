/**
 * When an undelivered message is tried again. RFC 5321 §4.5.4.1: "the retry interval SHOULD be at least 30 minutes";
 * "the give-up time generally needs to be at least 4-5 days"; a delay is told to the sender once.
 */
import { DAY, type Duration, HOUR, MINUTE, type Micros } from '../../core/index.ts';

/** The n-th retry waits this long; the last one repeats. */
const INTERVALS: readonly Duration[] = [30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR];

export const GIVE_UP_AFTER: Duration = 5 * DAY;

/** The time of the next attempt after `attempts` failed ones, or `undefined` when the message has expired. */
export function nextAttempt(arrived: Micros, now: Micros, attempts: number): Micros | undefined {
  const interval = INTERVALS[Math.min(Math.max(attempts, 1), INTERVALS.length) - 1] as Duration;
  const at = now + interval;
  return at > arrived + GIVE_UP_AFTER ? undefined : at;
}
