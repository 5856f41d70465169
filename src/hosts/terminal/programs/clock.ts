/** `date` and `sleep`: time as the host has it, which is virtual. */
import { SECOND } from '../../../core/index.ts';
import type { Program } from '../program.ts';
import { when } from './dig.ts';

export const date: Program = {
  name: 'date',
  usage: 'date [-u] [+FORMAT]',
  start(context) {
    const { host, args } = context;
    const offset = args.includes('-u') ? 0 : host.utcOffset;
    const format = args.find((arg) => arg.startsWith('+'));
    const wrong = args.find((arg) => arg !== '-u' && arg !== '-R' && arg !== '-Iseconds' && arg !== format);
    if (wrong !== undefined) {
      context.error(`date: invalid date '${wrong}'\n`);
      context.exit(1);
      return {};
    }
    const local = new Date(host.wallClock + offset * 60_000);
    context.write(
      `${format === undefined ? when(host.wallClock, offset) : expand(format.slice(1), local, host.wallClock)}\n`,
    );
    context.exit(0);
    return {};
  },
};

/** strftime's fields that scripts use. */
function expand(format: string, local: Date, ms: number): string {
  const iso = local.toISOString();
  const fields: Readonly<Record<string, string>> = {
    Y: iso.slice(0, 4),
    m: iso.slice(5, 7),
    d: iso.slice(8, 10),
    H: iso.slice(11, 13),
    M: iso.slice(14, 16),
    S: iso.slice(17, 19),
    F: iso.slice(0, 10),
    T: iso.slice(11, 19),
    s: `${Math.floor(ms / 1000)}`,
    '%': '%',
  };
  return format.replace(/%(.)/g, (whole, field: string) => fields[field] ?? whole);
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

export const sleep: Program = {
  name: 'sleep',
  usage: 'sleep NUMBER[smhd]',
  start(context) {
    const parsed = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(context.args[0] ?? '');
    if (parsed === null) {
      context.error(`sleep: invalid time interval '${context.args[0] ?? ''}'\n`);
      context.exit(1);
      return {};
    }
    const seconds = Number(parsed[1]) * (UNITS[parsed[2] || 's'] ?? 1);
    const timer = context.host.kernel.after(seconds * SECOND, () => context.exit(0));
    return {
      interrupt: () => {
        timer.cancel();
        context.exit(130);
      },
      hangup: () => timer.cancel(),
    };
  },
};
