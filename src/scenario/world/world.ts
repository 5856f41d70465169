/**
 * A world built from its file: network, hosts with their services, accounts, terminals. It carries out actions; what happens because of
 * them is in the trace. (File, seed and actions decide everything.)
 */
import type { Action, Fault, Kernel, NodeId } from '../../core/index.ts';
import { Host, type MailAgent, MemoryDisk, stubResolver, type TerminalSession } from '../../hosts/index.ts';
import type { AccountBook } from '../../mail/index.ts';
import { type NetStack, Network, type TopologyError } from '../../net/index.ts';
import type { WorldView } from '../view.ts';
import type { WorldFile, WorldNode } from '../world-schema.ts';
import { accountBook } from './accounts.ts';
import { type Built, buildServices } from './services.ts';
import { writeSystemFiles } from './system-files.ts';
import { Terminals } from './terminals.ts';
import { topologyOf } from './topology.ts';
import { type LinkState, worldView } from './view.ts';

/** The node that stands for real clients: `estafeta serve` gives each connection to it. */
const VISITOR = 'visitor';

export interface Exposed {
  readonly host: NodeId;
  readonly address: string;
  readonly port: number;
}

export class World {
  private readonly network: Network;
  private readonly hosts = new Map<NodeId, Host>();
  private readonly agents = new Map<NodeId, MailAgent>();
  private readonly accounts: AccountBook;
  private readonly terminals: Terminals;

  /** Throws {@link TopologyError} or {@link import('./services.ts').WorldError}; `checkWorld` finds most of it before. */
  constructor(
    private readonly kernel: Kernel,
    private readonly file: WorldFile,
  ) {
    this.network = new Network(kernel, topologyOf(file));
    this.accounts = accountBook(file);
    const resolverAddress = file.nodes.find(({ services }) => services.some(({ run }) => run === 'recursive'))
      ?.addresses[0];
    for (const node of file.nodes) {
      const host = this.makeHost(node, resolverAddress);
      const built: Built = buildServices(host, node, file, this.accounts);
      if (built.agent !== undefined) this.agents.set(node.id, built.agent);
    }
    const names = file.nodes.flatMap((node) => node.names);
    const users = new Map(file.nodes.map((node) => [node.id, node.user]));
    this.terminals = new Terminals(this.hosts, users, names);
  }

  /** Powers every host on, in the order of the file. */
  powerOn(): void {
    for (const host of this.hosts.values()) host.powerOn();
  }

  host(node: NodeId): Host | undefined {
    return this.hosts.get(node);
  }

  agent(node: NodeId): MailAgent | undefined {
    return this.agents.get(node);
  }

  /** The node that owns an address; `''` when none does. */
  nodeAt(ip: string): NodeId {
    return this.network.nodeAt(ip) ?? '';
  }

  /** Opens the next terminal session of a node; `undefined` when there is no such node. */
  openSession(node: NodeId): TerminalSession | undefined {
    return this.terminals.open(node);
  }

  /** Carries out an action. What names nothing in this world is noted and otherwise ignored: links and files are hostile. */
  act(action: Action): void {
    switch (action.type) {
      case 'keys':
        return this.need(this.terminals.get(action.session), action.session, (session) => session.keys(action.data));
      case 'resize':
        return this.need(this.terminals.get(action.session), action.session, (session) =>
          session.resize(action.columns, action.rows),
        );
      case 'open-session':
        return this.need(this.terminals.open(action.node), action.node, () => {});
      case 'close-session':
        return this.need(this.terminals.get(action.session), action.session, () =>
          this.terminals.close(action.session),
        );
      case 'mail':
        return this.need(this.agents.get(action.node), action.node, (agent) => agent.command(action.command));
      case 'fault':
        return this.fault(action.fault);
      case 'answer':
      case 'continue':
        return;
    }
  }

  /** A host of its own on the Internet for real clients, powered on. */
  addVisitor(): NetStack {
    const { id: network, cidr } = this.visitorNetwork();
    const prefix = cidr.split('/')[0]?.split('.').slice(0, 3).join('.') ?? '';
    let last = 200;
    while (this.network.nodeAt(`${prefix}.${last}`) !== undefined) last++;
    const stack = this.network.addHost({ id: VISITOR, network, addresses: [`${prefix}.${last}`], link: {} });
    stack.powerOn();
    return stack;
  }

  /** What `estafeta serve` opens, hosts in the order of the file's `expose`. */
  exposed(): readonly Exposed[] {
    const order = [...this.file.expose, ...this.file.nodes.map(({ id }) => id)];
    return [...new Set(order)].flatMap((id) => {
      const node = this.file.nodes.find((candidate) => candidate.id === id);
      return (node?.expose ?? []).map((port) => ({ host: id, address: node?.addresses[0] ?? '', port }));
    });
  }

  view(): WorldView {
    const links: LinkState[] = this.network.links.map(({ id, ends, parameters }) => ({
      id,
      a: ends[0].node,
      b: ends[1].node,
      parameters,
    }));
    return worldView(this.file, links);
  }

  private makeHost(node: WorldNode, nameserver: string | undefined): Host {
    const net = this.network.stack(node.id);
    if (net === undefined) throw new Error(`host ${node.id} is not on the network`);
    const { kernel, file } = this;
    const epoch = Date.parse(file.epoch);
    const host = new Host({
      id: node.id,
      hostname: node.names[0] ?? node.id,
      kernel,
      net,
      disk: new MemoryDisk(() => epoch + Math.floor(kernel.now / 1000)),
      ...(nameserver === undefined ? {} : { nameserver: { ip: nameserver, port: 53 } }),
      epoch,
      utcOffset: file.utcOffset,
    });
    host.resolver = stubResolver(host);
    writeSystemFiles(host, file);
    this.hosts.set(node.id, host);
    return host;
  }

  private fault(fault: Fault): void {
    switch (fault.kind) {
      case 'link': {
        const { kind: _kind, link, ...change } = fault;
        return this.need(this.network.setLink(link, change) ? link : undefined, link, () => this.traceFault(fault));
      }
      case 'host':
        return this.need(this.hosts.get(fault.node), fault.node, (host) => {
          this.traceFault(fault);
          if (fault.down) {
            this.terminals.hangUp(fault.node);
            host.powerOff();
          } else {
            host.powerOn();
            this.terminals.wake(fault.node);
          }
        });
      case 'account':
        return this.need(this.accounts.change(fault.address, fault) ? fault : undefined, fault.address, () =>
          this.traceFault(fault),
        );
    }
  }

  private traceFault(fault: Fault): void {
    this.kernel.trace.append('', { type: 'fault', fault });
  }

  private need<T>(found: T | undefined, name: string, act: (found: T) => void): void {
    if (found !== undefined) act(found);
    else this.kernel.trace.append('', { type: 'note', code: 'world.unknown', params: { name: name.slice(0, 80) } });
  }

  /** Where visitors come from: the network that no mail domain is at home in, or the first. */
  private visitorNetwork(): WorldFile['networks'][number] {
    const { networks } = this.file;
    const neutral = networks.find(({ id }) => id === 'internet') ?? networks[0];
    if (neutral === undefined) throw new Error('a world has at least one network');
    return neutral;
  }
}

export type { TopologyError };
