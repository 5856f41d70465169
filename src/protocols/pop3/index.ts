/** POP3: the folder's public face. */
import type { Protocol, Role } from '../contract.ts';
import { CLIENT_MACHINE } from './client.machine.ts';
import { Pop3Client } from './client.ts';
import { COMMANDS } from './commands.ts';
import { example, explain } from './explain.ts';
import type { ClientConfig, ServerConfig } from './messages.ts';
import { SERVER_MACHINE } from './server.machine.ts';
import { Pop3Server } from './server.ts';

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
  support: [
    ...COMMANDS.map(({ verb, rfc }) => ({ feature: verb, rfc, supported: true })),
    { feature: 'RESP-CODES', rfc: '2449#8', supported: true },
    { feature: 'PIPELINING', rfc: '2449#6.6', supported: true },
    { feature: 'APOP', rfc: '1939#7', supported: false },
    { feature: 'AUTH', rfc: '5034#4', supported: false },
    { feature: 'STLS', rfc: '2595#4', supported: false },
  ],
  explain,
  example,
};

export type {
  ClientAnswer,
  ClientAsk,
  ClientConfig,
  DropEntry,
  ServerAnswer,
  ServerAsk,
  ServerConfig,
} from './messages.ts';
