/** Small programs that say who and where one is: `hostname`, `whoami`, `ip`, `ss`. */
import type { Host } from '../../host.ts';
import type { Program, ProgramContext } from '../program.ts';

function program(name: string, usage: string, text: (context: ProgramContext) => string): Program {
  return {
    name,
    usage,
    start(context) {
      context.write(text(context));
      context.exit(0);
      return {};
    },
  };
}

export const hostname = program('hostname', 'hostname [-f] [-I]', ({ host, args }) => {
  if (args.includes('-I')) return `${host.net.addresses.join(' ')}\n`;
  return `${args.includes('-f') ? host.hostname : host.id}\n`;
});

export const whoami = program('whoami', 'whoami', ({ user }) => `${user}\n`);

export const ip = program('ip', 'ip addr', ({ host }) => {
  const own = host.net.addresses.map((address) => `    inet ${address}/24 scope global eth0\n`).join('');
  return `1: lo: <LOOPBACK,UP>\n    inet 127.0.0.1/8 scope host lo\n2: eth0: <BROADCAST,UP>\n${own}`;
});

/** Ports that are open, and with `-a` or without `-l` the connections too. */
export const ss = program('ss', 'ss [-tuln]', ({ host, args }) => {
  const flags = args.join('');
  const listening = flags.includes('l') || flags.includes('a');
  const rows = [...(listening ? openPorts(host, flags) : []), ...(flags.includes('l') ? [] : connections(host))];
  return [['Netid', 'State', 'Local Address:Port', 'Peer Address:Port'], ...rows]
    .map(
      ([net = '', state = '', local = '', peer = '']) =>
        `${net.padEnd(6)}${state.padEnd(13)}${local.padEnd(24)}${peer}\n`,
    )
    .join('');
});

export const netstat: Program = { ...ss, name: 'netstat', usage: 'netstat [-tuln]' };

function openPorts(host: Host, flags: string): readonly string[][] {
  const all = !/[tu]/.test(flags);
  return host.net.listening
    .filter(({ transport }) => all || flags.includes(transport === 'tcp' ? 't' : 'u'))
    .map(({ transport, port }) => [
      transport,
      transport === 'tcp' ? 'LISTEN' : 'UNCONN',
      `0.0.0.0:${port}`,
      '0.0.0.0:*',
    ]);
}

/** RFC 9293's names as `ss` writes them. */
function connections(host: Host): readonly string[][] {
  return host.net.connections.map(({ local, remote, state }) => [
    'tcp',
    state === 'ESTABLISHED' ? 'ESTAB' : state,
    `${local.ip}:${local.port}`,
    `${remote.ip}:${remote.port}`,
  ]);
}
