/** What is known of each node and link along the trace: queue, mailboxes, power, faults, state of its last endpoint. */
import type { Fault, LinkId, NodeId, TraceEntry } from '../core/index.ts';
import { Changes } from './changes.ts';

export interface NodeNow {
  readonly up: boolean;
  /** Messages in its mail queue; `undefined` when it never had one. */
  readonly queue: number | undefined;
  /** Messages stored here by mailbox owner. */
  readonly mail: ReadonlyMap<string, number>;
  /** The last machine that moved here: registry key and state. */
  readonly machine: { readonly machine: string; readonly state: string } | undefined;
}

interface NodeHistory {
  readonly up: Changes<boolean>;
  readonly queue: Changes<number>;
  readonly mail: Changes<ReadonlyMap<string, number>>;
  readonly machine: Changes<{ readonly machine: string; readonly state: string }>;
}

export type LinkFault = Extract<Fault, { kind: 'link' }>;

export class Nodes {
  private readonly nodes = new Map<NodeId, NodeHistory>();
  private readonly links = new Map<LinkId, Changes<LinkFault>>();

  push(entry: TraceEntry): void {
    switch (entry.type) {
      case 'host':
        this.of(entry.node).up.set(entry.seq, entry.what === 'up');
        return;
      case 'queue':
        this.of(entry.node).queue.set(entry.seq, entry.length);
        return;
      case 'delivery':
        return this.count(entry.node, entry.seq, entry.user, 1);
      case 'mailbox':
        if (entry.what === 'expunged') this.count(entry.node, entry.seq, entry.user, -1);
        return;
      case 'transition':
        this.of(entry.node).machine.set(entry.seq, { machine: entry.machine, state: entry.to });
        return;
      case 'fault': {
        const { fault } = entry;
        if (fault.kind !== 'link') return;
        const changes = this.links.get(fault.link) ?? new Changes<LinkFault>();
        const before = changes.at(entry.seq);
        changes.set(entry.seq, { ...before, ...fault });
        this.links.set(fault.link, changes);
        return;
      }
    }
  }

  node(id: NodeId, length: number): NodeNow {
    const history = this.nodes.get(id);
    return {
      up: history?.up.at(length) ?? true,
      queue: history?.queue.at(length),
      mail: history?.mail.at(length) ?? NONE,
      machine: history?.machine.at(length),
    };
  }

  /** What faults have made of a link; `undefined`: as the world's file has it. */
  link(id: LinkId, length: number): LinkFault | undefined {
    return this.links.get(id)?.at(length);
  }

  private count(node: NodeId, seq: number, user: string, by: number): void {
    const { mail } = this.of(node);
    const before = mail.at(seq) ?? NONE;
    mail.set(seq, new Map(before).set(user, Math.max(0, (before.get(user) ?? 0) + by)));
  }

  private of(node: NodeId): NodeHistory {
    let history = this.nodes.get(node);
    if (history === undefined) {
      history = { up: new Changes(), queue: new Changes(), mail: new Changes(), machine: new Changes() };
      this.nodes.set(node, history);
    }
    return history;
  }
}

const NONE: ReadonlyMap<string, number> = new Map();
