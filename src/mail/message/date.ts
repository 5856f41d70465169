/** RFC 5322 §3.3 date-time. Times are ms since 1970 UTC; the zone is the writing device's own, in minutes east of UTC. */

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `Mon, 2 Mar 2026 09:00:02 +0100`. */
export function formatDate(ms: number, utcOffset: number): string {
  const local = new Date(ms + utcOffset * 60_000);
  const time = [local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds()].map(two).join(':');
  const sign = utcOffset < 0 ? '-' : '+';
  const zone = Math.abs(utcOffset);
  return `${DAYS[local.getUTCDay()]}, ${local.getUTCDate()} ${MONTHS[local.getUTCMonth()]} ${local.getUTCFullYear()} ${time} ${sign}${two(Math.floor(zone / 60))}${two(zone % 60)}`;
}

function two(value: number): string {
  return value.toString().padStart(2, '0');
}
