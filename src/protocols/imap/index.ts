/** IMAP: the folder's public face. */
import type { Role } from '../contract.ts';
import type { ServerConfig } from './asks.ts';
import { SERVER_MACHINE } from './server.machine.ts';
import { ImapServer } from './server.ts';

export const IMAP_SERVER: Role<ServerConfig, ImapServer> = {
  id: 'imap.server',
  protocol: 'imap',
  side: 'server',
  transport: 'stream',
  machine: SERVER_MACHINE,
  create: (config) => new ImapServer(config),
  restore: (config, saved) => new ImapServer(config, saved),
};

export * from './asks.ts';
