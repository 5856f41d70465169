/** Terminals of hosts: the folder's public face. */
import type { Host } from '../host.ts';
import { PROGRAMS } from './programs/index.ts';
import { TerminalSession } from './session.ts';

export interface TerminalOptions {
  readonly id: string;
  readonly user: string;
  /** Host names that Tab completes. */
  readonly hosts: () => readonly string[];
}

/** Opens a session on a host that is running. */
export function openTerminal(host: Host, options: TerminalOptions): TerminalSession {
  return new TerminalSession(host, { ...options, programs: PROGRAMS });
}

export { TerminalSession };
