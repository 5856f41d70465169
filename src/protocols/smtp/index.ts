/** SMTP and LMTP: the folder's public face. */
import type { Protocol, Role } from '../contract.ts';
import type { ClientConfig, ServerConfig, ServerMode } from './asks.ts';
import { CLIENT_MACHINE, LMTP_CLIENT_MACHINE } from './client.machine.ts';
import { SmtpClient } from './client.ts';
import { example, explain } from './explain.ts';
import { LMTP_MACHINE, RELAY_MACHINE, SUBMISSION_MACHINE } from './server.machine.ts';
import { SmtpServer } from './server.ts';
import { SUPPORT } from './support.ts';

const server = (role: Pick<Role, 'id' | 'protocol' | 'machine'>): Role<ServerConfig, SmtpServer> => ({
  ...role,
  side: 'server',
  transport: 'stream',
  create: (config) => new SmtpServer(config),
  restore: (config, saved) => new SmtpServer(config, saved),
});

const client = (role: Pick<Role, 'id' | 'protocol' | 'machine'>): Role<ClientConfig, SmtpClient> => ({
  ...role,
  side: 'client',
  transport: 'stream',
  create: (config) => new SmtpClient(config),
  restore: (config, saved) => new SmtpClient(config, saved),
});

/** Port 25. All three server roles make the endpoint of `config.mode`; they differ in their machines. */
export const SMTP_SERVER = server({ id: 'smtp.server', protocol: 'smtp', machine: RELAY_MACHINE });
/** Port 587. */
export const SMTP_SUBMISSION = server({ id: 'smtp.submission', protocol: 'smtp', machine: SUBMISSION_MACHINE });
export const LMTP_SERVER = server({ id: 'lmtp.server', protocol: 'lmtp', machine: LMTP_MACHINE });
export const SMTP_CLIENT = client({ id: 'smtp.client', protocol: 'smtp', machine: CLIENT_MACHINE });
export const LMTP_CLIENT = client({ id: 'lmtp.client', protocol: 'lmtp', machine: LMTP_CLIENT_MACHINE });

/** The role of a server in this mode: its `id` is what traces name as the machine. */
export function serverRole(mode: ServerMode): Role<ServerConfig, SmtpServer> {
  return mode === 'lmtp' ? LMTP_SERVER : mode === 'submission' ? SMTP_SUBMISSION : SMTP_SERVER;
}

export const smtp: Protocol = {
  id: 'smtp',
  name: 'SMTP',
  ports: { plain: 25, tls: 465 },
  roles: [SMTP_SERVER, SMTP_SUBMISSION, SMTP_CLIENT],
  support: SUPPORT,
  explain,
  example,
};

export const lmtp: Protocol = {
  id: 'lmtp',
  name: 'LMTP',
  ports: { plain: 24 },
  roles: [LMTP_SERVER, LMTP_CLIENT],
  support: SUPPORT,
  explain,
  example,
};

export { isIPv4, mailboxOf } from './address.ts';
export * from './asks.ts';
export { commandSpans, emitCommand, emitReply, parseCommand, parseReplyLine, replyOf } from './codec.ts';
export type { ErrorKind, SmtpError } from './errors.ts';
export * from './messages.ts';
