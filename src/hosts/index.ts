/** Hosts and the programs that run on them: what scenarios may use. */
export { accountDirectory } from './access/accounts.ts';
export { imapService } from './access/imap.ts';
export { pop3Service } from './access/pop3.ts';
export { storeObserver } from './access/store-trace.ts';
export type { Disk } from './disk/disk.ts';
export { MemoryDisk } from './disk/memory-disk.ts';
export { authoritativeService, recursiveService, stubResolver } from './dns/index.ts';
export { Host, type HostOptions, type Service } from './host.ts';
export { mdaService } from './mda/index.ts';
export { emptyDurable, mtaService } from './mta/index.ts';
export { type MailAccount, MailAgent } from './mua/mail-agent.ts';
export { openTerminal, type TerminalSession } from './terminal/index.ts';
