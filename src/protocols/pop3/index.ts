/** POP3: the folder's public face. */
import type { Protocol, Role } from '../contract.ts';
import type { ClientConfig, ServerConfig } from './asks.ts';
import { CLIENT_MACHINE } from './client.machine.ts';
import { Pop3Client } from './client.ts';
import { example, explain } from './explain.ts';
import { SERVER_MACHINE } from './server.machine.ts';
import { Pop3Server } from './server.ts';
import { SUPPORT } from './support.ts';

export const POP3_SERVER: Role<ServerConfig, Pop3Server> = {
  id: 'pop3.server',
  protocol: 'pop3',
  side: 'server',
  transport: 'stream',
  machine: SERVER_MACHINE,
  create: (config) => new Pop3Server(config),
  restore: (config, saved) => new Pop3Server(config, saved),
};

export const POP3_CLIENT: Role<ClientConfig, Pop3Client> = {
  id: 'pop3.client',
  protocol: 'pop3',
  side: 'client',
  transport: 'stream',
  machine: CLIENT_MACHINE,
  create: (config) => new Pop3Client(config),
  restore: (config, saved) => new Pop3Client(config, saved),
};

export const pop3: Protocol = {
  id: 'pop3',
  name: 'POP3',
  ports: { plain: 110, tls: 995 },
  roles: [POP3_SERVER, POP3_CLIENT],
  support: SUPPORT,
  explain,
  example,
};

export * from './asks.ts';
export { commandSpans, emitCommand, emitResponse, parseCommand, parseResponse, responseText } from './codec.ts';
export { stuff, top } from './content.ts';
export type { ErrorKind, Pop3Error } from './errors.ts';
export * from './messages.ts';
