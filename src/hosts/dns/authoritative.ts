/** The authoritative name server as a service of a host: its zones on port 53. */
import { AuthoritativeServer, type Zone, ZoneSet, type ZoneTrouble } from '../../protocols/dns/index.ts';
import type { Host, Service } from '../host.ts';
import { NameServer } from './name-server.ts';

export interface AuthoritativeService extends Service {
  readonly zones: ZoneSet;
  /** Puts a zone at fault on this server, or right again. False when it does not serve it. */
  setTrouble(origin: string, trouble: ZoneTrouble | undefined): boolean;
}

export interface AuthoritativeOptions {
  readonly zones: readonly Zone[];
}

class Authoritative extends NameServer<{ readonly kind: string }, unknown> implements AuthoritativeService {
  constructor(
    host: Host,
    readonly zones: ZoneSet,
  ) {
    super(host, {
      machine: 'dns.authoritative',
      create: (transport) => new AuthoritativeServer({ zones, transport }),
      ask: () => undefined,
    });
  }

  setTrouble(origin: string, trouble: ZoneTrouble | undefined): boolean {
    return this.zones.setTrouble(origin, trouble);
  }
}

/** Makes the service; the caller adds it to the host. */
export function authoritativeService(host: Host, options: AuthoritativeOptions): AuthoritativeService {
  return new Authoritative(host, new ZoneSet(options.zones));
}
