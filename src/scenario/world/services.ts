/** From the services that a world's file lists for a host to programs running on it. */
import {
  accountDirectory,
  authoritativeService,
  emptyDurable,
  type Host,
  imapService,
  MailAgent,
  mdaService,
  mtaService,
  pop3Service,
  recursiveService,
  storeObserver,
} from '../../hosts/index.ts';
import { type AccountBook, MailStore } from '../../mail/index.ts';
import { buildZone, type Zone } from '../../protocols/dns/index.ts';
import type { ServiceFile, WorldFile, WorldNode } from '../world-schema.ts';
import { zoneData } from './zones.ts';

/** A world that cannot be built: which zone or service, and what is wrong with it. */
export class WorldError extends Error {
  override readonly name = 'WorldError';
}

export interface Built {
  readonly agent: MailAgent | undefined;
}

export function buildServices(host: Host, node: WorldNode, file: WorldFile, accounts: AccountBook): Built {
  // One store for all mail services of a host: they share its mailboxes.
  let store: MailStore | undefined;
  const mailStore = (): MailStore => {
    store ??= new MailStore(accounts, storeObserver(host));
    return store;
  };
  let agent: MailAgent | undefined;
  for (const service of node.services) {
    switch (service.run) {
      case 'authoritative':
        host.add(authoritativeService(host, { zones: zonesOf(service.zones, file) }));
        break;
      case 'recursive':
        host.add(recursiveService(host, { roots: service.roots }));
        break;
      case 'mta':
        host.add(mta(host, service, accounts));
        break;
      case 'mda':
        mailStore().serve(service.domains);
        host.add(mdaService(host, mailStore()));
        break;
      case 'pop3':
        mailStore().serve(service.domains);
        host.add(pop3Service(host, mailStore()));
        break;
      case 'imap':
        mailStore().serve(service.domains);
        host.add(imapService(host, mailStore()));
        break;
      case 'mua':
        agent = mua(host, service, accounts, node.user);
        break;
    }
  }
  return { agent };
}

function mta(host: Host, service: Extract<ServiceFile, { run: 'mta' }>, accounts: AccountBook) {
  const { domains, deliverTo, relayFrom, submission, maxSize } = service;
  return mtaService(host, {
    domains,
    deliverTo,
    relayFrom,
    submission,
    maxSize,
    // Users of other domains have no business logging in here.
    accounts: accountDirectory(accounts, domains),
    durable: emptyDurable(),
  });
}

function mua(
  host: Host,
  service: Extract<ServiceFile, { run: 'mua' }>,
  accounts: AccountBook,
  user: string,
): MailAgent {
  const agent = new MailAgent(host, {
    address: service.account,
    password: accounts.password(service.account) ?? '',
    user,
    submission: service.submission,
    ...(service.pop3 === undefined ? {} : { pop3: service.pop3 }),
    ...(service.imap === undefined ? {} : { imap: service.imap }),
  });
  host.add(agent);
  return agent;
}

function zonesOf(names: readonly string[], file: WorldFile): readonly Zone[] {
  const all = zoneData(file);
  return names.map((name) => {
    const wanted = name === '.' ? '.' : name.toLowerCase().replace(/\.$/, '');
    const source = all.find((zone) => zone.name === wanted);
    if (source === undefined) throw new WorldError(`zone ${name} is not in this world`);
    const built = buildZone(source);
    if (!built.ok)
      throw new WorldError(
        `zone ${name}: ${built.faults.map((fault) => `${fault.name}: expected ${fault.expected}, got ${fault.got}`).join('; ')}`,
      );
    return built.zone;
  });
}
