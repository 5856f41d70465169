/** IMAP: the folder's public face. */
import type { Protocol, Role } from '../contract.ts';
import type { ServerConfig } from './asks.ts';
import { example, explain } from './explain.ts';
import { SERVER_MACHINE } from './server.machine.ts';
import { ImapServer } from './server.ts';
import { SUPPORT } from './support.ts';

export const IMAP_SERVER: Role<ServerConfig, ImapServer> = {
  id: 'imap.server',
  protocol: 'imap',
  side: 'server',
  transport: 'stream',
  machine: SERVER_MACHINE,
  create: (config) => new ImapServer(config),
  restore: (config, saved) => new ImapServer(config, saved),
};

export const imap: Protocol = {
  id: 'imap',
  name: 'IMAP',
  ports: { plain: 143, tls: 993 },
  roles: [IMAP_SERVER],
  support: SUPPORT,
  explain,
  example,
};

export * from './asks.ts';
