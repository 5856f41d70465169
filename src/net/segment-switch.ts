/**
 * The switch in the middle of one IP network. Its table of stations is complete from the start, and so is every host's table of
 * neighbours: there is no ARP and no flooding, so that lessons on applications are not crowded by them (docs/ARCHITECTURE.md).
 */
import { get32 } from './frame.ts';
import type { Attachment, LinkEnd, Packet } from './packet.ts';

export class Switch implements Attachment {
  /** By the last four octets of the station's MAC, which are unique here. */
  private readonly ports = new Map<number, LinkEnd>();
  private readonly neighbours = new Map<number, Uint8Array>();

  constructor(readonly node: string) {}

  connect(mac: Uint8Array, ip: number, port: LinkEnd): void {
    this.ports.set(get32(mac, 2), port);
    this.neighbours.set(ip, mac);
  }

  /** What ARP would find: the MAC of an address on this network. */
  macOf(ip: number): Uint8Array | undefined {
    return this.neighbours.get(ip);
  }

  arrived(packet: Packet): void {
    // A frame for a station that is not here goes nowhere.
    this.ports.get(get32(packet.frame, 2))?.send(packet);
  }
}
