/**
 * The network of one world, put together from its topology: a switch for each IP network, hosts and routers plugged into it. Link ids
 * are `HOST--NETWORK`; the switch of a network bears the network's id.
 */
import type { Kernel, LinkId, NodeId } from '../core/index.ts';
import { inPrefix, macOf, type Prefix, parseIp, parsePrefix } from './address.ts';
import { Conversations } from './conversations.ts';
import { Link, type LinkParameters } from './link.ts';
import { Router } from './router.ts';
import { Switch } from './segment-switch.ts';
import { Stack } from './stack.ts';

export interface HostTopology {
  readonly id: NodeId;
  readonly network: string;
  /** Dotted quads on the network, the primary one first. */
  readonly addresses: readonly string[];
  readonly link: Partial<LinkParameters>;
}

export interface RouterTopology {
  readonly id: NodeId;
  readonly interfaces: readonly {
    readonly network: string;
    readonly address: string;
    readonly link: Partial<LinkParameters>;
  }[];
}

export interface Topology {
  readonly networks: readonly { readonly id: string; readonly cidr: string }[];
  readonly hosts: readonly HostTopology[];
  readonly routers: readonly RouterTopology[];
}

/** The topology contradicts itself: `what` is a catalogue code, `subject` the id it is about. */
export class TopologyError extends Error {
  constructor(
    readonly what:
      | 'bad-address'
      | 'bad-network'
      | 'duplicate-address'
      | 'duplicate-node'
      | 'outside-network'
      | 'unknown-network',
    readonly subject: string,
  ) {
    super(`${what}: ${subject}`);
    this.name = 'TopologyError';
  }
}

interface Segment {
  readonly switch: Switch;
  readonly prefix: Prefix;
  gateway: number | undefined;
}

export class Network {
  readonly conversations: Conversations;
  private readonly segments = new Map<string, Segment>();
  private readonly stacks = new Map<NodeId, Stack>();
  private readonly linkMap = new Map<LinkId, Link>();
  private readonly owners = new Map<number, NodeId>();
  private readonly nodes = new Set<NodeId>();
  private frameCount = 0;
  private stations = 0;
  private readonly frames = { next: (): number => this.frameCount++ };

  /** Throws {@link TopologyError}. */
  constructor(
    private readonly kernel: Kernel,
    topology: Topology,
  ) {
    this.conversations = new Conversations(kernel, (ip) => this.nodeAt(ip));
    for (const { id, cidr } of topology.networks) {
      const prefix = parsePrefix(cidr);
      if (prefix === undefined) throw new TopologyError('bad-network', id);
      this.claim(id);
      this.segments.set(id, { switch: new Switch(id), prefix, gateway: undefined });
    }
    for (const router of topology.routers) this.addRouter(router);
    for (const host of topology.hosts) this.addHost(host);
  }

  get links(): readonly Link[] {
    return [...this.linkMap.values()];
  }

  stack(node: NodeId): Stack | undefined {
    return this.stacks.get(node);
  }

  /** The host or router that owns an address. */
  nodeAt(ip: string): NodeId | undefined {
    const address = parseIp(ip);
    return address === undefined ? undefined : this.owners.get(address);
  }

  /** False when there is no such link. */
  setLink(id: LinkId, change: Partial<LinkParameters>): boolean {
    const link = this.linkMap.get(id);
    link?.change(change);
    return link !== undefined;
  }

  /** Plugs a host in; also later, for visitors. Throws {@link TopologyError}. */
  addHost({ id, network, addresses, link }: HostTopology): Stack {
    const segment = this.segment(network);
    const ips = addresses.map((text) => this.own(id, text, segment));
    if (ips.length === 0) throw new TopologyError('bad-address', id);
    this.claim(id);
    const stack = new Stack({
      kernel: this.kernel,
      node: id,
      addresses: ips,
      conversations: this.conversations,
      frames: this.frames,
    });
    const cable = this.cable(id, network, stack, segment, link);
    const mac = this.plug(segment, ips, cable);
    stack.plugIn({
      mac,
      end: cable.a,
      segment: segment.switch,
      prefix: segment.prefix,
      gateway: segment.gateway,
    });
    this.stacks.set(id, stack);
    return stack;
  }

  private addRouter({ id, interfaces }: RouterTopology): void {
    this.claim(id);
    const router = new Router(this.kernel, id);
    for (const { network, address, link } of interfaces) {
      const segment = this.segment(network);
      const ip = this.own(id, address, segment);
      segment.gateway ??= ip;
      const cable = this.cable(id, network, router, segment, link);
      router.attach({
        prefix: segment.prefix,
        mac: this.plug(segment, [ip], cable),
        segment: segment.switch,
        end: cable.a,
      });
    }
  }

  private cable(
    id: NodeId,
    network: string,
    attachment: Stack | Router,
    segment: Segment,
    parameters: Partial<LinkParameters>,
  ): Link {
    const link = new Link(this.kernel, this.frames, `${id}--${network}`, [attachment, segment.switch], parameters);
    this.linkMap.set(link.id, link);
    return link;
  }

  private plug(segment: Segment, ips: readonly number[], cable: Link): Uint8Array {
    const mac = macOf(++this.stations);
    for (const ip of ips) segment.switch.connect(mac, ip, cable.b);
    return mac;
  }

  private segment(network: string): Segment {
    const segment = this.segments.get(network);
    if (segment === undefined) throw new TopologyError('unknown-network', network);
    return segment;
  }

  private own(node: NodeId, text: string, segment: Segment): number {
    const ip = parseIp(text);
    if (ip === undefined) throw new TopologyError('bad-address', text);
    if (!inPrefix(ip, segment.prefix)) throw new TopologyError('outside-network', text);
    if (this.owners.has(ip)) throw new TopologyError('duplicate-address', text);
    this.owners.set(ip, node);
    return ip;
  }

  private claim(id: NodeId): void {
    if (this.nodes.has(id)) throw new TopologyError('duplicate-node', id);
    this.nodes.add(id);
  }
}
