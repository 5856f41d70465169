/** Host names and ports as programs take them from their command line. */
import type { Host } from '../../host.ts';

/** Well-known services (RFC 6335's registry, those of this world) as /etc/services names them. */
const SERVICES: Readonly<Record<string, number>> = {
  ssh: 22,
  telnet: 23,
  lmtp: 24,
  smtp: 25,
  domain: 53,
  pop3: 110,
  'pop-3': 110,
  imap: 143,
  imap2: 143,
  submission: 587,
};

/** A port by number or service name; `undefined` when it is neither. */
export function parsePort(text: string): number | undefined {
  const named = SERVICES[text.toLowerCase()];
  if (named !== undefined) return named;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  return port >= 1 && port <= 65_535 ? port : undefined;
}

export function serviceName(port: number): string {
  return Object.entries(SERVICES).find(([, number]) => number === port)?.[0] ?? '*';
}

/** The first address of a name; `localhost` and literal addresses need no DNS. */
export function lookUp(host: Host, name: string, done: (ip: string | undefined) => void): void {
  if (name === 'localhost') return void host.kernel.after(0, () => done('127.0.0.1'));
  if (host.resolver === undefined) return void host.kernel.after(0, () => done(undefined));
  host.resolver.addresses(name, (found) => done(found.ok ? found.value[0] : undefined));
}
