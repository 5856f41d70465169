/** `dig`: one DNS question and the whole answer, section by section, as BIND's tool shows it. */

import {
  absolute,
  isIpv4,
  type Message,
  parseName,
  type Question,
  type ResourceRecord,
  rcodeName,
  rdataText,
  recordTypeName,
  reverseName,
  typeName,
  typeNumber,
} from '../../../protocols/dns/index.ts';
import type { DnsQueryResult } from '../../dns/index.ts';
import { query } from '../../dns/index.ts';
import type { Program, ProgramContext, RunningProgram } from '../program.ts';
import { lookUp } from './lookup.ts';

interface Options {
  name: string;
  type: number;
  server: string | undefined;
  port: number;
  short: boolean;
  recurse: boolean;
  tcp: boolean;
  ignoreTruncation: boolean;
  edns: boolean;
}

export const dig: Program = {
  name: 'dig',
  usage: 'dig [@SERVER] [-x ADDRESS] [NAME] [TYPE] [+short] [+norecurse] [+tcp]',
  start: (context) => run(context),
};

function run(context: ProgramContext): RunningProgram {
  const { host } = context;
  const parsed = parse(context.args);
  if (typeof parsed === 'string') {
    context.error(`${parsed}\nUsage: ${dig.usage}\n`);
    context.exit(1);
    return {};
  }
  let cancel: (() => void) | undefined;
  let over = false;
  const end = (status: number): void => {
    if (over) return;
    over = true;
    context.exit(status);
  };
  const ask = (ip: string): void => {
    const server = { ip, port: parsed.port };
    const options = {
      recursionDesired: parsed.recurse,
      tcp: parsed.tcp,
      ignoreTruncation: parsed.ignoreTruncation,
      edns: parsed.edns,
      program: 'dig',
    };
    cancel = query(host, server, parsed.name, parsed.type, options, (result) => {
      if (over) return;
      const { outcome } = result;
      if (outcome.kind === 'response') {
        context.write(parsed.short ? shortForm(outcome.message) : longForm(context, result));
        end(0);
        return;
      }
      const reason = outcome.kind === 'timeout' ? 'timed out' : 'connection failed';
      context.write(`;; communications error to ${ip}#${parsed.port}: ${reason}\n;; no servers could be reached\n`);
      end(9);
    });
  };
  if (parsed.server === undefined) {
    if (host.nameserver === undefined) {
      context.error(';; no servers could be reached\n');
      end(9);
    } else ask(host.nameserver.ip);
  } else {
    const name = parsed.server;
    lookUp(host, name, (ip) => {
      if (over) return;
      if (ip !== undefined) return ask(ip);
      context.error(`dig: couldn't get address for '${name}': not found\n`);
      end(10);
    });
  }
  return {
    interrupt: () => {
      cancel?.();
      end(130);
    },
    hangup: () => {
      over = true;
      cancel?.();
    },
  };
}

function parse(args: readonly string[]): Options | string {
  const options: Options = {
    name: '.',
    type: 0,
    server: undefined,
    port: 53,
    short: false,
    recurse: true,
    tcp: false,
    ignoreTruncation: false,
    edns: true,
  };
  let named = false;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (arg.startsWith('@')) options.server = arg.slice(1);
    else if (arg.startsWith('+')) {
      const problem = flag(arg.slice(1).toLowerCase(), options);
      if (problem !== undefined) return problem;
    } else if (arg === '-x' || arg === '-t' || arg === '-p' || arg === '-q') {
      const value = args[++i];
      if (value === undefined) return `dig: option ${arg} needs a value`;
      const problem = valued(arg, value, options);
      if (problem !== undefined) return problem;
      named ||= arg === '-x' || arg === '-q';
    } else if (arg.startsWith('-')) return `Invalid option: ${arg}`;
    // As dig does: a word that is a type is one, wherever it stands, once.
    else if (options.type === 0 && typeNumber(arg) !== undefined) options.type = typeNumber(arg) ?? 0;
    else if (/^(IN|in)$/.test(arg)) continue;
    else {
      options.name = arg;
      named = true;
    }
  }
  const name = parseName(options.name);
  if (name === undefined) return `dig: '${options.name}' is not a legal name`;
  options.name = name;
  // As dig: A for a name, NS for nothing at all.
  if (options.type === 0) options.type = typeNumber(named ? 'A' : 'NS') ?? 1;
  return options;
}

function valued(option: string, value: string, options: Options): string | undefined {
  switch (option) {
    case '-x': {
      const name = isIpv4(value) ? reverseName(value) : undefined;
      if (name === undefined) return `Invalid IP address ${value}`;
      options.name = name;
      options.type = typeNumber('PTR') ?? 12;
      return undefined;
    }
    case '-t': {
      const type = typeNumber(value);
      if (type === undefined) return `Invalid type ${value}`;
      options.type = type;
      return undefined;
    }
    case '-q':
      options.name = value;
      return undefined;
    default:
      options.port = Number(value);
      return options.port >= 1 && options.port <= 65_535 ? undefined : `Invalid port ${value}`;
  }
}

function flag(name: string, options: Options): string | undefined {
  const on = !name.startsWith('no');
  switch (on ? name : name.slice(2)) {
    case 'short':
      options.short = on;
      return undefined;
    case 'recurse':
    case 'rec':
      options.recurse = on;
      return undefined;
    case 'tcp':
    case 'vc':
      options.tcp = on;
      return undefined;
    case 'ignore':
      options.ignoreTruncation = on;
      return undefined;
    case 'edns':
      options.edns = on;
      return undefined;
    default:
      return `Invalid option: +${name}`;
  }
}

/** Answers only, one a line. */
export function shortForm(message: Message): string {
  return message.answers.map((record) => `${rdataText(record)}\n`).join('');
}

function longForm(context: ProgramContext, { server, outcome, elapsed }: DnsQueryResult): string {
  if (outcome.kind !== 'response') return '';
  const { message, transport, size } = outcome;
  const { host, args } = context;
  const flags = (['aa', 'tc', 'rd', 'ra'] as const).filter((name) => message[name]);
  const lines = [
    '',
    `; <<>> DiG Estafeta <<>> ${args.join(' ')}`,
    ';; global options: +cmd',
    ';; Got answer:',
    `;; ->>HEADER<<- opcode: QUERY, status: ${rcodeName(message.rcode)}, id: ${message.id}`,
    `;; flags: ${['qr', ...flags].join(' ')}; QUERY: ${message.questions.length}, ANSWER: ${message.answers.length}, AUTHORITY: ${message.authorities.length}, ADDITIONAL: ${message.additionals.length + (message.edns === undefined ? 0 : 1)}`,
  ];
  if (message.rd && !message.ra) lines.push(';; WARNING: recursion requested but not available');
  lines.push('');
  if (message.edns !== undefined) {
    lines.push(
      ';; OPT PSEUDOSECTION:',
      `; EDNS: version: ${message.edns.version}, flags:; udp: ${message.edns.udpSize}`,
    );
  }
  lines.push(';; QUESTION SECTION:', ...message.questions.map(questionLine), '');
  for (const [title, records] of [
    ['ANSWER', message.answers],
    ['AUTHORITY', message.authorities],
    ['ADDITIONAL', message.additionals],
  ] as const) {
    if (records.length > 0) lines.push(`;; ${title} SECTION:`, ...records.map(recordLine), '');
  }
  lines.push(
    `;; Query time: ${Math.round(elapsed / 1000)} msec`,
    `;; SERVER: ${server.ip}#${server.port}(${server.ip}) (${transport.toUpperCase()})`,
    `;; WHEN: ${when(host.wallClock, host.utcOffset)}`,
    `;; MSG SIZE  rcvd: ${size}`,
    '',
  );
  return `${lines.join('\n')}\n`;
}

function questionLine({ name, type }: Question): string {
  return `;${absolute(name)}\t\tIN\t${typeName(type)}`;
}

export function recordLine(record: ResourceRecord): string {
  const name = absolute(record.name);
  const gap = '\t'.repeat(Math.max(1, 3 - Math.floor(name.length / 8)));
  return `${name}${gap}${record.ttl}\tIN\t${recordTypeName(record)}\t${rdataText(record)}`;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Mon Mar 02 09:00:00 +0100 2026`, in the host's own time. */
export function when(ms: number, utcOffset: number): string {
  const local = new Date(ms + utcOffset * 60_000);
  const two = (value: number): string => value.toString().padStart(2, '0');
  const sign = utcOffset < 0 ? '-' : '+';
  const zone = `${sign}${two(Math.floor(Math.abs(utcOffset) / 60))}${two(Math.abs(utcOffset) % 60)}`;
  return `${DAYS[local.getUTCDay()]} ${MONTHS[local.getUTCMonth()]} ${two(local.getUTCDate())} ${local.toISOString().slice(11, 19)} ${zone} ${local.getUTCFullYear()}`;
}
