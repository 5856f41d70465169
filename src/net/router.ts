/** The router between networks: longest prefix first, TTL one lower, header checksum anew (RFC 1812 §5.2.1, §5.3.1). */
import type { Kernel } from '../core/index.ts';
import { inPrefix, type Prefix } from './address.ts';
import { destinationOf, forwarded, isSoundIpv4, setMacs } from './frame.ts';
import type { Attachment, LinkEnd, Packet } from './packet.ts';
import type { Switch } from './segment-switch.ts';

export interface RouterInterface {
  readonly prefix: Prefix;
  readonly mac: Uint8Array;
  readonly segment: Switch;
  readonly end: LinkEnd;
}

export class Router implements Attachment {
  private interfaces: RouterInterface[] = [];

  constructor(
    private readonly kernel: Kernel,
    readonly node: string,
  ) {}

  attach(port: RouterInterface): void {
    this.interfaces = [...this.interfaces, port].sort((a, b) => b.prefix.length - a.prefix.length);
  }

  arrived(packet: Packet): void {
    const destination = destinationOf(packet.frame);
    if (!isSoundIpv4(packet.frame)) return this.refuse('malformed');
    const out = this.interfaces.find(({ prefix }) => inPrefix(destination, prefix));
    const mac = out?.segment.macOf(destination);
    if (out === undefined || mac === undefined) return this.refuse('no-route');
    const frame = forwarded(packet.frame);
    if (frame === undefined) return this.refuse('ttl-exceeded');
    setMacs(frame, mac, out.mac);
    out.end.send({ frame, conn: packet.conn, summary: packet.summary, payload: undefined });
  }

  private refuse(reason: 'malformed' | 'no-route' | 'ttl-exceeded'): void {
    this.kernel.trace.append(this.node, { type: 'note', code: `net.dropped.${reason}`, params: {} });
  }
}
