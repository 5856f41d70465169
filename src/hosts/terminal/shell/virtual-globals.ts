/**
 * just-bash reads the clock and chance from the platform: `$RANDOM`, `$SECONDS`, awk's rand(), `find -mtime`, `ls -l`. While it
 * computes, those globals tell the host's time, zone and chance, so that a replay is exact on every machine. Owns their exchange and their
 * return; the kernel is held in between, so nobody else of the simulation runs.
 */
import type { Host } from '../../host.ts';

const MINUTE_MS = 60_000;
/** Resolution of chance: fine enough for any script. */
const CHANCES = 2 ** 31;

const RealDate = Date;
const platformRandom = Object.getOwnPropertyDescriptor(Math, 'random') ?? {};
/** Who computes now; the latest one's time and chance hold. */
const entered: Host[] = [];

/** Puts the host's time and chance in place until the returned function is called. */
export function enterVirtualGlobals(host: Host): () => void {
  entered.push(host);
  install();
  let left = false;
  return () => {
    if (left) return;
    left = true;
    entered.splice(entered.lastIndexOf(host), 1);
    install();
  };
}

function install(): void {
  const host = entered[entered.length - 1];
  globalThis.Date = host === undefined ? RealDate : dateOf(host);
  Object.defineProperty(
    Math,
    'random',
    host === undefined ? platformRandom : { ...platformRandom, value: chanceOf(host) },
  );
}

function chanceOf(host: Host): () => number {
  return () => host.random.integer(0, CHANCES - 1) / CHANCES;
}

const classes = new WeakMap<Host, DateConstructor>();

/** The `Date` of a host: its "now" is virtual and its local time is the host's, not that of the machine that simulates. */
function dateOf(host: Host): DateConstructor {
  const known = classes.get(host);
  if (known !== undefined) return known;
  const offset = host.utcOffset * MINUTE_MS;
  const local = (date: Date): Date => new RealDate(date.getTime() + offset);
  class HostDate extends RealDate {
    constructor(...args: readonly (number | string | Date)[]) {
      const [first = host.wallClock] = args;
      if (args.length <= 1) super(first);
      else super(RealDate.UTC(...(args as readonly number[] as [number, number])) - offset);
    }

    static override now(): number {
      return host.wallClock;
    }

    override getFullYear(): number {
      return local(this).getUTCFullYear();
    }

    override getMonth(): number {
      return local(this).getUTCMonth();
    }

    override getDate(): number {
      return local(this).getUTCDate();
    }

    override getDay(): number {
      return local(this).getUTCDay();
    }

    override getHours(): number {
      return local(this).getUTCHours();
    }

    override getMinutes(): number {
      return local(this).getUTCMinutes();
    }

    override getTimezoneOffset(): number {
      return -host.utcOffset;
    }
  }
  const made = HostDate as unknown as DateConstructor;
  classes.set(host, made);
  return made;
}
