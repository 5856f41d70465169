/** The terminal sessions of a world: one id each, `node:0`, `node:1` … as they are opened. */
import type { NodeId } from '../../core/index.ts';
import { type Host, openTerminal, type TerminalSession } from '../../hosts/index.ts';

/** Sessions of one node: a person opens a handful, a hostile input log as many as it can. */
const MAX_SESSIONS = 16;

export class Terminals {
  private readonly sessions = new Map<string, TerminalSession>();
  private readonly opened = new Map<NodeId, number>();

  constructor(
    private readonly hosts: ReadonlyMap<NodeId, Host>,
    private readonly users: ReadonlyMap<NodeId, string>,
    private readonly names: readonly string[],
  ) {}

  get(id: string): TerminalSession | undefined {
    return this.sessions.get(id);
  }

  open(node: NodeId): TerminalSession | undefined {
    const host = this.hosts.get(node);
    const number = this.opened.get(node) ?? 0;
    if (host === undefined || number >= MAX_SESSIONS) return undefined;
    this.opened.set(node, number + 1);
    const id = `${node}:${number}`;
    const session = openTerminal(host, { id, user: this.users.get(node) ?? 'root', hosts: () => this.names });
    this.sessions.set(id, session);
    return session;
  }

  close(id: string): void {
    this.sessions.get(id)?.close();
    this.sessions.delete(id);
  }

  /** Power failure: whatever ran in the node's sessions is gone. */
  hangUp(node: NodeId): void {
    for (const session of this.of(node)) session.hangUp();
  }

  wake(node: NodeId): void {
    for (const session of this.of(node)) session.wake();
  }

  private of(node: NodeId): readonly TerminalSession[] {
    return [...this.sessions].flatMap(([id, session]) => (id.startsWith(`${node}:`) ? [session] : []));
  }
}
